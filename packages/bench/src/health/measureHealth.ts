import { DatabaseOptions } from '../database';
import type { Run } from '../parts';
import { runJob } from '../processes';
import type { Finding } from '../report';
import { measureIngest } from './measureIngest';
import { measureLog } from './measureLog';
import { EVENTS_EACH, FULL, HealthSizes, QUICK } from './sizes';

const SMALL = 100;

/** Downstream health and the gate, from events over HTTP to what is read; large logs on PostgreSQL only. */
export async function measureHealth(
  run: Run,
  database: DatabaseOptions,
): Promise<Finding[]> {
  const sizes = run.quick ? QUICK : FULL;
  const findings = await measureIngest(run, sizes, database);
  if (run.kind === 'PostgreSQL') {
    findings.push(
      await measureRefresh(run, sizes, database),
      await measurePeer(run, sizes, database),
      ...(await measureLog(run, sizes, database)),
    );
  }
  return findings;
}

async function measureRefresh(
  run: Run,
  sizes: HealthSizes,
  database: DatabaseOptions,
): Promise<Finding> {
  const refresh = (entities: number) => {
    run.say(`${run.kind}: health, anew beside ${entities} entities`);
    return runJob(run.workshop, {
      ...{ what: 'health-refresh', contender: 'ours', entities, database },
      ...{ checks: 0, history: 0 },
    });
  };
  const few = await refresh(SMALL);
  const many = await refresh(sizes.fleet);
  const all = sizes.fleet.toLocaleString('en-GB');
  return {
    what: 'health of one entity with 500 events, anew after an event',
    kind: run.kind,
    values: {
      [`of ${SMALL} entities, median ms`]: few.changedMs,
      [`of ${all}, median ms`]: many.changedMs,
      'many / few': many.changedMs / few.changedMs,
      [`nothing read before, of ${SMALL}, ms`]: few.firstMs,
      [`the same of ${all}, ms`]: many.firstMs,
      'the same, many / few': many.firstMs / few.firstMs,
    },
  };
}

async function measurePeer(
  run: Run,
  sizes: HealthSizes,
  database: DatabaseOptions,
): Promise<Finding> {
  const entities = sizes.peerLogged;
  const events = (entities * EVENTS_EACH).toLocaleString('en-GB');
  run.say(`${run.kind}: health, beside delete and rebuild of ${events}`);
  const measured = await runJob(run.workshop, {
    ...{ what: 'health-peer', contender: 'ours', entities, database },
    ...{ checks: 0, history: 0 },
  });
  return {
    what: `one new event among ${events}: everything deleted and rebuilt in SQL against one entity anew`,
    kind: run.kind,
    values: {
      'rebuild s': measured.peerSeconds,
      'ours, one entity ms': measured.changedMs,
      'times as fast': (measured.peerSeconds * 1000) / measured.changedMs,
      'ours, nothing read before, ms': measured.firstMs,
      'entities that agree': measured.compared,
    },
  };
}
