import { Anomaly } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { AnomalyStore } from './AnomalyStore';

jest.setTimeout(60_000);

const entityRef = 'component:default/pay';
const environment = 'production';
const databases = testDatabases();
const at = (day: number) => new Date(Date.UTC(2026, 10, day));

const anomaly = (id: string, overrides: Partial<Anomaly> = {}): Anomaly => ({
  id,
  metric: 'changeLeadTime',
  method: 'modified-z',
  at: at(1).toISOString(),
  direction: 'higher',
  worse: true,
  observed: 10,
  expected: 2,
  unit: 'seconds',
  n: 12,
  message: 'Lead time rose',
  evidence: ['d-1'],
  ...overrides,
});

describe.each(databases.ids)('AnomalyStore on %s', id => {
  let knex: Knex;
  let store: AnomalyStore;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('anomalies').delete();
    store = new AnomalyStore({ knex });
  });

  const find = (found: Anomaly[], day = 2) =>
    store.replace({ entityRef, environment, found, now: at(day) });

  const shown = () => store.shown(entityRef, environment, at(1));

  it('has what was found last, and ends the rest', async () => {
    await find([anomaly('a'), anomaly('b')]);
    await find([anomaly('b', { observed: 11 })], 3);
    expect(await shown()).toEqual([anomaly('b', { observed: 11 })]);
    expect(await store.shown(entityRef, 'staging', at(1))).toEqual([]);
    await find([anomaly('a')], 4);
    expect((await shown()).map(a => a.id)).toEqual(['a']);
  });

  it('keeps what somebody said of an anomaly while it is found again', async () => {
    await find([anomaly('a')]);
    const acknowledged = { by: 'user:default/ann', reason: 'New hardware' };
    await store.acknowledge({
      entityRef,
      id: 'a',
      ...acknowledged,
      now: at(3),
    });
    await find([anomaly('a')], 4);
    expect(await shown()).toEqual([
      anomaly('a', {
        acknowledged: { ...acknowledged, at: at(3).toISOString() },
      }),
    ]);
    await find([], 5);
    expect((await shown()).map(({ acknowledged: by }) => by)).toEqual([
      { ...acknowledged, at: at(3).toISOString() },
    ]);
    expect(await store.shown(entityRef, environment, at(4))).toEqual([]);
    expect(await store.acknowledgements(entityRef, environment)).toEqual([
      { metric: 'changeLeadTime', at: at(3).toISOString() },
    ]);
  });

  it('refuses to acknowledge what is not there', async () => {
    await expect(
      store.acknowledge({
        entityRef,
        id: 'a',
        by: 'user:default/ann',
        reason: 'x',
        now: at(3),
      }),
    ).rejects.toThrow("has no anomaly 'a'");
  });

  it('tells once, and only of what is worse, open and not acknowledged', async () => {
    await find([
      anomaly('a'),
      anomaly('better', { worse: false }),
      anomaly('known'),
      anomaly('over'),
    ]);
    await store.acknowledge({
      entityRef,
      id: 'known',
      by: 'user:default/ann',
      reason: 'x',
      now: at(3),
    });
    await find([anomaly('a'), anomaly('better', { worse: false })], 4);
    const untold = await store.untold(10);
    expect(untold.map(found => found.anomaly.id)).toEqual(['a']);
    expect(await store.counts(environment)).toEqual(new Map([[entityRef, 1]]));
    await store.told(untold, at(5));
    expect(await store.untold(10)).toEqual([]);
  });
});
