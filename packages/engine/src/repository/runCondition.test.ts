import { runCondition } from './runCondition';

const yes = { pullRequest: true, defaultBranch: true, schedule: true };
const no = { pullRequest: false, defaultBranch: false, schedule: false };

describe('runCondition', () => {
  it.each([
    ['always()', yes],
    ['${{ !cancelled() }}', yes],
    ['success() && true', yes],
    ['failure()', no],
    ['${{ false }}', no],
    ["github.event_name == 'pull_request'", { ...no, pullRequest: true }],
    ["github.event_name != 'pull_request'", { ...yes, pullRequest: false }],
    ["github.event_name == 'push'", { ...no, defaultBranch: true }],
    ["github.event_name == 'workflow_dispatch'", no],
    ["github.ref == 'refs/heads/main'", { ...yes, pullRequest: false }],
    ["startsWith(github.ref, 'refs/tags/')", no],
    ["github.actor != 'dependabot[bot]'", yes],
    [
      "github.event_name == 'push' || github.event_name == 'schedule'",
      { ...yes, pullRequest: false },
    ],
    ["false && needs.changes.outputs.code == 'true'", no],
    ["always() || vars.SCAN == 'on'", yes],
    ["vars.SCAN == 'on'", {}],
    ["needs.changes.outputs.code == 'true'", {}],
    ["(github.event_name == 'push')", {}],
    ['', {}],
    [`${'a'.repeat(5_000)}()`, {}],
  ])('%s', (condition, expected) => {
    expect(runCondition(condition)).toEqual(expected);
  });
});
