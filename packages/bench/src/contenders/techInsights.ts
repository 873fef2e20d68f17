import { createRequire } from 'node:module';
import path from 'node:path';
import { Router } from 'express';
import { DateTime } from 'luxon';
import { BenchCheck, Condition, toRule } from '../workload/checks';
import { entityName, entityRef, factsOf, FACT_TYPES } from '../workload/facts';
import { Contender, ContenderContext } from './contender';

const BACKEND = '@backstage-community/plugin-tech-insights-backend';
const CHECKER =
  '@backstage-community/plugin-tech-insights-backend-module-jsonfc';
const RETRIEVER = 'bench';
/** As many entities at once as its own bulk route takes. */
const AT_ONCE = 100;

const nothing = () => {};
const logger: any = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => logger,
};

function factsIn(condition: Condition): string[] {
  const parts = condition.all ?? condition.any ?? [];
  const inner = condition.not ? [condition.not] : parts;
  return condition.fact ? [condition.fact] : inner.flatMap(factsIn);
}

/** The three operators on strings that json-rules-engine does not have. */
function stringOperators(Operator: any): unknown[] {
  const isText = (value: unknown) => typeof value === 'string';
  const compiled = new Map<string, RegExp>();
  return [
    new Operator(
      'stringContains',
      (a: string, b: string) => a.includes(b),
      isText,
    ),
    new Operator(
      'stringStartsWith',
      (a: string, b: string) => a.startsWith(b),
      isText,
    ),
    new Operator(
      'regexMatches',
      (a: string, b: string) => {
        const known = compiled.get(b) ?? new RegExp(b);
        compiled.set(b, known);
        return known.test(a);
      },
      isText,
    ),
  ];
}

function checksFor(checks: BenchCheck[]) {
  return checks.map(check => {
    const rule = toRule(check.when) as { all?: unknown; any?: unknown };
    return {
      id: check.id,
      type: 'json-rules-engine',
      name: check.id,
      description: `Check ${check.id}`,
      factIds: factsIn(check.when).length > 0 ? [RETRIEVER] : [],
      rule: { conditions: rule.all || rule.any ? rule : { all: [rule] } },
      metadata: { weight: check.weight },
    };
  });
}

/**
 * Tech Insights with its own code: its store, its fact checker and, for HTTP, its router. Logging and permissions are
 * stood in for. It stores no results: a pass is what its bulk route does, 100 entities at once.
 */
export async function createTechInsights(
  context: ContenderContext,
): Promise<Contender & { router(): Promise<Router> }> {
  const { knex, entities, checks, history } = context;
  const root = path.dirname(require.resolve(`${BACKEND}/package.json`));
  const own = (file: string) => require(path.join(root, 'dist', file));
  const { initializePersistenceContext } = own(
    'service/persistence/persistenceContext.cjs.js',
  );
  const persistence = await initializePersistenceContext(
    { getClient: async () => knex },
    { logger },
  );
  const store = persistence.techInsightsStore;
  await store.insertFactSchema({
    id: RETRIEVER,
    version: '0.1.0',
    entityFilter: [{ kind: 'component' }],
    schema: Object.fromEntries(
      Object.entries(FACT_TYPES).map(([name, type]) => [
        name,
        { type, description: `The fact ${name}` },
      ]),
    ),
  });
  const { JsonRulesEngineFactCheckerFactory } = require(CHECKER);
  const fromChecker = createRequire(require.resolve(`${CHECKER}/package.json`));
  const factChecker = new JsonRulesEngineFactCheckerFactory({
    checks: checksFor(checks),
    logger,
    operators: stringOperators(fromChecker('json-rules-engine').Operator),
  }).construct(store);

  const insert = async (generation: number, at: Date) =>
    store.insertFacts({
      id: RETRIEVER,
      facts: Array.from({ length: entities }, (_, index) => ({
        entity: {
          kind: 'component',
          namespace: 'default',
          name: entityName(index),
        },
        timestamp: DateTime.fromJSDate(at),
        facts: factsOf(index, generation),
      })),
    });
  for (let ago = history; ago > 0; ago--) {
    await insert(0, new Date(Date.now() - ago * 3_600_000));
  }
  return {
    name: 'Tech Insights 3.1.0',
    load: generation => insert(generation, new Date()),
    async pass() {
      const all: { kind: string; namespace: string; name: string }[] =
        await store.getEntities();
      let next = 0;
      const work = async () => {
        while (next < all.length) {
          const { kind, namespace, name } = all[next++];
          await factChecker.runChecks(`${kind}:${namespace}/${name}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    async read(index) {
      const results = await factChecker.runChecks(entityRef(index));
      return Object.fromEntries(
        results.map((result: any) => [result.check.id, result.result]),
      );
    },
    async router() {
      const { createRouter } = own('service/router.cjs.js');
      const { ConfigReader } = require('@backstage/config');
      const allow = async (requests: unknown[]) =>
        requests.map(() => ({ result: 'ALLOW' }));
      return createRouter({
        persistenceContext: persistence,
        factChecker,
        logger,
        config: new ConfigReader({}),
        permissions: { authorize: allow, authorizeConditional: allow },
        httpAuth: {
          credentials: async () => ({ principal: { type: 'service' } }),
        },
      });
    },
  };
}
