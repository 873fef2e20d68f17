import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { RE2JS } from '@bufbuild/re2';
import { toCel } from '../workload/checks';
import { entityRef, factsOf } from '../workload/facts';
import { CreateContender } from './contender';

const BATCH = 500;

/**
 * The bare pipeline: facts read 500 at a time, each check planned by the same CEL library ours uses, one JSON row stored
 * per entity. No verdicts but yes and no, no reasons, no history.
 */
export const createCeiling: CreateContender = async ({
  knex,
  entities,
  checks,
}) => {
  await knex.schema.createTable('facts_latest', table => {
    table.string('entity_ref').primary();
    table.text('facts').notNullable();
  });
  await knex.schema.createTable('scores', table => {
    table.string('entity_ref').primary();
    table.integer('score').notNullable();
    table.text('results').notNullable();
    table.dateTime('computed_at').notNullable();
  });
  const compiled = new Map<string, RE2JS>();
  const re2 = {
    compile(pattern: string) {
      let known = compiled.get(pattern);
      if (!known) {
        known = RE2JS.compile(pattern);
        compiled.set(pattern, known);
      }
      return known;
    },
  };
  const environment = celEnv({ re2: re2 as never });
  const plans = checks.map(check =>
    plan(environment, parse(toCel(check.when, ''))),
  );
  const total = checks.reduce((sum, check) => sum + check.weight, 0);
  return {
    name: 'bare pipeline, same CEL library',
    async load(generation) {
      for (let start = 0; start < entities; start += BATCH) {
        const rows = Array.from(
          { length: Math.min(BATCH, entities - start) },
          (_, offset) => ({
            entity_ref: entityRef(start + offset),
            facts: JSON.stringify(factsOf(start + offset, generation)),
          }),
        );
        await knex('facts_latest')
          .insert(rows)
          .onConflict('entity_ref')
          .merge();
      }
    },
    async pass() {
      let last = '';
      for (;;) {
        const rows = await knex('facts_latest')
          .where('entity_ref', '>', last)
          .orderBy('entity_ref')
          .limit(BATCH);
        if (rows.length === 0) {
          return;
        }
        const at = new Date();
        const scores = rows.map(row => {
          const facts = JSON.parse(row.facts);
          let earned = 0;
          const results: Record<string, boolean> = {};
          checks.forEach((check, index) => {
            const result = plans[index](facts);
            if (isCelError(result)) {
              throw result;
            }
            results[check.id] = result === true;
            earned += result === true ? check.weight : 0;
          });
          return {
            entity_ref: row.entity_ref,
            score: Math.round((100 * earned) / total),
            results: JSON.stringify(results),
            computed_at: at,
          };
        });
        await knex('scores').insert(scores).onConflict('entity_ref').merge();
        last = rows[rows.length - 1].entity_ref;
      }
    },
    async read(index) {
      const row = await knex('scores')
        .where({ entity_ref: entityRef(index) })
        .first();
      return JSON.parse(row.results);
    },
  };
};
