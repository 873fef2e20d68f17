import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import { DatabaseOptions, openDatabase } from '../database';
import { median, quantile, timed } from '../measure';
import type { Run } from '../parts';
import { withServer } from '../processes';
import type { Finding } from '../report';
import { entityRef } from '../workload/facts';
import { deployedBody, sentBody } from './deliveryBody';
import { backendFolder, suiteDatabase } from './databases';
import { post, send } from './send';
import { HealthSizes } from './sizes';

const EVENTS = '/api/golden-path/v1/events';
/** An event that is in no metric by then counts as this late. */
const LATEST_MS = 60_000;
const POLL_MS = 2;
/** Requests a second, of 100 events each. */
const LOAD = { rate: 10, batch: 100 };

/** What a running backend takes in, computes from it and answers: events, metrics and gate. */
export async function measureIngest(
  run: Run,
  sizes: HealthSizes,
  database: DatabaseOptions,
): Promise<Finding[]> {
  const { kind } = run;
  return withServer(
    run.workshop,
    {
      serve: 'health',
      fresh: true,
      database,
      entities: sizes.senders,
      checks: 1,
    },
    async port => {
      const knex = await openDatabase({
        ...database,
        folder: backendFolder(database),
        name: suiteDatabase(kind),
      });
      try {
        return [
          ...(await measureEvents({ run, sizes, port, knex })),
          ...(await measureMetric({ run, sizes, port, knex })),
          await measureGate({ run, sizes, port, knex }),
        ];
      } finally {
        await knex.destroy();
      }
    },
  );
}

interface Running {
  run: Run;
  sizes: HealthSizes;
  port: number;
  knex: Knex;
}

async function countEvents(knex: Knex): Promise<number> {
  const [{ n }] = await knex('events').count({ n: '*' });
  return Number(n);
}

async function measureEvents(running: Running): Promise<Finding[]> {
  const { run, sizes, port, knex } = running;
  const { senders, batch, batches, singles } = sizes;
  const sendBatches = (name: string, amount: number) =>
    send({
      ...{ port, path: EVENTS, connections: 2, amount },
      bodyOf: n =>
        Array.from({ length: batch }, (_, place) =>
          sentBody({ run: name, n: n * batch + place, senders }),
        ),
    });
  run.say(`${run.kind}: health, events in batches`);
  await sendBatches('warm', Math.ceil(batches / 10));
  await settled(knex);
  const before = await countEvents(knex);
  const inBatches = await sendBatches('batch', batches);
  const between = await countEvents(knex);
  await settled(knex);
  run.say(`${run.kind}: health, one event a request`);
  const alone = await send({
    ...{ port, path: EVENTS, connections: 50, amount: singles },
    bodyOf: n => sentBody({ run: 'single', n, senders }),
  });
  const after = await countEvents(knex);
  await settled(knex);
  return [
    {
      what: `events over HTTP, ${batch} a request, 2 connections, about ${senders} entities`,
      kind: run.kind,
      values: {
        'events/s': inBatches.perSecond * batch,
        'p50 ms': inBatches.p50Ms,
        'p99 ms': inBatches.p99Ms,
        lost: inBatches.answered * batch - (between - before),
      },
    },
    {
      what: 'events over HTTP, one a request, 50 connections',
      kind: run.kind,
      values: {
        'requests/s': alone.perSecond,
        'p50 ms': alone.p50Ms,
        'p99 ms': alone.p99Ms,
        lost: alone.answered - (after - between),
      },
    },
  ];
}

/** Until the backend has computed what came in. */
async function settled(knex: Knex): Promise<void> {
  for (;;) {
    const [{ n }] = await knex('work')
      .where('attempts', 0)
      .where('due_at', '<=', new Date().toISOString())
      .count({ n: '*' });
    if (Number(n) === 0) {
      return;
    }
    await sleep(200);
  }
}

/** From the answer to an event to the kept report that has it. */
async function untilKept(
  { port, knex, sizes }: Running,
  options: { name: string; round: number },
): Promise<number> {
  const id = `${options.name}-${options.round}-followed`;
  // The last entities, which the load leaves alone
  const index = sizes.senders - 1 - (options.round % 10);
  await post(port, EVENTS, deployedBody({ id, index, at: new Date() }));
  return timed(async () => {
    const end = Date.now() + LATEST_MS;
    while (Date.now() < end) {
      const row = await knex('health_reports')
        .where({ entity_ref: entityRef(index), environment: 'production' })
        .where('response', 'like', `%"${id}"%`)
        .first('computed_at');
      if (row) {
        return;
      }
      await sleep(POLL_MS);
    }
  });
}

async function measureMetric(running: Running): Promise<Finding[]> {
  const { run, sizes, port, knex } = running;
  const follow = async (name: string) => {
    const all: number[] = [];
    for (let round = 0; round < sizes.tries; round++) {
      all.push(await untilKept(running, { name, round }));
    }
    return all;
  };
  run.say(`${run.kind}: health, from event to metric`);
  const idle = await follow('idle');
  run.say(`${run.kind}: health, from event to metric while others send`);
  let done = false;
  const load = (async () => {
    for (let round = 0; !done; round++) {
      await send({
        ...{ port, path: EVENTS, connections: 2, rate: LOAD.rate, seconds: 5 },
        bodyOf: n =>
          Array.from({ length: LOAD.batch }, (_, place) =>
            sentBody({
              run: `load-${round}`,
              n: n * LOAD.batch + place,
              senders: sizes.senders - 10,
            }),
          ),
      });
    }
  })();
  // A failure of the load is told after what it was to be a load for
  load.catch(() => {});
  await sleep(2_000);
  const loaded = await follow('loaded').finally(() => {
    done = true;
  });
  await load;
  await settled(knex);
  return [
    { name: 'nothing else comes in', all: idle },
    { name: '1,000 events/s come of others', all: loaded },
  ].map(({ name, all }) => ({
    what: `from the answer to an event to the kept metric, ${name}`,
    kind: run.kind,
    values: {
      'median ms': median(all),
      'p99 ms': quantile(all, 0.99),
      'not within a minute': all.filter(ms => ms >= LATEST_MS).length,
    },
  }));
}

async function measureGate(running: Running): Promise<Finding> {
  const { run, sizes, port } = running;
  run.say(`${run.kind}: health, gate`);
  const ask = (name: string, seconds: number) =>
    send({
      ...{ port, path: '/api/golden-path/v1/gate', connections: 10, seconds },
      // Of another commit each time: the same question would get the same answer
      bodyOf: n => ({
        entityRef: entityRef((n * 7919) % sizes.senders),
        sha: `${name}${n}`,
      }),
    });
  await ask('warm', 1);
  const asked = await ask('sha', sizes.gateSeconds);
  return {
    what: 'gate over HTTP, 10 connections',
    kind: run.kind,
    values: {
      'decisions/s': asked.perSecond,
      'p50 ms': asked.p50Ms,
      'p99 ms': asked.p99Ms,
    },
  };
}
