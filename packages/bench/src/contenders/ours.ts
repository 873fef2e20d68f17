import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { BenchCheck, toCel } from '../workload/checks';
import { entityRef, factsOf } from '../workload/facts';
import { Contender, ContenderContext } from './contender';
import {
  LoadedPath,
  loadPath,
  migrate,
  ResultStore,
  scorecardOf,
  ScorecardStore,
  ScorePass,
} from './suite';

const BATCH = 500;
const LEVELS = ['bronze', 'silver', 'gold'];
const NAME = 'bench';

/** The checks as a golden path that reads one source. */
export function benchPath(checks: BenchCheck[]): LoadedPath {
  return loadPath({
    file: 'bench',
    text: JSON.stringify({
      apiVersion: 'golden-path.dev/v1alpha1',
      kind: 'GoldenPath',
      metadata: { name: NAME },
      spec: {
        owner: 'group:default/platform',
        version: '1.0.0',
        appliesTo: { kind: 'Component' },
        levels: LEVELS,
        checks: checks.map(check => ({
          id: check.id,
          title: `Check ${check.id}`,
          category: 'bench',
          level: LEVELS[check.level - 1],
          weight: check.weight,
          facts: ['service'],
          pass: toCel(check.when, 'service.'),
        })),
      },
    }),
  });
}

const logger = {
  debug() {},
  info() {},
  warn() {},
  error(message: string) {
    throw new Error(message);
  },
} as never;

/** Stores facts of some entities as a collector would, and makes their results due. */
export async function storeFacts(
  knex: Knex,
  options: { indexes: number[]; generation: number; at: Date },
): Promise<void> {
  const { indexes, generation, at } = options;
  for (let start = 0; start < indexes.length; start += BATCH) {
    const rows = indexes.slice(start, start + BATCH).map(index => {
      const data = JSON.stringify(factsOf(index, generation));
      return {
        entity_ref: entityRef(index),
        source: 'service',
        observed_at: at.toISOString(),
        refresh_at: at.toISOString(),
        data,
        digest: createHash('sha256').update(data).digest('hex'),
      };
    });
    await knex('facts')
      .insert(rows)
      .onConflict(['entity_ref', 'source'])
      .merge();
    await new ResultStore({ knex }).expire(
      rows.map(row => row.entity_ref),
      at,
    );
  }
}

/** A pass over what is due. */
export function createPass(knex: Knex, path: LoadedPath): ScorePass {
  return new ScorePass({
    knex,
    logger,
    paths: {
      current: () => ({ paths: [path] }),
      definition: async (_name, digest) =>
        digest === path.digest ? path : undefined,
    },
    readWaivers: async () => new Map(),
  });
}

/** Results that were never judged by the path in force, as after a change of it. */
export async function seedResults(
  knex: Knex,
  options: { entities: number; digest: string },
): Promise<void> {
  const { entities, digest } = options;
  const row = {
    path: NAME,
    path_version: '0.0.0',
    path_digest: digest,
    level: null,
    level_rank: -1,
    next_level: null,
    failing: 0,
    unknown: 0,
    waived: 0,
    verdicts: '',
    judged: '[]',
    waivers: '[]',
    facts_used: '{}',
    evaluated_at: new Date(0).toISOString(),
    judge_at: new Date(0).toISOString(),
  };
  for (let start = 0; start < entities; start += BATCH) {
    const refs = Array.from(
      { length: Math.min(BATCH, entities - start) },
      (_, offset) => entityRef(start + offset),
    );
    await knex('results').insert(
      refs.map(ref => ({ ...row, entity_ref: ref })),
    );
    await knex('entities').insert(
      refs.map((ref, offset) => ({
        entity_ref: ref,
        etag: '',
        paths_digest: '',
        seen_at: new Date(0).toISOString(),
        owner: `group:default/team-${(start + offset) % 97}`,
        system: `system:default/system-${(start + offset) % 31}`,
      })),
    );
  }
}

/** Appends changes to every entity's history, as many as asked for. */
export async function seedHistory(
  knex: Knex,
  options: { entities: number; depth: number },
): Promise<void> {
  const row = {
    path: NAME,
    path_version: '1.0.0',
    level: null,
    score: '{"raw":50,"adjusted":50,"low":50,"high":50}',
    changes: '[{"id":"readme","from":"pass","to":"fail"}]',
    change: null,
  };
  for (let depth = 0; depth < options.depth; depth++) {
    const at = new Date(depth * 3_600_000).toISOString();
    for (let start = 0; start < options.entities; start += BATCH) {
      await knex('history').insert(
        Array.from(
          { length: Math.min(BATCH, options.entities - start) },
          (_, offset) => ({
            ...row,
            entity_ref: entityRef(start + offset),
            at,
          }),
        ),
      );
    }
  }
}

/** The suite: verdicts, levels, intervals, evidence and messages, with a row of history for each result that changed. */
export async function createOurs(
  context: ContenderContext,
): Promise<Contender & { path: LoadedPath }> {
  const { knex, entities, checks, history } = context;
  await migrate(knex);
  const path = benchPath(checks);
  await seedResults(knex, { entities, digest: 'none' });
  await seedHistory(knex, { entities, depth: history });
  const everything = Array.from({ length: entities }, (_, index) => index);
  const pass = createPass(knex, path);
  return {
    name: 'Golden Path',
    path,
    load: generation =>
      storeFacts(knex, { indexes: everything, generation, at: new Date() }),
    async pass() {
      const judged = await pass.run();
      if (judged !== entities) {
        throw new Error(`${judged} results were judged instead of ${entities}`);
      }
    },
    async read(index) {
      const { results } = await new ScorecardStore({ knex }).read(
        entityRef(index),
      );
      return Object.fromEntries(
        scorecardOf(results[0], path).checks.map(({ id, verdict }) => [
          id,
          verdict === 'pass',
        ]),
      );
    },
  };
}
