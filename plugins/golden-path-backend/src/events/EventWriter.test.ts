import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventStore, NewEvent } from '../database/EventStore';
import { WorkQueue } from '../work/WorkQueue';
import { EventWriter } from './EventWriter';

jest.setTimeout(60_000);

const databases = testDatabases();
const pay = 'component:default/pay';

const event = (id: string, overrides: Partial<NewEvent> = {}): NewEvent => ({
  source: '/ci',
  id,
  entityRef: pay,
  type: 'dev.cdevents.service.deployed.0.3.0',
  environment: 'production',
  at: new Date('2026-11-01T00:00:00Z'),
  body: { id },
  ...overrides,
});

describe.each(databases.ids)('EventWriter on %s', id => {
  let knex: Knex;
  let transactions: number;
  let onIngested: jest.Mock;
  let writer: EventWriter;

  beforeEach(async () => {
    knex = await databases.open(id);
    transactions = 0;
    onIngested = jest.fn();
    const events = new EventStore({ knex });
    const { transaction } = events;
    events.transaction = work => {
      transactions++;
      return transaction.call(events, work) as ReturnType<typeof work>;
    };
    writer = new EventWriter({
      events,
      deliveries: new DeliveryStore({ knex }),
      queue: new WorkQueue({ knex }),
      onIngested,
    });
  });

  afterEach(() => knex.destroy());

  it('keeps what many requests bring at once in few transactions, and answers each', async () => {
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        writer.write({ events: [event(`e${n}`)] }),
      ),
    );
    expect(replies).toEqual(Array(100).fill({ accepted: 1, duplicates: 0 }));
    expect(await knex('events').pluck('event_id')).toHaveLength(100);
    expect(transactions).toBe(2);
    expect(onIngested.mock.calls).toEqual([[[pay]], [[pay]]]);
    expect(await knex('work').pluck('entity_ref')).toEqual([pay]);
  });

  it('lets no request suffer for another', async () => {
    const bad = event('bad', { type: null as unknown as string });
    const replies = await Promise.allSettled([
      writer.write({ events: [event('first')] }),
      writer.write({ events: [event('good')] }),
      writer.write({ events: [event('with-bad'), bad] }),
      writer.write({ events: [event('also-good')] }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect((await knex('events').pluck('event_id')).sort()).toEqual([
      'also-good',
      'first',
      'good',
    ]);
  });

  it('counts an event that several requests bring for the first of them', async () => {
    const replies = await Promise.all([
      writer.write({ events: [event('0')] }),
      writer.write({ events: [event('1'), event('2'), event('1')] }),
      writer.write({ events: [event('2'), event('3'), event('0')] }),
    ]);
    expect(replies).toEqual([
      { accepted: 1, duplicates: 0 },
      { accepted: 2, duplicates: 1 },
      { accepted: 1, duplicates: 2 },
    ]);
  });

  it('takes a message once, in one group and across groups', async () => {
    const delivery = { sender: 'github', id: 'x' };
    const replies = await Promise.all([
      writer.write({ events: [event('0')] }),
      writer.write({ events: [event('1')], delivery }),
      writer.write({ events: [event('2')], delivery }),
      writer.write({
        events: [event('3')],
        delivery: { ...delivery, id: 'y' },
      }),
    ]);
    expect(replies.map(({ accepted }) => accepted)).toEqual([1, 1, 0, 1]);
    expect(await writer.write({ events: [event('4')], delivery })).toEqual({
      accepted: 0,
      duplicates: 1,
    });
    expect((await knex('events').pluck('event_id')).sort()).toEqual([
      '0',
      '1',
      '3',
    ]);
  });

  it('queues and tells nobody of events that are known', async () => {
    await writer.write({ events: [event('1')] });
    await knex('work').delete();
    onIngested.mockClear();
    await writer.write({ events: [event('1')] });
    expect(await knex('work').select()).toEqual([]);
    expect(onIngested).not.toHaveBeenCalled();
  });
});
