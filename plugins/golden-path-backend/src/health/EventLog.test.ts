import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { deployed } from '../__testUtils__/fixtures';
import { EventLogStore } from '../database/EventLogStore';
import { EventStore } from '../database/EventStore';
import { EventLog } from './EventLog';

jest.setTimeout(60_000);

const pay = 'component:default/pay';
const from = new Date('2026-10-01T00:00:00Z');
const databases = testDatabases();

describe.each(databases.ids)('EventLog on %s', id => {
  let knex: Knex;
  let store: EventLogStore;
  let log: EventLog;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('events').delete();
    store = new EventLogStore({ knex });
    log = new EventLog({ store });
  });

  const append = async (
    name: string,
    options: { entityRef?: string; at?: string; type?: string } = {},
  ) => {
    const at = new Date(options.at ?? '2026-11-01T10:00:00Z');
    const body = deployed(name, 'pay', { at, type: options.type });
    await new EventStore({ knex }).append([
      {
        source: '/ci',
        id: name,
        entityRef: options.entityRef,
        type: body.context.type,
        environment: 'production',
        at,
        body,
      },
    ]);
  };
  const ids = async () => (await log.read(pay, from)).map(event => event.id);

  it('reads what the metrics count, of one entity, from an instant on', async () => {
    await append('1', { entityRef: pay });
    await append('2', { entityRef: 'component:default/other' });
    await append('3', { entityRef: pay, at: '2026-09-30T23:59:59Z' });
    await append('4', {
      entityRef: pay,
      type: 'dev.cdevents.testcaserun.finished.0.3.0',
    });
    expect(await ids()).toEqual(['1']);
  });

  it('reads only what came since', async () => {
    await append('1', { entityRef: pay });
    await ids();
    const after = jest.spyOn(store, 'after');
    expect(await ids()).toEqual(['1']);
    expect(after).not.toHaveBeenCalled();
    await append('2', { entityRef: pay });
    expect(await ids()).toEqual(['1', '2']);
    expect(after).toHaveBeenCalledTimes(1);
    expect(await after.mock.results[0].value).toHaveLength(1);
  });

  it('misses no event that was attached to the entity late', async () => {
    await append('early');
    await append('1', { entityRef: pay });
    expect(await ids()).toEqual(['1']);
    await knex('events').where({ event_id: 'early' }).update({
      entity_ref: pay,
    });
    expect((await ids()).sort()).toEqual(['1', 'early']);
  });

  it('misses none when an old one was removed and a new one came', async () => {
    await append('1', { entityRef: pay });
    await append('2', { entityRef: pay });
    await ids();
    await knex('events').where({ event_id: '1' }).delete();
    await append('3', { entityRef: pay });
    expect(await ids()).toEqual(['2', '3']);
  });

  it('reads further back when asked to', async () => {
    await append('1', { entityRef: pay });
    await append('old', { entityRef: pay, at: '2026-08-01T00:00:00Z' });
    expect(await ids()).toEqual(['1']);
    const older = new Date('2026-07-01T00:00:00Z');
    const all = (await log.read(pay, older)).map(event => event.id);
    expect(all.sort()).toEqual(['1', 'old']);
  });

  it('passes over a body that is refused by now', async () => {
    await append('1', { entityRef: pay });
    await append('2', { entityRef: pay });
    await knex('events').where({ event_id: '2' }).update({ body: '{}' });
    expect(await ids()).toEqual(['1']);
  });
});
