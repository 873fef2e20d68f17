import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { EventStore, NewEvent } from './EventStore';

jest.setTimeout(60_000);

const SERVICE = 'dev.cdevents.service.deployed.';
const databases = testDatabases();

const event = (id: string, at: string, overrides: Partial<NewEvent> = {}) => ({
  source: '/ci',
  id,
  entityRef: 'component:default/pay',
  type: 'dev.cdevents.service.deployed.0.2.0',
  environment: 'production',
  at: new Date(at),
  body: { id },
  ...overrides,
});

describe.each(databases.ids)('EventStore on %s', id => {
  let knex: Knex;
  let store: EventStore;
  let now: Date;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    for (const table of ['events', 'event_entities', 'event_sources']) {
      await knex(table).delete();
    }
    now = new Date('2026-11-21T10:00:00Z');
    store = new EventStore({ knex, now: () => now });
  });

  it('keeps an event once, by source and id, as it first came', async () => {
    expect(await store.append([event('1', '2026-11-01T00:00:00Z')])).toBe(1);
    expect(
      await store.append([
        event('1', '2026-11-02T00:00:00Z', { body: { changed: true } }),
        event('1', '2026-11-01T00:00:00Z', { source: '/other' }),
        event('2', '2026-11-01T00:00:00Z'),
        event('2', '2026-11-01T00:00:00Z'),
      ]),
    ).toBe(2);
    const listed = await store.list({
      entityRef: 'component:default/pay',
      ids: ['1'],
      limit: 10,
    });
    expect(listed.map(({ source, body }) => [source, body])).toEqual([
      ['/other', { id: '1' }],
      ['/ci', { id: '1' }],
    ]);
  });

  it('keeps nothing when what goes along with it fails', async () => {
    await expect(
      store.append([event('1', '2026-11-01T00:00:00Z')], async () => {
        throw new Error('queue is down');
      }),
    ).rejects.toThrow('queue is down');
    expect(await knex('events').select()).toEqual([]);
  });

  it('reads bodies of a half-open window by event time', async () => {
    await store.append([
      event('late', '2026-11-03T00:00:00Z'),
      event('end', '2026-11-04T00:00:00Z'),
      event('start', '2026-11-02T01:00:00+01:00'),
      event('before', '2026-11-01T23:59:59Z'),
      event('test', '2026-11-03T00:00:00Z', {
        type: 'dev.cdevents.testcaserun.finished.0.3.0',
      }),
      event('other', '2026-11-03T00:00:00Z', {
        entityRef: 'component:default/other',
      }),
    ]);
    expect(
      await store.bodies({
        entityRef: 'component:default/pay',
        types: [SERVICE],
        from: new Date('2026-11-02T00:00:00Z'),
        to: new Date('2026-11-04T00:00:00Z'),
        limit: 2,
      }),
    ).toEqual([{ id: 'start' }, { id: 'late' }]);
  });

  it('pages from the newest, through events of the same instant', async () => {
    await store.append(
      ['a', 'b', 'c', 'd'].map(name => event(name, '2026-11-01T00:00:00Z')),
    );
    const entityRef = 'component:default/pay';
    const first = await store.list({ entityRef, limit: 3 });
    const last = first[2];
    const second = await store.list({ entityRef, limit: 3, before: last });
    expect([...first, ...second].map(item => item.id)).toEqual([
      'd',
      'c',
      'b',
      'a',
    ]);
  });

  it('refuses to read more bodies than it may', async () => {
    await store.append([
      event('1', '2026-11-02T00:00:00Z'),
      event('2', '2026-11-03T00:00:00Z'),
    ]);
    await expect(
      store.bodies({
        entityRef: 'component:default/pay',
        types: [SERVICE],
        from: new Date('2026-11-01T00:00:00Z'),
        to: new Date('2026-11-04T00:00:00Z'),
        limit: 1,
      }),
    ).rejects.toThrow(/more than 1 delivery events .* shorter window/);
  });

  it('tells whether there ever was an event of some types', async () => {
    const entityRef = 'component:default/pay';
    await store.append([
      event('1', '2020-01-01T00:00:00Z', { environment: null }),
    ]);
    expect(await store.has({ entityRef, types: ['x.', SERVICE] })).toBe(true);
    expect(
      await store.has({ entityRef, types: [SERVICE], withEnvironment: true }),
    ).toBe(false);
    expect(await store.has({ entityRef, types: ['x.'] })).toBe(false);
    expect(
      await store.has({
        entityRef: 'component:default/none',
        types: [SERVICE],
      }),
    ).toBe(false);
  });

  it('takes the same events from several senders at once, in any order', async () => {
    const events = Array.from({ length: 400 }, (_, n) =>
      event(`e${n}`, '2026-11-01T00:00:00Z'),
    );
    // Connections that are open already, or the first sender would be done before the second begins
    await Promise.all(events.slice(0, 6).map(() => knex.raw('select 1')));
    const appended = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(n =>
        store.append(n % 2 ? events : [...events].reverse()),
      ),
    );
    expect(appended.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(await knex('events').select('id')).toHaveLength(400);
  });

  it('knows when it last heard of an entity, whatever is forgotten', async () => {
    const entityRef = 'component:default/pay';
    const heard = (types: string[], environment?: string) =>
      store.lastHeard({ entityRef, types, environment });
    await store.append([event('1', '2020-01-01T00:00:00Z')]);
    const first = now;
    now = new Date('2026-11-22T10:00:00Z');
    await store.append([
      event('2', '2020-01-02T00:00:00Z', {
        type: 'dev.cdevents.incident.detected.0.3.0',
        environment: 'staging',
        entityRef: 'component:default/other',
        furtherRefs: [entityRef],
      }),
    ]);
    expect(await heard([SERVICE])).toEqual(first);
    expect(await heard(['dev.'])).toEqual(now);
    expect(await heard(['dev.'], 'production')).toEqual(first);
    expect(await heard(['other.'])).toBeUndefined();
    now = new Date('2026-11-23T10:00:00Z');
    await store.append([event('1', '2020-01-01T00:00:00Z')]);
    expect(await heard([SERVICE])).toEqual(first);
    expect(await store.prune(new Date('2021-01-01T00:00:00Z'))).toBe(2);
    expect(await knex('entity_events').select()).toEqual([]);
    expect(await heard([SERVICE])).toEqual(first);
  });

  it('shows an event to each of its entities, and forgets it for each', async () => {
    await store.append([
      event('both', '2026-11-02T00:00:00Z', {
        furtherRefs: ['component:default/web'],
      }),
      event('later', '2026-11-03T00:00:00Z'),
    ]);
    const ids = async (entityRef: string) =>
      (await store.list({ entityRef, limit: 10 })).map(item => item.id);
    expect(await ids('component:default/pay')).toEqual(['later', 'both']);
    expect(await ids('component:default/web')).toEqual(['both']);
    expect(
      await store.bodies({
        entityRef: 'component:default/web',
        types: [SERVICE],
        from: new Date('2026-11-01T00:00:00Z'),
        to: new Date('2026-11-30T00:00:00Z'),
        limit: 10,
      }),
    ).toEqual([{ id: 'both' }]);
    expect(await store.prune(new Date('2026-11-03T00:00:00Z'))).toBe(1);
    expect(await ids('component:default/web')).toEqual([]);
    expect(await ids('component:default/pay')).toEqual(['later']);
    expect(await knex('event_entities').select()).toEqual([]);
  });

  it('keeps four measurements a day of those that are older', async () => {
    const type = 'dev.cdeventsx.goldenpath-slo.measured.0.1.0';
    await store.append([
      event('old-06', '2026-11-10T06:15:00Z', { type }),
      event('old-07', '2026-11-10T07:15:00Z', { type }),
      event('old-deploy', '2026-11-10T07:15:00Z'),
      event('new-07', '2026-11-20T07:15:00Z', { type }),
      event('older-07', '2026-11-01T07:15:00Z', { type }),
    ]);
    const thinned = await store.thinMeasurements(
      new Date('2026-11-09T00:00:00Z'),
      new Date('2026-11-19T00:00:00Z'),
    );
    expect(thinned).toBe(1);
    const left = await knex('events').orderBy('event_id').pluck('event_id');
    expect(left).toEqual(['new-07', 'old-06', 'old-deploy', 'older-07']);
  });
});
