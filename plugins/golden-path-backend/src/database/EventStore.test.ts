import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { EventStore, NewEvent } from './EventStore';

jest.setTimeout(60_000);

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

  beforeAll(async () => {
    knex = await databases.open(id);
    store = new EventStore({
      knex,
      now: () => new Date('2026-11-21T10:00:00Z'),
    });
  });

  beforeEach(() => knex('events').delete());

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
      event('other', '2026-11-03T00:00:00Z', {
        entityRef: 'component:default/other',
      }),
    ]);
    expect(
      await store.bodies({
        entityRef: 'component:default/pay',
        from: new Date('2026-11-02T00:00:00Z'),
        to: new Date('2026-11-04T00:00:00Z'),
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

  it('tells which types were ever seen', async () => {
    await store.append([
      event('1', '2020-01-01T00:00:00Z'),
      event('2', '2026-01-01T00:00:00Z'),
    ]);
    expect(await store.types('component:default/pay')).toEqual([
      'dev.cdevents.service.deployed.0.2.0',
    ]);
    expect(await store.types('component:default/none')).toEqual([]);
  });
});
