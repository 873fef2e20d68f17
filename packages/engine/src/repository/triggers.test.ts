import { childOf } from './locatedTree';
import { parseYamlTree } from './treeParsers';
import { either, ownTriggers, workflowEvents } from './triggers';

function triggersOf(on: string) {
  const [tree] = parseYamlTree(`on: ${on}`);
  return ownTriggers(workflowEvents(childOf(tree, 'on')));
}

const none = { pullRequest: false, defaultBranch: false, schedule: false };

describe('either', () => {
  it('is open unless one side decides', () => {
    expect(either(false, undefined)).toBeUndefined();
    expect(either(undefined, true)).toBe(true);
    expect(either(false, false)).toBe(false);
  });
});

describe('ownTriggers', () => {
  it.each([
    ['push', { ...none, defaultBranch: true }],
    [
      '[push, pull_request]',
      { ...none, defaultBranch: true, pullRequest: true },
    ],
    ['{ pull_request: { types: [labeled] } }', none],
    [
      '{ pull_request: { types: [opened, labeled] } }',
      { ...none, pullRequest: true },
    ],
    ['{ pull_request: { branches: [main] } }', { ...none, pullRequest: true }],
    ['{ pull_request: { branches: ["**"] } }', { ...none, pullRequest: true }],
    [
      '{ push: { branches: ["release/*"] } }',
      { pullRequest: false, schedule: false },
    ],
    [
      '{ push: { branches: ["**", "!main", "!master"] } }',
      { pullRequest: false, schedule: false },
    ],
    ['{ push: { branches-ignore: [main, master] } }', none],
    [
      '{ push: { branches-ignore: ["dependabot/**"] } }',
      { ...none, defaultBranch: true },
    ],
    ['{ push: { tags: ["v*"] } }', none],
    ['{ schedule: [{ cron: "0 0 * * *" }] }', { ...none, schedule: true }],
    ['{ schedule: [] }', none],
    ['pull_request_target', none],
    ['workflow_call', none],
  ])('on: %s', (on, expected) => {
    expect(triggersOf(on)).toEqual(expected);
  });
});
