import { DriftReport, Scorecard } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { EvaluationStore } from './EvaluationStore';
import { FactStore, StoredFact } from './FactStore';
import { migrationsDirectory } from './migrations';
import { ScorecardStore } from './ScorecardStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const at = new Date('2026-11-21T10:00:00.000Z');

function scorecard(entityRef: string, path = 'service'): Scorecard {
  const check = {
    title: 't',
    credit: 0,
    weight: 1,
    level: 'bronze',
    category: 'c',
    evidence: [],
    message: '',
    maps: [],
  };
  return {
    entityRef,
    path: { name: path, version: '1.0.0' },
    levels: ['bronze'],
    level: null,
    nextLevel: 'bronze',
    score: { raw: 0, adjusted: 0, low: 0, high: 33.3 },
    coverage: 0.66,
    evaluatedAt: at.toISOString(),
    checks: [
      { ...check, id: 'a', verdict: 'fail', stage: 'enforce' },
      { ...check, id: 'b', verdict: 'stale', stage: 'enforce' },
      { ...check, id: 'c', verdict: 'fail', stage: 'shadow' },
    ],
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
    for (const table of ['results', 'facts', 'history', 'drift', 'work']) {
      await knex(table).delete();
    }
  });

  const write = (
    entityRef: string,
    options: { paths?: string[]; sources?: string[]; changed?: boolean } = {},
  ) => {
    const { paths = ['service'], sources = ['catalog'] } = options;
    const cards = paths.map(path => scorecard(entityRef, path));
    return store.write({
      entityRef,
      at,
      owner: 'group:default/team',
      facts: sources.map(fact),
      scorecards: cards,
      changes: options.changed
        ? cards.map(card => ({
            scorecard: card,
            changes: [{ id: 'a', from: null, to: 'fail' as const }],
          }))
        : [],
      drift: drift(entityRef),
    });
  };

  it('replaces current state and appends what changed', async () => {
    await write('a', { paths: ['old', 'service'], sources: ['x', 'catalog'] });
    await write('a', { changed: true });
    expect(await scorecards.scorecards('a')).toEqual([scorecard('a')]);
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
    const broken = scorecard('a');
    (broken.path as { version: unknown }).version = null;
    await expect(
      store.write({
        entityRef: 'a',
        at,
        facts: [],
        scorecards: [broken],
        changes: [],
      }),
    ).rejects.toThrow();
    expect([...(await facts.read('a')).keys()]).toEqual(['catalog']);
    expect(await scorecards.scorecards('a')).toHaveLength(1);
  });

  it('lists the fleet in pages, counting enforced checks only', async () => {
    await write('a', { paths: ['p', 'service'] });
    await write('b');
    const first = await scorecards.list({ limit: 2 });
    expect(first).toMatchObject([
      { entityRef: 'a', path: 'p' },
      {
        entityRef: 'a',
        path: 'service',
        failing: 1,
        unknown: 1,
        owner: 'group:default/team',
        score: { high: 33.3 },
      },
    ]);
    expect(await scorecards.list({ limit: 2, after: first[1] })).toMatchObject([
      { entityRef: 'b' },
    ]);
    expect(await scorecards.list({ limit: 9, path: 'p' })).toHaveLength(1);
    expect(await scorecards.countByPath()).toEqual(
      new Map([
        ['p', 1],
        ['service', 2],
      ]),
    );
  });

  it('forgets current state of an entity that is gone, and keeps its history', async () => {
    await write('a', { changed: true });
    await knex('drift_templates').insert({
      entity_ref: 'a',
      template_ref: 'template:default/node',
    });
    await store.clear('a');
    expect(await scorecards.scorecards('a')).toEqual([]);
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
