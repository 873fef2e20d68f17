import { DatabaseKind, DatabaseOptions } from './database';
import { measureHealth } from './health/measureHealth';
import { load } from './http/load';
import { Job, Measured } from './jobs';
import { median } from './measure';
import { runJob, withServer, Workshop } from './processes';
import { Finding } from './report';

/** Everything there is to measure, in this order. */
export const PARTS = [
  'pass',
  'partial',
  'history',
  'one',
  'reads',
  'http',
  'share',
  'large',
  'health',
] as const;
export type Part = (typeof PARTS)[number];

/** One run on one database. */
export interface Run {
  workshop: Workshop;
  repeat: number;
  kind: DatabaseKind;
  postgresUrl: string;
  /** Smaller sizes, where a part has them: to see whether everything works. */
  quick: boolean;
  say: (text: string) => void;
}

const database = (run: Run, name: string): DatabaseOptions => ({
  kind: run.kind,
  name: `bench_${name.toLowerCase()}`,
  folder: run.workshop.folder,
  postgresUrl: run.postgresUrl,
});

/** Every contender once, then again: whatever else the machine does meets all of them alike. */
async function interleaved(
  run: Run,
  jobs: Record<string, Omit<Job, 'database'>>,
  env: Record<string, string> = {},
): Promise<Record<string, Measured>> {
  const all = new Map<string, Measured[]>();
  for (let round = 0; round < run.repeat; round++) {
    for (const [name, job] of Object.entries(jobs)) {
      run.say(`${run.kind}: ${name}, ${round + 1} of ${run.repeat}`);
      const measured = await runJob(
        run.workshop,
        { ...job, database: database(run, job.contender) },
        env,
      );
      all.set(name, [...(all.get(name) ?? []), measured]);
    }
  }
  return Object.fromEntries(
    [...all].map(([name, rounds]) => [
      name,
      Object.fromEntries(
        Object.keys(rounds[0]).map(key => [
          key,
          median(rounds.map(round => round[key])),
        ]),
      ),
    ]),
  );
}

const standard = { checks: 30, history: 0 };

/** How each part is measured. */
export const MEASURE: Record<Part, (run: Run) => Promise<Finding[]>> = {
  async pass(run) {
    const found = await interleaved(run, {
      'Golden Path': {
        what: 'pass',
        contender: 'ours',
        entities: 10_000,
        ...standard,
      },
      'bare pipeline, same CEL library': {
        what: 'pass',
        contender: 'ceiling',
        entities: 10_000,
        ...standard,
      },
      'Tech Insights, 1,000 entities': {
        what: 'pass',
        contender: 'techInsights',
        entities: 1_000,
        ...standard,
      },
    });
    const ours = found['Golden Path'].perSecond;
    return Object.entries(found).map(([name, measured]) => ({
      what: `full pass of 10,000 entities × 30 checks, all facts new: ${name}`,
      kind: run.kind,
      values: {
        'entities/s': measured.perSecond,
        'ours is … times as fast': ours / measured.perSecond,
        'CPU µs/entity':
          (measured.cpuMs * 1000) / (name.startsWith('Tech') ? 1_000 : 10_000),
        statements: measured.statements,
        'peak MB': measured.peakMb,
      },
    }));
  },
  async partial(run) {
    const { ours } = await interleaved(run, {
      ours: {
        what: 'partial',
        contender: 'ours',
        entities: 10_000,
        ...standard,
      },
    });
    return [
      {
        what: 'pass in which the facts of 1 entity in 100 are new',
        kind: run.kind,
        values: {
          'full pass ms': ours.fullMs,
          'partial pass ms': ours.partialMs,
          'times as fast': ours.fullMs / ours.partialMs,
        },
      },
    ];
  },
  async history(run) {
    const job = {
      what: 'pass',
      contender: 'ours',
      entities: 2_000,
      checks: 30,
    } as const;
    const found = await interleaved(run, {
      'no history': { ...job, history: 0 },
      '200 changes each': { ...job, history: 200 },
    });
    return [
      {
        what: 'full pass of 2,000 entities, with 200 changes each in the history against none',
        kind: run.kind,
        values: {
          'entities/s without': found['no history'].perSecond,
          'entities/s with': found['200 changes each'].perSecond,
          'with / without':
            found['200 changes each'].perSecond / found['no history'].perSecond,
        },
      },
    ];
  },
  async one(run) {
    const { ours } = await interleaved(run, {
      ours: { what: 'one', contender: 'ours', entities: 10_000, ...standard },
    });
    return [
      {
        what: 'one entity with a new fact: judged and stored',
        kind: run.kind,
        values: { 'median ms': ours.oneMs, 'p99 ms': ours.oneP99Ms },
      },
    ];
  },
  async reads(run) {
    const found = await interleaved(run, {
      ours: { what: 'reads', contender: 'ours', entities: 10_000, ...standard },
      'Tech Insights': {
        what: 'reads',
        contender: 'techInsights',
        entities: 1_000,
        ...standard,
      },
    });
    const { ours } = found;
    return [
      {
        what: 'reads at the database, 10,000 entities, median ms',
        kind: run.kind,
        values: {
          scorecard: ours.scorecardMs,
          'Tech Insights, checks of one entity':
            found['Tech Insights'].scorecardMs,
          'page of 50 by name': ours.pageMs,
          'page of 50 by score': ours.pageByScoreMs,
          summary: ours.summaryMs,
          history: ours.historyMs,
        },
      },
    ];
  },
  async http(run) {
    const found: Record<string, { perSecond: number[]; p99Ms: number[] }> = {};
    const note = (
      name: string,
      result: { perSecond: number; p99Ms: number },
    ) => {
      found[name] ??= { perSecond: [], p99Ms: [] };
      found[name].perSecond.push(result.perSecond);
      found[name].p99Ms.push(result.p99Ms);
    };
    for (let round = 0; round < run.repeat; round++) {
      run.say(`${run.kind}: HTTP, ${round + 1} of ${run.repeat}`);
      const shoot = { seconds: 5, entities: 1_000 };
      await withServer(
        run.workshop,
        {
          serve: 'backstage',
          database: database(run, 'http'),
          entities: 1_000,
          checks: 30,
        },
        async port => {
          note(
            'scorecard',
            await load({
              ...shoot,
              port,
              pathOf: name =>
                `/api/golden-path/v1/entities/component/default/${name}/scorecard`,
            }),
          );
          note(
            'bare authorised route',
            await load({
              ...shoot,
              port,
              pathOf: name => `/api/bare/scores/component/default/${name}`,
            }),
          );
        },
      );
      await withServer(
        run.workshop,
        {
          serve: 'techInsights',
          database: database(run, 'httppeer'),
          entities: 1_000,
          checks: 30,
        },
        async port =>
          note(
            'Tech Insights, checks of one entity',
            await load({
              ...shoot,
              port,
              method: 'POST',
              body: '{}',
              pathOf: name => `/checks/run/default/component/${name}`,
            }),
          ),
      );
    }
    const ours = median(found.scorecard.perSecond);
    return Object.entries(found).map(([name, { perSecond, p99Ms }]) => ({
      what: `HTTP, 10 connections: ${name}`,
      kind: run.kind,
      values: {
        'requests/s': median(perSecond),
        'p99 ms': median(p99Ms),
        'ours is … times as fast': ours / median(perSecond),
      },
    }));
  },
  async share(run) {
    if (run.kind === 'SQLite') {
      return [];
    }
    const job: Job = {
      what: 'share',
      contender: 'ours',
      entities: 10_000,
      ...standard,
      database: database(run, 'share'),
    };
    const measure = async (replicas: number) => {
      await runJob(run.workshop, { ...job, what: 'prepare' });
      const startAt = Date.now() + 3_000;
      const results = await Promise.all(
        Array.from({ length: replicas }, () =>
          runJob(run.workshop, job, { BENCH_START_AT: `${startAt}` }),
        ),
      );
      const judged = results.reduce((sum, result) => sum + result.judged, 0);
      if (judged !== job.entities) {
        throw new Error(`${replicas} replicas judged ${judged} results`);
      }
      return Math.max(...results.map(result => result.endedAt)) - startAt;
    };
    const one: number[] = [];
    const two: number[] = [];
    for (let round = 0; round < run.repeat; round++) {
      run.say(`${run.kind}: replicas, ${round + 1} of ${run.repeat}`);
      one.push(await measure(1));
      two.push(await measure(2));
    }
    return [
      {
        what: 'full pass of 10,000 entities shared by two replicas, nothing judged twice',
        kind: run.kind,
        values: {
          'one replica ms': median(one),
          'two replicas ms': median(two),
          'times as fast': median(one) / median(two),
        },
      },
    ];
  },
  async large(run) {
    const measured = await runJob(run.workshop, {
      what: 'pass',
      contender: 'ours',
      entities: 100_000,
      checks: 40,
      history: 0,
      database: database(run, 'large'),
    });
    return [
      {
        what: 'full pass of 100,000 entities × 40 checks',
        kind: run.kind,
        values: {
          'entities/s': measured.perSecond,
          'peak MB': measured.peakMb,
          statements: measured.statements,
        },
      },
    ];
  },
  health: run => measureHealth(run, database(run, 'health')),
};
