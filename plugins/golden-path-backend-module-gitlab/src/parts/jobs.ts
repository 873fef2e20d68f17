import { z } from 'zod';

/** @internal */
export const jobSchema = z.object({
  name: z.string(),
  started_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  duration: z.number().nullish(),
});

/** What the jobs of one pipeline tell. @internal */
export interface JobSummary {
  /** From the start of the first to the end of the last; absent when none ran. */
  seconds?: number;
  /** The time of all of them, whether they ran at once or not. */
  minutes: number;
  /** Whether there are two of one name. */
  startedAgain: boolean;
}

/** @internal */
export function describeJobs(jobs: z.infer<typeof jobSchema>[]): JobSummary {
  const ran = jobs.flatMap(({ started_at: from, finished_at: to }) =>
    from && to ? [{ from: Date.parse(from), to: Date.parse(to) }] : [],
  );
  const names = jobs.map(({ name }) => name);
  return {
    seconds: ran.length
      ? (Math.max(...ran.map(({ to }) => to)) -
          Math.min(...ran.map(({ from }) => from))) /
        1000
      : undefined,
    minutes: jobs.reduce((sum, job) => sum + (job.duration ?? 0), 0) / 60,
    startedAgain: new Set(names).size < names.length,
  };
}
