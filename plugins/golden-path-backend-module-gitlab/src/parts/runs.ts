import {
  ForgePart,
  ForgePartResult,
  PipelineRun,
  summarizePipelineRuns,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { describeJobs, jobSchema, JobSummary } from './jobs';
import { GitlabContext } from './project';
import { MOST_MERGE_REQUESTS } from './pullRequests';

/** @internal */
export const pipelineSchema = z.object({
  id: z.number(),
  sha: z.string(),
  ref: z.string().nullish(),
  status: z.string(),
  source: z.string(),
});

type Pipeline = z.infer<typeof pipelineSchema>;

const DAYS = 28;
const MOST_PAGES = 5;
/** How many pipelines are looked into; each costs a request. */
const SAMPLE = 40;
const ON_MERGE_REQUEST = ['merge_request_event', 'external_pull_request_event'];

/**
 * Finished pipelines of the last 28 days, the newest 500 at most. How long they took, whether jobs were started again
 * and how many minutes they used is known of the newest 40.
 * @internal
 */
export function runsPart(context: GitlabContext): ForgePart {
  const { api, project, defaultBranch, now } = context;
  return {
    paths: ['runs'],
    needs: "the scope 'read_api' and the role Reporter",
    async read(known: Partial<ForgeData>): Promise<ForgePartResult> {
      const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toJSDate();
      const { items, complete } = await api.list(
        pipelineSchema,
        (client, paging) =>
          client.Pipelines.all(project.id, {
            scope: 'finished',
            updatedAfter: since.toISOString(),
            ...paging,
          }),
        MOST_PAGES,
      );
      const jobs = await readJobs(context, items.slice(0, SAMPLE));
      const minutes = minutesPerMerge({
        pipelines: items.length,
        sample: [...jobs.values()],
        complete,
        merged: known.pullRequests?.merged,
      });
      return {
        data: {
          runs: {
            ...summarizePipelineRuns(
              items.map(pipeline =>
                toPipelineRun(pipeline, {
                  defaultBranch,
                  jobs: jobs.get(pipeline.id),
                }),
              ),
            ),
            minutesPerMergedPullRequest: minutes.value,
            url: `${project.web_url}/-/pipelines`,
          },
        },
        gaps: minutes.gap
          ? { 'runs.minutesPerMergedPullRequest': minutes.gap }
          : undefined,
      };
    },
  };
}

async function readJobs(
  { api, project }: GitlabContext,
  pipelines: Pipeline[],
): Promise<Map<number, JobSummary>> {
  const found = new Map<number, JobSummary>();
  for (const { id } of pipelines) {
    const { items } = await api.list(
      jobSchema,
      (client, paging) =>
        client.Jobs.all(project.id, {
          pipelineId: id,
          includeRetried: true,
          ...paging,
        }),
      1,
    );
    found.set(id, describeJobs(items));
  }
  return found;
}

/** @internal */
export function toPipelineRun(
  pipeline: Pipeline,
  options: { defaultBranch: string; jobs: JobSummary | undefined },
): PipelineRun {
  const { sha, ref, status, source } = pipeline;
  const onMergeRequest = ON_MERGE_REQUEST.includes(source);
  const onDefaultBranch = !onMergeRequest && ref === options.defaultBranch;
  return {
    // A project has one pipeline, and builds a commit twice when a push and a merge request both start it
    pipeline: 'gitlab-ci',
    commit: sha,
    purpose: onMergeRequest
      ? 'pull-request'
      : (onDefaultBranch && 'default-branch') || 'other',
    byCommit: onMergeRequest || source === 'push',
    outcome:
      status === 'success'
        ? 'success'
        : (status === 'failed' && 'failure') || 'other',
    seconds: options.jobs?.seconds,
    startedAgain: options.jobs?.startedAgain,
  };
}

/** The mean over the sample times the number of pipelines, by the number of merges; or why it cannot be said. @internal */
export function minutesPerMerge(options: {
  pipelines: number;
  sample: JobSummary[];
  complete: boolean;
  merged: number | undefined;
}): { value?: number; gap?: string } {
  const { pipelines, sample, complete, merged } = options;
  if (merged === undefined) {
    return { gap: 'Merge requests are not known, see pullRequests' };
  }
  if (merged === 0) {
    return { gap: 'No merge request was merged in the last 28 days' };
  }
  if (!complete || merged >= MOST_MERGE_REQUESTS) {
    return {
      gap: 'There were more pipelines or merges in 28 days than are read',
    };
  }
  const minutes = sample.reduce((sum, jobs) => sum + jobs.minutes, 0);
  const mean = sample.length ? minutes / sample.length : 0;
  return { value: (mean * pipelines) / merged };
}
