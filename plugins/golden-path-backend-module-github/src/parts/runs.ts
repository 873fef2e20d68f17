import {
  ForgePart,
  ForgePartResult,
  PipelineRun,
  summarizePipelineRuns,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readMinutesPerMerge } from './minutes';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const workflowRunSchema = z.object({
  id: z.number(),
  workflow_id: z.number(),
  event: z.string(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  conclusion: z.string().nullable(),
  run_attempt: z.number().optional(),
  run_started_at: z.string().optional(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** @internal */
export type WorkflowRun = z.infer<typeof workflowRunSchema>;

const DAYS = 28;
const MOST_PAGES = 5;
const FAILURES = ['failure', 'timed_out', 'startup_failure'];
const BY_COMMIT = ['push', 'pull_request', 'merge_group'];

/** Finished workflow runs of the last 28 days, the newest 500 at most. @internal */
export function runsPart(context: GithubContext): ForgePart {
  const { api, repository, now } = context;
  return {
    paths: ['runs'],
    needs: 'Actions: read',
    async read(known: Partial<ForgeData>): Promise<ForgePartResult> {
      const since = DateTime.fromJSDate(now, { zone: 'utc' })
        .minus({ days: DAYS })
        .toISODate();
      const { items, complete } = await api.list(
        workflowRunSchema,
        'GET /repos/{owner}/{repo}/actions/runs',
        { ...placeOf(context), status: 'completed', created: `>=${since}` },
        MOST_PAGES,
      );
      const minutes = await readMinutesPerMerge(context, {
        runs: items,
        complete,
        merged: known.pullRequests?.merged,
      });
      return {
        data: {
          runs: {
            ...summarizePipelineRuns(
              items.map(run => toPipelineRun(run, repository.default_branch)),
            ),
            minutesPerMergedPullRequest: minutes.value,
            url: `${repository.html_url}/actions`,
          },
        },
        gaps: minutes.gap
          ? { 'runs.minutesPerMergedPullRequest': minutes.gap }
          : undefined,
      };
    },
  };
}

/**
 * A run takes from the start of its newest attempt to its last change of state. A `pull_request_target` run is built
 * from the base branch, and so tells neither how long a change waits nor what was built twice.
 * @internal
 */
export function toPipelineRun(
  run: WorkflowRun,
  defaultBranch: string,
): PipelineRun {
  const seconds =
    (Date.parse(run.updated_at) -
      Date.parse(run.run_started_at ?? run.created_at)) /
    1000;
  return {
    pipeline: String(run.workflow_id),
    commit: run.head_sha,
    purpose: purposeOf(run, defaultBranch),
    byCommit: BY_COMMIT.includes(run.event),
    outcome: outcomeOf(run.conclusion),
    seconds: Math.max(0, seconds),
    startedAgain: (run.run_attempt ?? 1) > 1,
  };
}

function purposeOf(
  { event, head_branch: branch }: WorkflowRun,
  defaultBranch: string,
): PipelineRun['purpose'] {
  if (event === 'pull_request') {
    return 'pull-request';
  }
  // A fork's branch may be called the same
  return branch === defaultBranch && !event.startsWith('pull_request')
    ? 'default-branch'
    : 'other';
}

function outcomeOf(conclusion: string | null): PipelineRun['outcome'] {
  if (conclusion === 'success') {
    return 'success';
  }
  return FAILURES.includes(conclusion ?? '') ? 'failure' : 'other';
}
