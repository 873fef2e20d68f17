import { nearestRank } from './nearestRank';
import { PipelineRun, summarizePipelineRuns } from './pipelineRuns';

function run(of: Partial<PipelineRun>): PipelineRun {
  return {
    pipeline: 'ci',
    commit: 'a',
    purpose: 'pull-request',
    byCommit: true,
    outcome: 'success',
    startedAgain: false,
    ...of,
  };
}

it('says nothing of what did not run', () => {
  expect(summarizePipelineRuns([])).toEqual({
    pullRequest: { count: 0 },
    defaultBranch: { count: 0 },
    duplicateCommits: 0,
  });
});

it('leaves what was cancelled out of counts, rates and lengths', () => {
  const runs = [
    run({ seconds: 60 }),
    run({ seconds: 1, outcome: 'other', commit: 'b' }),
    run({ purpose: 'default-branch', commit: 'c' }),
    run({ purpose: 'default-branch', commit: 'd', outcome: 'failure' }),
    run({ purpose: 'default-branch', commit: 'e', outcome: 'other' }),
    run({ purpose: 'other', commit: 'f', outcome: 'failure' }),
  ];
  expect(summarizePipelineRuns(runs)).toMatchObject({
    pullRequest: { count: 1, p50Seconds: 60, p95Seconds: 60 },
    defaultBranch: { count: 2, successRate: 0.5 },
  });
});

it('takes the rerun rate over the runs of which it is known', () => {
  const runs = [
    run({ startedAgain: true }),
    run({ commit: 'b' }),
    run({ commit: 'c', startedAgain: undefined }),
  ];
  expect(summarizePipelineRuns(runs).rerunRate).toBe(0.5);
});

it('counts commits that one pipeline built twice because of the commit', () => {
  const runs = [
    run({ commit: 'a' }),
    run({ commit: 'a' }),
    run({ commit: 'a' }),
    run({ commit: 'b' }),
    run({ commit: 'b', pipeline: 'security' }),
    run({ commit: 'c' }),
    run({ commit: 'c', byCommit: false }),
  ];
  expect(summarizePipelineRuns(runs).duplicateCommits).toBe(1);
});

it('takes percentiles by nearest rank', () => {
  const values = [15, 50, 20, 40, 35];
  expect(nearestRank(values, 0.05)).toBe(15);
  expect(nearestRank(values, 0.3)).toBe(20);
  expect(nearestRank(values, 0.5)).toBe(35);
  expect(nearestRank(values, 1)).toBe(50);
  expect(nearestRank([], 0.5)).toBeUndefined();
});
