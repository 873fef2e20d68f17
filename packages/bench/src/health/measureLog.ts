import fs from 'node:fs';
import os from 'node:os';
import { DatabaseOptions, openDatabase } from '../database';
import { median, quantile, timed } from '../measure';
import type { Run } from '../parts';
import { runJob, withServer } from '../processes';
import type { Finding } from '../report';
import { entityName, entityRef } from '../workload/facts';
import { suiteDatabase } from './databases';
import { get } from './send';
import { EVENTS_EACH, HealthSizes } from './sizes';

const NEEDED_BYTES = 20e9;
const PAGES = 200;
const ANEW = 50;

function healthOf(index: number): string {
  return `/api/golden-path/v1/entities/component/default/${entityName(
    index,
  )}/health`;
}

/** Health over HTTP from a log of years, as it is kept and computed anew. PostgreSQL only. */
export async function measureLog(
  run: Run,
  sizes: HealthSizes,
  database: DatabaseOptions,
): Promise<Finding[]> {
  const events = sizes.logged * EVENTS_EACH;
  const { bavail, bsize } = fs.statfsSync(os.tmpdir());
  if (events >= 10_000_000 && bavail * bsize < NEEDED_BYTES) {
    run.say(
      `${events.toLocaleString(
        'en-GB',
      )} events take 20 GB of free disk and there are ${Math.round(
        (bavail * bsize) / 1e9,
      )}: left out; make room, or measure fewer with --quick`,
    );
    return [];
  }
  run.say(`${run.kind}: health, a log of ${events.toLocaleString('en-GB')}`);
  const own = { ...database, name: suiteDatabase(run.kind) };
  const { seconds } = await runJob(run.workshop, {
    what: 'health-log',
    contender: 'ours',
    entities: sizes.logged,
    checks: 0,
    history: 0,
    database: own,
  });
  run.say(
    `${run.kind}: health, the log was filled in ${Math.round(seconds)} s`,
  );
  const { kept, first } = await withServer(
    run.workshop,
    { serve: 'health', database, entities: sizes.logged, checks: 1 },
    port => readPages({ port, own, entities: sizes.logged }),
  );
  return [
    {
      what: `health of one entity over HTTP, ${events.toLocaleString(
        'en-GB',
      )} events of ${sizes.logged.toLocaleString('en-GB')} entities`,
      kind: run.kind,
      values: {
        'as kept, median ms': median(kept),
        'p99 ms': quantile(kept, 0.99),
        'computed anew, median ms': median(first),
        'anew, p99 ms': quantile(first, 0.99),
      },
    },
  ];
}

async function readPages(options: {
  port: number;
  own: DatabaseOptions;
  entities: number;
}) {
  const { port, own, entities } = options;
  const knex = await openDatabase(own);
  const pageOf = (page: number) => (page * 7919) % entities;
  try {
    const first: number[] = [];
    // Those before the counted ones let the code become warm
    for (let page = 0; page < 2 * ANEW; page++) {
      const index = pageOf(page);
      await knex('health_reports')
        .where({ entity_ref: entityRef(index) })
        .delete();
      const ms = await timed(() => get(port, healthOf(index)));
      if (page >= ANEW) {
        first.push(ms);
      }
    }
    const kept: number[] = [];
    for (let page = 0; page < PAGES; page++) {
      const index = pageOf(page % (2 * ANEW));
      kept.push(await timed(() => get(port, healthOf(index))));
    }
    return { kept, first };
  } finally {
    await knex.destroy();
  }
}
