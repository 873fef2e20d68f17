import type { ForgeData } from '@goldenpath/engine';
import { nearestRank } from './nearestRank';

/** One finished run of a pipeline. @public */
export interface PipelineRun {
  /** What is the same for all runs of one pipeline, such as the id of a workflow. */
  pipeline: string;
  commit: string;
  /** What it ran for. */
  purpose: 'pull-request' | 'default-branch' | 'other';
  /** Whether a commit started it, and neither a clock nor a hand. */
  byCommit: boolean;
  /** `other` when it says nothing of the code, such as a run that was cancelled. */
  outcome: 'success' | 'failure' | 'other';
  /** From the start of the first job to the end of the last; absent when it is not known. */
  seconds?: number;
  /** Whether it, or a part of it, was started again; absent when it is not known. */
  startedAgain?: boolean;
}

/**
 * Sums up finished runs for the `runs` of the `forge` fact.
 *
 * Counts and the success rate, success / (success + failure), leave runs with another outcome out. Percentiles are over
 * the runs whose length is known, by {@link nearestRank}. The rerun rate is over the runs of which it is known.
 * @public
 */
export function summarizePipelineRuns(
  runs: PipelineRun[],
): NonNullable<ForgeData['runs']> {
  const ended = runs.filter(({ outcome }) => outcome !== 'other');
  const onPullRequests = ended.filter(
    ({ purpose }) => purpose === 'pull-request',
  );
  const onDefaultBranch = ended.filter(
    ({ purpose }) => purpose === 'default-branch',
  );
  const seconds = onPullRequests.flatMap(run => run.seconds ?? []);
  return {
    pullRequest: {
      count: onPullRequests.length,
      p50Seconds: nearestRank(seconds, 0.5),
      p95Seconds: nearestRank(seconds, 0.95),
    },
    defaultBranch: {
      count: onDefaultBranch.length,
      successRate: share(
        onDefaultBranch,
        ({ outcome }) => outcome === 'success',
      ),
    },
    rerunRate: share(
      runs.flatMap(({ startedAgain }) => startedAgain ?? []),
      again => again,
    ),
    duplicateCommits: countDuplicateCommits(runs),
  };
}

function share<T>(items: T[], holds: (item: T) => boolean): number | undefined {
  return items.length ? items.filter(holds).length / items.length : undefined;
}

function countDuplicateCommits(runs: PipelineRun[]): number {
  const built = new Set<string>();
  const duplicates = new Set<string>();
  for (const { pipeline, commit, byCommit } of runs) {
    const key = JSON.stringify([pipeline, commit]);
    if (byCommit && built.has(key)) {
      duplicates.add(commit);
    } else if (byCommit) {
      built.add(key);
    }
  }
  return duplicates.size;
}
