import { Knex } from 'knex';
import { createCeiling } from './contenders/ceiling';
import { Contender, ContenderContext } from './contenders/contender';
import {
  benchPath,
  createOurs,
  createPass,
  storeFacts,
} from './contenders/ours';
import {
  FleetStore,
  judgeEntity,
  readStoredFacts,
  ResultStore,
  ScorecardStore,
  scorecardOf,
} from './contenders/suite';
import { createTechInsights } from './contenders/techInsights';
import {
  countStatements,
  DatabaseKind,
  DatabaseOptions,
  openDatabase,
} from './database';
import { HEALTH_JOBS } from './health/healthJobs';
import { median, peakMemoryMb, quantile, timed, timedEach } from './measure';
import { benchChecks, holds } from './workload/checks';
import { entityRef, factsOf } from './workload/facts';

/** What one process is asked to measure. */
export interface Job {
  what:
    | 'pass'
    | 'partial'
    | 'one'
    | 'reads'
    | 'prepare'
    | 'share'
    | keyof typeof HEALTH_JOBS;
  contender: 'ours' | 'ceiling' | 'techInsights';
  database: DatabaseOptions;
  entities: number;
  checks: number;
  history: number;
}

/** What a job found, all of it by name. */
export type Measured = Record<string, number>;

const CREATE: Record<
  Job['contender'],
  (context: ContenderContext) => Promise<Contender>
> = {
  ours: createOurs,
  ceiling: createCeiling,
  techInsights: createTechInsights,
};

async function create(job: Job, knex: Knex): Promise<Contender> {
  const { entities, history, database } = job;
  return CREATE[job.contender]({
    knex,
    kind: database.kind as DatabaseKind,
    entities,
    checks: benchChecks(job.checks),
    history,
  });
}

/** The second pass, over facts that are all others than in the first. */
async function measurePass(job: Job, knex: Knex): Promise<Measured> {
  const contender = await create(job, knex);
  await contender.load(0);
  await contender.pass();
  await contender.load(1);
  const statements = countStatements(knex);
  const cpu = process.cpuUsage();
  const ms = await timed(() => contender.pass());
  const { user, system } = process.cpuUsage(cpu);
  const sent = statements.count;
  await verify(contender, job, 1);
  return {
    perSecond: (job.entities / ms) * 1000,
    cpuMs: (user + system) / 1000,
    statements: sent,
    peakMb: peakMemoryMb(),
  };
}

async function verify(contender: Contender, job: Job, generation: number) {
  const checks = benchChecks(job.checks);
  for (let round = 0; round < 50; round++) {
    const index = (round * 7919) % job.entities;
    const results = await contender.read(index);
    const facts = factsOf(index, generation);
    for (const check of checks) {
      if (results[check.id] !== holds(check.when, facts)) {
        throw new Error(
          `${contender.name} is wrong about ${check.id} of ${entityRef(index)}`,
        );
      }
    }
  }
}

/** A full pass, and one in which one entity in a hundred has other facts. */
async function measurePartial(job: Job, knex: Knex): Promise<Measured> {
  const { entities } = job;
  const contender = await create(job, knex);
  const pass = createPass(knex, benchPath(benchChecks(job.checks)));
  await contender.load(0);
  await contender.pass();
  await contender.load(1);
  const fullMs = await timed(() => contender.pass());
  const indexes = Array.from(
    { length: Math.ceil(entities / 100) },
    (_, index) => index * 100,
  );
  const partial: number[] = [];
  for (let round = 0; round < 5; round++) {
    await storeFacts(knex, { indexes, generation: round + 2, at: new Date() });
    partial.push(await timed(() => pass.run()));
  }
  return { fullMs, partialMs: median(partial) };
}

/** One entity with another fact: read, judged and stored in a transaction. */
async function measureOne(job: Job, knex: Knex): Promise<Measured> {
  const contender = await create(job, knex);
  await contender.load(0);
  await contender.pass();
  const loaded = benchPath(benchChecks(job.checks));
  const all: number[] = [];
  for (let round = 0; round < 220; round++) {
    const index = (round * 7919) % job.entities;
    const ref = entityRef(index);
    await storeFacts(knex, {
      indexes: [index],
      generation: round + 1,
      at: new Date(),
    });
    const ms = await timed(() =>
      knex.transaction(async transaction => {
        const store = new ResultStore({ knex: transaction });
        const [row] = await store.ofEntity(ref);
        const facts = await store.facts([ref], ['service']);
        await store.write([
          judgeEntity({
            entityRef: ref,
            loaded,
            facts: readStoredFacts(facts),
            waivers: [],
            now: new Date(),
            previous: { row, loaded },
          }),
        ]);
      }),
    );
    if (round >= 20) {
      all.push(ms);
    }
  }
  return { oneMs: median(all), oneP99Ms: quantile(all, 0.99) };
}

/** What a page reads, at the database. */
async function measureReads(job: Job, knex: Knex): Promise<Measured> {
  const contender = await create(job, knex);
  await contender.load(0);
  await contender.pass();
  if (job.contender === 'techInsights') {
    const all = await timedEach(100, round =>
      contender.read((round * 7919) % job.entities),
    );
    return { scorecardMs: median(all) };
  }
  const loaded = benchPath(benchChecks(job.checks));
  const scorecards = new ScorecardStore({ knex });
  const fleet = new FleetStore({ knex });
  const scorecard = await timedEach(200, async round => {
    const { results } = await scorecards.read(
      entityRef((round * 7919) % job.entities),
    );
    return scorecardOf(results[0], loaded);
  });
  const page = (by: 'entity' | 'score' | 'observedAt') =>
    timedEach(50, async () => {
      await fleet.list({
        filter: { path: 'bench' },
        order: { by, descending: true },
        limit: 51,
      });
      await fleet.count({ path: 'bench' });
    });
  return {
    scorecardMs: median(scorecard),
    pageMs: median(await page('entity')),
    pageByScoreMs: median(await page('score')),
    summaryMs: median(await timedEach(20, () => fleet.groups('bench'))),
    historyMs: median(
      await timedEach(100, round =>
        scorecards.history(entityRef((round * 7919) % job.entities), 100),
      ),
    ),
  };
}

/** A fleet that is due, for several processes to share. */
async function prepare(job: Job, knex: Knex): Promise<Measured> {
  const contender = await create(job, knex);
  await contender.load(0);
  await contender.pass();
  await contender.load(1);
  await knex('history').delete();
  return {};
}

/** One replica's part of a pass over a fleet that {@link prepare} left. */
async function share(job: Job, knex: Knex): Promise<Measured> {
  const pass = createPass(knex, benchPath(benchChecks(job.checks)));
  // The same start for all, after everybody's modules are loaded
  await knex.raw('SELECT 1');
  const startAt = Number(process.env.BENCH_START_AT ?? 0);
  await new Promise(resolve => setTimeout(resolve, startAt - Date.now()));
  let judged = 0;
  await timed(async () => {
    judged = await pass.run();
  });
  return { judged, endedAt: Date.now() };
}

const JOBS: Record<Job['what'], (job: Job, knex: Knex) => Promise<Measured>> = {
  pass: measurePass,
  partial: measurePartial,
  one: measureOne,
  reads: measureReads,
  prepare,
  share,
  ...HEALTH_JOBS,
};

/** Runs one job in this process. */
export async function runJob(job: Job): Promise<Measured> {
  const fresh = job.what !== 'share';
  const knex = await openDatabase({ ...job.database, fresh });
  try {
    return await JOBS[job.what](job, knex);
  } finally {
    await knex.destroy();
  }
}
