import { Knex } from 'knex';
import type { Job, Measured } from '../jobs';
import { median, quantile, timed } from '../measure';
import { entityRef } from '../workload/facts';
import { migrate } from './backendParts';
import { createHealth, timeRefreshes } from './ours';
import { DoraNumbers, extractForPeer, runPeer } from './peer';
import { finishSeed, newestOf, seedEvents } from './seedEvents';
import { EVENTS_EACH } from './sizes';

const DAY_MS = 86_400_000;
/** Entities that are computed anew, one after the other. */
const MEASURED = 20;
const OWN_EVENTS = 500;
const OTHERS_EVENTS = 50;
const COMPARED = 20;
const ROUNDS = 3;
/** The same beside the peer, where each has twice the events. */
const MEASURED_BESIDE_PEER = 5;

/** A log that pages are read from. */
async function fillLog(job: Job, knex: Knex): Promise<Measured> {
  await migrate(knex);
  const seconds = await timed(async () => {
    await seedEvents(knex, {
      first: 0,
      entities: job.entities,
      each: EVENTS_EACH,
      newest: newestOf(new Date()),
    });
    await finishSeed(knex);
  });
  return { seconds: seconds / 1000 };
}

/** One entity anew, beside as many others as there are. */
async function measureRefresh(job: Job, knex: Knex): Promise<Measured> {
  await migrate(knex);
  const newest = newestOf(new Date());
  await seedEvents(knex, {
    ...{ first: 0, entities: MEASURED, each: OWN_EVENTS, newest },
  });
  await seedEvents(knex, {
    first: MEASURED,
    entities: job.entities - MEASURED,
    each: OTHERS_EVENTS,
    newest,
  });
  await finishSeed(knex);
  const { first, changed } = await timeRefreshes(knex, {
    entities: MEASURED,
    rounds: ROUNDS,
    at: new Date(newest.getTime() + 3_600_000),
  });
  return {
    firstMs: median(first),
    changedMs: median(changed),
    changedP99Ms: quantile(changed, 0.99),
  };
}

/** The way of the peer and ours on one log, with answers that have to agree. */
async function measurePeer(job: Job, knex: Knex): Promise<Measured> {
  await fillLog(job, knex);
  await extractForPeer(knex);
  const now = new Date();
  const window = { from: new Date(now.getTime() - 28 * DAY_MS), to: now };
  const theirs = await runPeer(knex, window);
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    peer.push(await timed(() => runPeer(knex, window)));
  }
  const { service } = createHealth(knex, () => now);
  let failed = 0;
  for (let round = 0; round < COMPARED; round++) {
    const ref = entityRef((round * 7919) % job.entities);
    const { response } = await service.refresh(ref);
    failed += agree(ref, theirs.get(ref), {
      deployments: Math.round(
        numberOf(response.metrics.deploymentFrequency) * 28,
      ),
      leadSeconds: numberOf(response.metrics.changeLeadTime),
      failed: response.metrics.changeFailRate?.numerator ?? NaN,
    });
  }
  if (failed === 0) {
    throw new Error('No failed deployment was among those compared');
  }
  const { first, changed } = await timeRefreshes(knex, {
    entities: MEASURED_BESIDE_PEER,
    rounds: ROUNDS,
    at: new Date(newestOf(now).getTime() + 3_600_000),
  });
  return {
    peerSeconds: median(peer) / 1000,
    firstMs: median(first),
    changedMs: median(changed),
    compared: COMPARED,
  };
}

function numberOf(metric: { value?: number | null } | undefined): number {
  return metric?.value ?? NaN;
}

/** Throws where the two differ. Returns how many deployments failed. */
function agree(
  ref: string,
  theirs: DoraNumbers | undefined,
  ours: DoraNumbers,
): number {
  const same =
    theirs?.deployments === ours.deployments &&
    Math.abs((theirs.leadSeconds ?? NaN) - (ours.leadSeconds ?? NaN)) < 0.001 &&
    theirs.failed === ours.failed;
  if (!same) {
    throw new Error(
      `The two differ about ${ref}: ${JSON.stringify({ theirs, ours })}`,
    );
  }
  return ours.failed;
}

/** What of the part `health` needs no server. */
export const HEALTH_JOBS = {
  'health-log': fillLog,
  'health-refresh': measureRefresh,
  'health-peer': measurePeer,
};
