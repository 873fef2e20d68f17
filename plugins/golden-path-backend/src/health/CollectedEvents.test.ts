import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { deployed } from '../__testUtils__/fixtures';
import { EventStore } from '../database/EventStore';
import { WorkQueue } from '../work/WorkQueue';
import { CollectedEvents } from './CollectedEvents';

jest.setTimeout(60_000);

const pay = 'component:default/pay';
const databases = testDatabases();

describe.each(databases.ids)('CollectedEvents on %s', id => {
  let knex: Knex;
  let collected: CollectedEvents;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('events').delete();
    await knex('work').delete();
    collected = new CollectedEvents({
      events: new EventStore({ knex }),
      queue: new WorkQueue({ knex }),
    });
  });

  it('keeps each event once, and queues the entity only for what is new', async () => {
    await collected.keep(pay, [deployed('1', 'pay')]);
    expect(await knex('events').select('event_id', 'entity_ref')).toEqual([
      { event_id: '1', entity_ref: pay },
    ]);
    expect(await knex('work').select('entity_ref', 'reasons')).toEqual([
      { entity_ref: pay, reasons: 'delivery-event' },
    ]);
    await knex('work').delete();
    await collected.keep(pay, [deployed('1', 'pay')]);
    expect(await knex('work')).toEqual([]);
  });

  it('keeps none when one is no event', async () => {
    await expect(
      collected.keep(pay, [deployed('1', 'pay'), { no: 'event' }]),
    ).rejects.toThrow('context');
    expect(await knex('events')).toEqual([]);
  });
});
