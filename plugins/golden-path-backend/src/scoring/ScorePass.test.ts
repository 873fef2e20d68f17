import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { isPostgres } from '../database/manyRows';
import { ResultStore } from '../database/ResultStore';
import { LoadedPath, loadPath } from '../paths/loadPaths';
import { judgeEntity } from './judgeEntity';
import { EntityWaiver, ScorePass } from './ScorePass';
import { readStoredFacts } from './storedFacts';

jest.setTimeout(60_000);

const databases = testDatabases();
const NEVER = '9999-12-31T00:00:00.000Z';
let now = new Date('2026-11-21T10:00:00Z');

const path = (
  options: { version?: string; pass?: string; more?: string } = {},
) =>
  loadPath({
    file: 'p.yaml',
    text: `
apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: service }
spec:
  owner: group:default/platform
  version: ${options.version ?? '1.0.0'}
  appliesTo: { kind: Component }
  levels: [bronze]
  checks:
    - id: A
      title: a
      category: c
      level: bronze
      facts: [one]
      pass: ${options.pass ?? 'one.n > 1.0'}
    - id: B
      title: b
      category: c
      level: bronze
      facts: [two]
      pass: two.ok
${options.more ?? ''}`,
  });

describe.each(databases.ids)('ScorePass on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    now = new Date('2026-11-21T10:00:00Z');
    for (const table of ['results', 'facts', 'history']) {
      await knex(table).delete();
    }
  });

  const create = (
    loaded: LoadedPath,
    options: {
      connection?: Knex;
      earlier?: LoadedPath[];
      waivers?: Map<string, EntityWaiver[]>;
    } = {},
  ) => {
    const logger = mockServices.logger.mock();
    const pass = new ScorePass({
      knex: options.connection ?? knex,
      logger,
      paths: {
        current: () => ({ paths: [loaded] }),
        definition: async (_name, digest) =>
          [loaded, ...(options.earlier ?? [])].find(
            known => known.digest === digest,
          ),
      },
      readWaivers: async () => options.waivers ?? new Map(),
      now: () => now,
    });
    return { pass, logger };
  };

  const fact = (
    ref: string,
    source: string,
    data: object,
    expires?: string,
  ) => ({
    entity_ref: ref,
    source,
    observed_at: now.toISOString(),
    expires_at: expires ?? null,
    refresh_at: NEVER,
    data: JSON.stringify(data),
    digest: JSON.stringify(data),
  });

  async function setFacts(
    refs: string[],
    facts: { n: number; ok?: boolean; expiresAt?: string },
  ) {
    const rows = refs.flatMap(ref => [
      fact(ref, 'one', { n: facts.n }, facts.expiresAt),
      ...(facts.ok === undefined ? [] : [fact(ref, 'two', { ok: facts.ok })]),
    ]);
    await knex('facts')
      .insert(rows)
      .onConflict(['entity_ref', 'source'])
      .merge();
    await new ResultStore({ knex }).expire(refs, now);
  }

  /** Entities judged once, as an evaluation does. */
  async function seed(loaded: LoadedPath, refs: string[]) {
    const store = new ResultStore({ knex });
    const facts = await store.facts(refs, ['one', 'two']);
    await store.write(
      refs.map(entityRef =>
        judgeEntity({
          entityRef,
          loaded,
          facts: readStoredFacts(
            facts.filter(row => row.entity_ref === entityRef),
          ),
          waivers: [],
          now,
        }),
      ),
    );
  }
  const result = (ref: string) =>
    knex('results').where({ entity_ref: ref }).first();
  const historyOf = (ref: string) =>
    knex('history').where({ entity_ref: ref }).orderBy('id');

  it('judges what is due, and writes down only what changed', async () => {
    await setFacts(['a', 'b'], { n: 2, ok: true });
    await seed(path(), ['a', 'b']);
    const { pass } = create(path());
    expect(await pass.run()).toBe(0);
    await setFacts(['a'], { n: 1, ok: true });
    now = new Date('2026-11-21T11:00:00Z');
    expect(await pass.run()).toBe(1);
    expect(await result('a')).toMatchObject({ verdicts: 'fp', level: null });
    const [, entry] = await historyOf('a');
    expect(JSON.parse(entry.change)).toMatchObject({
      raw: { from: 100, to: 50 },
      parts: [{ cause: 'service', checks: [{ id: 'A' }] }],
    });
    await new ResultStore({ knex }).expire(['a', 'b'], now);
    expect(await pass.run()).toBe(2);
    expect(await historyOf('a')).toHaveLength(2);
    expect(await historyOf('b')).toHaveLength(1);
    expect((await result('b')).evaluated_at).toBe(now.toISOString());
    expect(await pass.run()).toBe(0);
  });

  it('judges by the definition in force, and tells its part in the change', async () => {
    await setFacts(['a'], { n: 2, ok: false });
    const before = path();
    await seed(before, ['a']);
    const after = path({ version: '1.1.0', pass: 'one.n > 5.0' });
    const { pass } = create(after, { earlier: [before] });
    expect(await pass.run()).toBe(0);
    now = new Date('2026-11-21T10:00:01Z');
    await pass.expireOtherDefinitions();
    expect(await pass.run()).toBe(1);
    expect(await result('a')).toMatchObject({
      path_version: '1.1.0',
      path_digest: after.digest,
      verdicts: 'ff',
    });
    const [, entry] = await historyOf('a');
    expect(JSON.parse(entry.change).parts).toMatchObject([
      { cause: 'standard', raw: -50 },
    ]);
    await pass.expireOtherDefinitions();
    expect(await pass.run()).toBe(0);
  });

  it('does not undo what a replica with newer paths has just judged', async () => {
    await setFacts(['a'], { n: 2, ok: true });
    const [before, after] = [path(), path({ version: '1.1.0' })];
    const old = create(before, { earlier: [after] }).pass;
    await old.expireOtherDefinitions();
    now = new Date('2026-11-21T10:05:00Z');
    await seed(after, ['a']);
    await old.expireOtherDefinitions();
    expect(await old.run()).toBe(0);
    now = new Date('2026-11-21T10:21:00Z');
    await old.expireOtherDefinitions();
    expect(await old.run()).toBe(1);
  });

  it('comes back when a fact expires, a rollout date comes or a waiver ends', async () => {
    const rollout =
      '      rollout: { stage: enforce, enforceFrom: 2026-12-01 }';
    const loaded = path({ more: rollout });
    const waiver = {
      check: 'A',
      reason: 'r',
      owner: 'o',
      expires: '2026-11-25',
    };
    const waivers = new Map([['a', [{ goldenPath: null, waiver }]]]);
    await setFacts(['a'], {
      n: 0,
      ok: true,
      expiresAt: '2026-11-23T00:00:00.000Z',
    });
    await seed(loaded, ['a']);
    await new ResultStore({ knex }).expire(['a'], now);
    const { pass } = create(loaded, { waivers });
    const steps: string[] = [];
    for (let step = 0; step < 4; step++) {
      await pass.run();
      const { verdicts, judge_at: next } = await result('a');
      steps.push(`${verdicts} until ${next.slice(0, 10)}`);
      now = new Date(next);
      if (now >= new Date('2026-11-26T00:00:00Z')) {
        waivers.clear();
      }
    }
    expect(steps).toEqual([
      'Fp until 2026-11-23',
      'Sp until 2026-11-26',
      'sp until 2026-12-01',
      'sp until 9999-12-31',
    ]);
    expect((await result('a')).coverage).toBe(0.5);
  });

  it('sends as many statements for many entities as for few', async () => {
    const count = async (entities: number) => {
      const refs = Array.from({ length: entities }, (_, n) => `e${n}`);
      await knex('results').delete();
      await knex('facts').delete();
      await setFacts(refs.slice(0, 1), { n: 0, ok: true });
      for (let start = 0; start < refs.length; start += 100) {
        await setFacts(refs.slice(start, start + 100), { n: 0, ok: true });
        await seed(path(), refs.slice(start, start + 100));
      }
      await setFacts(refs.slice(0, 90), { n: 2, ok: true });
      let statements = 0;
      const onQuery = () => {
        statements += 1;
      };
      knex.on('query', onQuery);
      await create(path()).pass.run();
      knex.removeListener('query', onQuery);
      return statements;
    };
    // On PostgreSQL two hands may share the rows, which makes two batches of one
    expect(await count(90)).toBeLessThan(2 * (await count(9)));
  });

  it('lets one entity that cannot be judged wait, and judges the others', async () => {
    await setFacts(['a', 'b'], { n: 2, ok: true });
    await seed(path(), ['a', 'b']);
    await setFacts(['a', 'b'], { n: 3, ok: true });
    await knex('facts').where({ entity_ref: 'a' }).update({ data: '{' });
    const { pass, logger } = create(path());
    expect(await pass.run()).toBe(2);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/'service' could not be applied to a:/),
    );
    expect((await result('a')).judge_at).toBe('2026-11-21T11:00:00.000Z');
    expect((await result('b')).judge_at).toBe(NEVER);
  });

  it('is shared by replicas, and nothing is judged twice', async () => {
    if (!isPostgres(knex)) {
      return;
    }
    const refs = Array.from({ length: 900 }, (_, n) => `e${n}`);
    await setFacts(refs, { n: 0, ok: true });
    await seed(path(), refs);
    await knex('history').delete();
    await setFacts(refs, { n: 2, ok: true });
    const other = knexFactory(knex.client.config);
    try {
      const judged = await Promise.all([
        create(path()).pass.run(),
        create(path(), { connection: other }).pass.run(),
      ]);
      expect(judged[0] + judged[1]).toBe(900);
      expect(Math.min(...judged)).toBeGreaterThan(0);
    } finally {
      await other.destroy();
    }
    const entries = await knex('history').select('entity_ref');
    expect(entries).toHaveLength(900);
    expect(new Set(entries.map(entry => entry.entity_ref)).size).toBe(900);
  });
});
