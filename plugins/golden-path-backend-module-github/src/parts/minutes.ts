import { z } from 'zod';
import { MOST_PULL_REQUESTS } from './pullRequests';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const jobSchema = z.object({
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
});

/** How many runs are looked into; each costs a request. */
const SAMPLE = 10;

/**
 * Minutes that jobs used per merged pull request: the mean over the jobs' time of the newest 10 runs, times the number
 * of runs, by the number of merged pull requests. Exact with up to 10 runs, an estimate above.
 * @internal
 */
export async function readMinutesPerMerge(
  context: GithubContext,
  options: {
    runs: { id: number }[];
    complete: boolean;
    merged: number | undefined;
  },
): Promise<{ value?: number; gap?: string }> {
  const { runs, complete, merged } = options;
  const gap = reasonAgainst({
    complete,
    merged,
    authenticated: context.api.authenticated,
  });
  if (gap || !complete || !merged) {
    return { gap };
  }
  const sample = runs.slice(0, SAMPLE);
  let minutes = 0;
  for (const { id } of sample) {
    const { items } = await context.api.list(
      jobSchema,
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
      { ...placeOf(context), run_id: id, filter: 'all' },
      2,
    );
    minutes += items.map(minutesOf).reduce((sum, of) => sum + of, 0);
  }
  const perRun = sample.length ? minutes / sample.length : 0;
  return { value: (perRun * runs.length) / merged };
}

function reasonAgainst(options: {
  authenticated: boolean;
  complete: boolean;
  merged: number | undefined;
}): string | undefined {
  const { authenticated, complete, merged } = options;
  if (!authenticated) {
    return "Without credentials there is no quota for reading jobs; configure integrations.github with 'Actions: read'";
  }
  if (merged === undefined) {
    return 'Pull requests are not known, see pullRequests';
  }
  if (merged === 0) {
    return 'No pull request was merged in the last 28 days';
  }
  return complete && merged < MOST_PULL_REQUESTS
    ? undefined
    : 'There were more runs or merged pull requests in 28 days than are read';
}

function minutesOf(job: z.infer<typeof jobSchema>): number {
  const { started_at: from, completed_at: to } = job;
  return from && to
    ? Math.max(0, Date.parse(to) - Date.parse(from)) / 60_000
    : 0;
}
