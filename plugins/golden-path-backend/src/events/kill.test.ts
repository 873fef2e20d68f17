import { TestDatabases } from '@backstage/backend-test-utils';
import { IngestResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { serviceEntity } from '../__testUtils__/fixtures';
import { RealBackend } from './__testUtils__/realBackend';

jest.setTimeout(600_000);

const EVENTS = 100_000;
const BATCH = 500;
const BATCHES = EVENTS / BATCH;
const AT_ONCE = 4;
/** How many batches are answered when the backend is killed. */
const KILLED_AT = 80;
const names = Array.from({ length: 500 }, (_, n) => `svc-${n}`);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** Every five hundredth event is of the same service. */
function batch(number: number): string {
  return JSON.stringify(
    Array.from({ length: BATCH }, (_, n) => {
      const event = number * BATCH + n;
      return {
        context: {
          specversion: '0.5.1',
          id: `e${event}`,
          source: '/ci',
          type: 'dev.cdevents.service.deployed.0.3.0',
          timestamp: new Date(Date.UTC(2026, 9, 1) + event * 1_000),
        },
        subject: {
          id: names[event % names.length],
          content: { environment: { id: 'production' }, artifactId: 'pay' },
        },
      };
    }),
  );
}

describe.each(databases.eachSupportedId())('a killed backend on %s', id => {
  let backend: RealBackend;
  let killed: Promise<void> | undefined;

  beforeAll(async () => {
    backend = await RealBackend.create({
      entities: names.map(name => serviceEntity(name)),
      postgres: id === 'SQLITE_3' ? undefined : await databases.init(id),
    });
  });

  afterAll(() => backend.dispose());

  /** Sends batches, several at once, and returns those that were answered, with the events that were new in them. */
  async function send(
    wanted: number[],
    onAnswer: (answered: number) => void = () => {},
  ): Promise<Map<number, number>> {
    const waiting = [...wanted];
    const answered = new Map<number, number>();
    const sender = async () => {
      for (let next = waiting.shift(); next !== undefined; ) {
        const reply = await backend.post<IngestResponse>(
          '/events',
          batch(next),
        );
        expect(reply.accepted + reply.duplicates).toBe(BATCH);
        answered.set(next, reply.accepted);
        onAnswer(answered.size);
        next = waiting.shift();
      }
    };
    const ends = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, sender),
    );
    const failure = ends.find(({ status }) => status === 'rejected');
    if (failure && !killed) {
      throw (failure as PromiseRejectedResult).reason;
    }
    return answered;
  }

  it('has kept each of 100,000 events once when what was not answered is sent again', async () => {
    const all = Array.from({ length: BATCHES }, (_, n) => n);
    await backend.start();
    const first = await send(all, count => {
      if (count >= KILLED_AT) {
        killed ??= backend.kill();
      }
    });
    await killed;
    expect(first.size).toBeGreaterThanOrEqual(KILLED_AT);
    expect(first.size).toBeLessThan(BATCHES);

    const kept = await backend.inDatabase(knex =>
      knex('events').pluck('event_id'),
    );
    const stored = new Set(kept);
    for (const number of first.keys()) {
      expect(stored).toContain(`e${number * BATCH}`);
      expect(stored).toContain(`e${number * BATCH + BATCH - 1}`);
    }
    // All of a request or none
    expect(kept.length % BATCH).toBe(0);

    killed = undefined;
    await backend.start();
    const rest = all.filter(number => !first.has(number));
    const second = await send(rest);
    expect(second.size).toBe(rest.length);
    await backend.kill();

    const counts = await backend.inDatabase(knex =>
      knex('events')
        .groupBy('entity_ref')
        .orderBy('entity_ref')
        .select(
          'entity_ref',
          knex.raw('COUNT(*) AS events'),
          knex.raw('COUNT(DISTINCT event_id) AS ids'),
        ),
    );
    const each = EVENTS / names.length;
    expect(
      counts.map((row: Record<string, unknown>) => [
        row.entity_ref,
        Number(row.events),
        Number(row.ids),
      ]),
    ).toEqual(
      names
        .map(name => [`component:default/${name}`, each, each])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const fresh = [...second.values()].reduce((sum, one) => sum + one, 0);
    expect(fresh).toBe(EVENTS - kept.length);
  });
});
