import { DriftReport } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { EvaluationStore } from './EvaluationStore';
import { FactDayStore } from './FactDayStore';
import { FactStore, StoredFact } from './FactStore';
import { FleetStore } from './FleetStore';
import { migrationsDirectory } from './migrations';
import { ScorecardStore } from './ScorecardStore';
import { ResultRow } from './tables';

jest.setTimeout(60_000);

const databases = testDatabases();
const at = new Date('2026-11-21T10:00:00.000Z');

function result(entityRef: string, path = 'service'): ResultRow {
  return {
    entity_ref: entityRef,
    path,
    path_version: '1.0.0',
    path_digest: 'd',
    level: null,
    level_rank: -1,
    next_level: 'bronze',
    score_raw: 0,
    score_adjusted: 0,
    score_low: 0,
    score_high: 33.3,
    coverage: 0.66,
    failing: 1,
    unknown: 1,
    waived: 0,
    verdicts: 'fsf',
    credits: null,
    judged: '[]',
    waivers: '[]',
    facts_used: '{}',
    observed_at: at.toISOString(),
    evaluated_at: at.toISOString(),
    judge_at: '9999-12-31T00:00:00.000Z',
  };
}

const fact = (source: string): StoredFact => ({
  source,
  refreshAt: new Date('2026-11-21T10:30:00.000Z'),
  etag: 'e',
  fact: {
    observedAt: at.toISOString(),
    expiresAt: '2026-11-21T11:00:00.000Z',
    data: { n: 1 },
  },
});

const drift = (entityRef: string): DriftReport => ({
  entityRef,
  status: 'no-lock',
  observedAt: at.toISOString(),
  commit: null,
  layers: [],
});

describe.each(databases.ids)('EvaluationStore on %s', id => {
  let knex: Knex;
  let store: EvaluationStore;
  let scorecards: ScorecardStore;
  let facts: FactStore;

  beforeAll(async () => {
    knex = await databases.open(id);
    store = new EvaluationStore({ knex });
    scorecards = new ScorecardStore({ knex });
    facts = new FactStore({ knex });
  });

  beforeEach(async () => {
    for (const table of [
      'results',
      'facts',
      'fact_days',
      'history',
      'drift',
      'work',
    ]) {
      await knex(table).delete();
    }
  });

  const historyRow = (entityRef: string, path: string) => ({
    entity_ref: entityRef,
    path,
    path_version: '1.0.0',
    level: null,
    score: '{"raw":0,"adjusted":0,"low":0,"high":33.3}',
    changes: '[{"id":"a","from":null,"to":"fail"}]',
    change: null,
    at: at.toISOString(),
  });
  const write = (
    entityRef: string,
    options: { paths?: string[]; sources?: string[]; changed?: boolean } = {},
  ) => {
    const { paths = ['service'], sources = ['catalog'] } = options;
    return store.write({
      entityRef,
      at,
      facts: sources.map(fact),
      changed: new Set(options.changed ? sources : []),
      paths,
      judge: async () =>
        paths.map(path => ({
          row: result(entityRef, path),
          unchanged: false,
          history: options.changed ? historyRow(entityRef, path) : undefined,
        })),
      drift: drift(entityRef),
    });
  };

  it('replaces current state and appends what changed', async () => {
    await write('a', { paths: ['old', 'service'], sources: ['x', 'catalog'] });
    await write('a', { changed: true });
    expect((await scorecards.read('a')).results).toMatchObject([result('a')]);
    expect([...(await facts.read('a')).values()]).toEqual([fact('catalog')]);
    expect(await scorecards.history('a', 10)).toEqual([
      {
        at: at.toISOString(),
        path: { name: 'service', version: '1.0.0' },
        level: null,
        score: { raw: 0, adjusted: 0, low: 0, high: 33.3 },
        changes: [{ id: 'a', from: null, to: 'fail' }],
      },
    ]);
    expect(await scorecards.drift('a')).toEqual(drift('a'));
  });

  it('writes all or nothing', async () => {
    await write('a', { sources: ['catalog'] });
    await expect(
      store.write({
        entityRef: 'a',
        at,
        facts: [],
        changed: new Set(),
        paths: ['service'],
        judge: async () => {
          throw new Error('broken');
        },
      }),
    ).rejects.toThrow('broken');
    expect([...(await facts.read('a')).keys()]).toEqual(['catalog']);
    expect((await scorecards.read('a')).results).toHaveLength(1);
  });

  it('hands over what is stored, so that only what changed is judged', async () => {
    await write('a');
    const judge = jest.fn(async () => []);
    const changed = new Set<string>();
    await store.write({
      entityRef: 'a',
      at,
      facts: [],
      changed,
      paths: ['service'],
      judge,
    });
    expect(judge).toHaveBeenCalledWith([result('a')], expect.anything());
  });

  it('counts the results of each path', async () => {
    await write('a', { paths: ['p', 'service'] });
    await write('b');
    expect(await new FleetStore({ knex }).countByPath()).toEqual(
      new Map([
        ['p', 1],
        ['service', 2],
      ]),
    );
  });

  it('keeps the last content of each day on which a fact changed', async () => {
    await write('a', { changed: true });
    await write('a', { sources: ['catalog', 'x'] });
    const days = new FactDayStore({ knex });
    const read = async () =>
      (await days.read({ entityRefs: ['a', 'b'], to: '2026-11-22' })).get('a');
    expect(await read()).toEqual([
      { day: '2026-11-21', sources: new Map([['catalog', { n: 1 }]]) },
    ]);
    await store.write({
      entityRef: 'a',
      at: new Date('2026-11-22T10:00:00Z'),
      facts: [{ source: 'catalog', refreshAt: at }],
      changed: new Set(['catalog']),
      paths: [],
      judge: async () => [],
    });
    expect(await read()).toHaveLength(2);
    expect(await days.forgetBefore('2026-11-21')).toBe(0);
    expect(await days.forgetBefore('2026-11-22')).toBe(1);
    expect(await read()).toEqual([
      { day: '2026-11-22', sources: new Map([['catalog', undefined]]) },
    ]);
  });

  it('forgets current state of an entity that is gone, and keeps its history', async () => {
    await write('a', { changed: true });
    await knex('drift_templates').insert({
      entity_ref: 'a',
      template_ref: 'template:default/node',
    });
    await store.clear('a');
    expect((await scorecards.read('a')).results).toEqual([]);
    expect(await scorecards.drift('a')).toBeUndefined();
    expect((await facts.read('a')).size).toBe(0);
    expect(await knex('drift_templates').select()).toEqual([]);
    expect(await scorecards.history('a', 10)).toHaveLength(1);
  });

  it('finds entities with facts to ask for again, unless they are queued', async () => {
    await write('a', { sources: ['catalog', 'repository'] });
    await write('b');
    const due = (now: string) => facts.due({ now: new Date(now), limit: 10 });
    expect(await due('2026-11-21T10:29:59Z')).toEqual([]);
    expect((await due('2026-11-21T10:30:00Z')).sort()).toEqual(['a', 'b']);
    await knex('work').insert({
      entity_ref: 'a',
      due_at: at.toISOString(),
      reasons: 'refresh',
      version: 1,
      attempts: 0,
    });
    expect(await due('2026-11-21T10:30:00Z')).toEqual(['b']);
  });

  it('can be migrated down and up again', async () => {
    const directory = migrationsDirectory();
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('results')).toBe(false);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('results')).toBe(true);
  });
});
