import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const FILE = '.github/workflows/ci.yml';
const SHA = 'a'.repeat(40);
const DIGEST = `sha256:${'b'.repeat(64)}`;

function ofSteps(...steps: string[]) {
  return describeTexts({ [FILE]: workflowOf(...steps) });
}

describe('facts of workflows', () => {
  it('tell what is pinned', () => {
    const { actions } = ofSteps(
      `uses: a/b@${SHA} # v1.2.3`,
      'uses: a/b@v1',
      'uses: a/b',
      `uses: a/b@${SHA.slice(1)}`,
      'uses: ./local',
      'uses: $/local',
      `uses: docker://alpine@${DIGEST}`,
      'uses: docker://alpine:3',
    );
    expect(
      actions?.filter(a => !a.unreadable).map(a => [a.kind, a.pinned, a.line]),
    ).toEqual([
      ['action', true, 6],
      ['action', false, 7],
      ['action', false, 8],
      ['action', false, 9],
      ['local', true, 10],
      ['local', true, 11],
      ['docker', true, 12],
      ['docker', false, 13],
    ]);
    expect(actions?.find(a => a.pinned)).toMatchObject({
      name: 'a/b',
      ref: SHA,
      comment: 'v1.2.3',
    });
  });

  it('count container and service images among what is used', () => {
    const { actions } = describeTexts({
      [FILE]: `on: push\njobs:\n  a:\n    container: node:24\n    services:\n      db:\n        image: postgres@${DIGEST}\n    steps: []\n`,
    });
    expect(actions?.map(a => [a.name, a.line, a.pinned])).toEqual([
      ['node:24', 4, false],
      ['postgres', 7, true],
    ]);
  });

  it('take the lockfile of workflows for a pin', () => {
    const lockedWith = (lock: string) =>
      describeTexts({
        [FILE]: workflowOf('uses: a/b/sub@v1'),
        '.github/workflows/actions.lock': lock,
      }).actions?.[0].locked;
    const lock = (commit: string, workflow = FILE) =>
      `version: v0.0.2\nworkflows:\n  ${workflow}: ["a/b@v1"]\ndependencies:\n  a/b@v1: { ref: v1, commit: "${commit}", owner_id: 1, repo_id: 1 }\n`;
    expect(lockedWith(lock(`sha1-${SHA}`))).toBe(true);
    expect(lockedWith(lock('v1'))).toBe(false);
    expect(lockedWith(lock(`sha1-${SHA}`, 'other.yml'))).toBe(false);
    expect(lockedWith('{')).toBeUndefined();
    expect(
      describeTexts({ [FILE]: workflowOf('uses: a/b@v1') }).actions?.[0].locked,
    ).toBe(false);
  });

  it('know retired runtimes of the actions they know', () => {
    const { actions } = ofSteps(
      `uses: actions/checkout@${SHA} # v4.2.2`,
      'uses: actions/checkout@v5',
      `uses: actions/checkout@${SHA}`,
      'uses: acme/unknown@v1',
      'uses: aquasecurity/trivy-action@v0.36.0',
      'uses: golangci/golangci-lint-action@v8',
      'uses: golangci/golangci-lint-action@v9.3.0',
    );
    expect(actions?.map(a => a.retiredRuntime)).toEqual([
      true,
      false,
      undefined,
      undefined,
      false,
      true,
      false,
    ]);
  });

  it.each([
    ['permissions: {}', '', false],
    ['permissions: read-all', '', false],
    ['permissions: { contents: read }', '', false],
    ['permissions: { contents: write }', '', true],
    ['permissions: write-all', '', true],
    ['', '', true],
    ['', 'permissions: { contents: write }', false],
    ['permissions: {}', 'permissions: write-all', true],
  ])('find rights too wide: %j, in the job %j', (top, job, broad) => {
    const { permissions } = describeTexts({
      [FILE]: `on: push\n${top}\njobs:\n  a:\n    runs-on: x\n    ${job}\n    steps: []\n`,
    });
    expect(permissions?.some(p => p.broad)).toBe(broad);
  });

  it('find foreign code behind privileged triggers', () => {
    const foreign = (on: string, step: string) =>
      describeTexts({
        [FILE]: `on: ${on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${step}\n`,
      }).privilegedTriggers?.map(t => t.runsForeignCode);
    const head =
      '{ uses: actions/checkout@v7, with: { ref: "${{ github.event.pull_request.head.sha }}" } }';
    expect(foreign('pull_request_target', head)).toEqual([true]);
    expect(foreign('pull_request', head)).toEqual([]);
    expect(foreign('pull_request_target', 'uses: actions/checkout@v7')).toEqual(
      [false],
    );
    expect(foreign('workflow_run', 'run: gh pr checkout 1')).toEqual([true]);
  });

  it('find expressions that strangers write, with their line', () => {
    const { expressions } = ofSteps(
      'run: |\n          echo a\n          echo "${{ github.event.issue.title }}"',
      "run: echo ${{ github['head_ref'] }}",
      'run: echo ${{ toJSON(github.event) }}',
      'run: echo ${{ github.sha }} ${{ github.event.pull_request.number }}',
      'run: echo ok\n        env:\n          T: ${{ github.event.issue.title }}',
      'uses: actions/github-script@v9\n        with:\n          script: log("${{ github.event.comment.body }}")',
    );
    expect(expressions?.map(e => [e.line, e.untrusted])).toEqual([
      [8, true],
      [9, true],
      [10, true],
      [11, false],
      [11, false],
      [17, true],
    ]);
  });

  it('follow what strangers write through calls of workflows and actions', () => {
    const { expressions } = describeTexts({
      [FILE]: `on: pull_request
jobs:
  a:
    uses: ./.github/workflows/called.yml
    with:
      title: \${{ github.event.pull_request.title }}
      number: \${{ github.event.pull_request.number }}
`,
      '.github/workflows/called.yml': `on: workflow_call
jobs:
  b:
    runs-on: x
    steps:
      - run: echo \${{ inputs['title'] }} \${{ inputs.number }}
      - uses: ./say
        with: { text: "\${{ inputs.title }}" }
`,
      'say/action.yml':
        'runs: { using: composite, steps: [{ run: "echo ${{ inputs.text }} ${{ inputs.title }}" }] }\n',
    });
    expect(expressions?.map(e => [e.expression, e.untrusted])).toEqual([
      ["inputs['title']", true],
      ['inputs.number', false],
      ['inputs.text', true],
      ['inputs.title', false],
    ]);
  });

  it('find secrets handed over whole', () => {
    const { secrets } = describeTexts({
      [FILE]: `on: push
jobs:
  a:
    uses: ./.github/workflows/x.yml
    secrets: inherit
  b:
    runs-on: x
    env:
      A: \${{ secrets.A }}
      B: \${{ secrets[matrix.name] }}
      C: \${{ toJSON(secrets) }}
      D: \${{ 'secrets' }}
    steps: []
`,
    });
    expect(secrets?.map(s => [s.line, s.name, s.inherit, s.whole])).toEqual([
      [9, 'A', false, false],
      [10, '*', false, true],
      [11, '*', false, true],
      [5, '*', true, false],
    ]);
  });

  it.each([
    ['timeout-minutes: 10', true],
    ['timeout-minutes: 360', false],
    ['timeout-minutes: ${{ inputs.minutes }}', true],
    ['', false],
  ])('take %j for a limit: %s', (timeout, expected) => {
    const { jobs } = describeTexts({
      [FILE]: `on: push\njobs:\n  a:\n    runs-on: x\n    ${timeout}\n    steps: []\n`,
    });
    expect(jobs?.[0].hasTimeout).toBe(expected);
  });

  it('refuse what is no workflow', () => {
    for (const text of [
      'a: 1',
      'on: push',
      'on: push\njobs:\n  a: {}',
      '- 1',
    ]) {
      const { workflows, problems } = describeTexts({ [FILE]: text });
      expect(workflows).toEqual([{ file: FILE, line: 1, unreadable: true }]);
      expect(problems).toHaveLength(1);
    }
  });
});
