import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const FILE = '.github/workflows/ci.yml';

function runsOf(texts: Record<string, string>) {
  return (describeTexts(texts).runs ?? []).map(
    ({ command, does, gate, line }) => ({ command, does, gate, line }),
  );
}

function doing(texts: Record<string, string>, what: string) {
  return runsOf(texts).filter(run => run.does?.includes(what));
}

describe('commands of pipelines', () => {
  it('are followed through package scripts, make targets and shell files', () => {
    const texts = {
      [FILE]: workflowOf('run: npm run verify'),
      'package.json': JSON.stringify({
        scripts: { preverify: 'gitleaks git .', verify: 'make check' },
      }),
      Makefile: 'check: lint\n\t@./scripts/check.sh\nlint:\n\tsemgrep scan\n',
      'scripts/check.sh': '#!/bin/sh\nset -e\nosv-scanner .\nnode --test\n',
    };
    const kinds = runsOf(texts).flatMap(run => run.does ?? []);
    expect(kinds).toEqual(['secrets', 'sast', 'sca', 'test']);
    expect(doing(texts, 'test')).toEqual([
      { command: 'node --test', does: ['test'], gate: true, line: 6 },
    ]);
  });

  it('do not guard when something on the way swallows their failure', () => {
    const script = (verify: string) => ({
      [FILE]: workflowOf('run: npm run verify'),
      'package.json': JSON.stringify({ scripts: { verify } }),
      'check.sh': '#!/bin/sh\nnode --test\necho done\n',
      Makefile: 'check:\n\t-node --test\n',
    });
    for (const verify of [
      'node --test || true',
      'node --test; echo done',
      './check.sh',
      'make check',
    ]) {
      expect(doing(script(verify), 'test').map(run => run.gate)).toEqual([
        false,
      ]);
    }
    expect(doing(script('node --test'), 'test')[0].gate).toBe(true);
  });

  it('need a shell with pipefail to guard inside of a pipe', () => {
    const piped = 'run: node --test | tee log';
    const gateOf = (text: string) => doing({ [FILE]: text }, 'test')[0].gate;
    expect(gateOf(workflowOf(piped))).toBe(false);
    expect(gateOf(workflowOf(`{ shell: bash, ${piped} }`))).toBe(true);
  });

  it('count as tests when the script for tests runs a program', () => {
    const withTest = (test: string) => ({
      [FILE]: workflowOf('run: npm test'),
      'package.json': JSON.stringify({ scripts: { test } }),
    });
    expect(doing(withTest('node tools/run-tests.js'), 'test')).toHaveLength(1);
    expect(
      doing(withTest('echo "Error: no test specified" && exit 1'), 'test'),
    ).toEqual([]);
    expect(doing({ [FILE]: workflowOf('run: npm test') }, 'test')).toEqual([]);
  });

  it('stay open behind what cannot be read', () => {
    for (const step of [
      'run: just verify',
      'run: sh scripts/missing.sh',
      'run: npm test --workspaces',
      'uses: ./.github/actions/missing',
    ]) {
      const { runs, scans } = describeTexts({
        [FILE]: workflowOf(step),
        'package.json': '{"scripts":{"test":"node --test"}}',
      });
      expect(runs?.some(run => run.does === undefined)).toBe(true);
      expect(scans?.some(scan => scan.kind === undefined)).toBe(true);
    }
  });

  it('stay open for a workflow of another repository, but for its triggers', () => {
    const call = (on: string, uses: string) =>
      describeTexts({ [FILE]: `on: ${on}\njobs:\n  ci:\n    uses: ${uses}\n` });
    const { scans, jobs } = call(
      'push',
      'acme/golden/.github/workflows/ci.yml@v1',
    );
    expect(scans).toEqual([
      {
        file: FILE,
        line: 4,
        pullRequest: false,
        defaultBranch: true,
        schedule: false,
        gate: true,
      },
    ]);
    expect(jobs?.[0]).not.toHaveProperty('name');
    expect(
      call(
        'pull_request',
        'google/osv-scanner-action/.github/workflows/osv-scanner-reusable.yml@v2',
      ).scans,
    ).toEqual([expect.objectContaining({ kind: 'sca', pullRequest: true })]);
  });

  it('are those of local composite actions too', () => {
    const action = '.github/actions/verify/action.yml';
    const texts = {
      [FILE]: workflowOf('uses: ./.github/actions/verify'),
      [action]:
        'runs:\n  using: composite\n  steps:\n    - uses: actions/cache@v5\n    - run: node --test\n      shell: bash\n',
    };
    expect(doing(texts, 'test')).toHaveLength(1);
    const { actions } = describeTexts(texts);
    expect(
      actions?.map(({ file, uses, pinned }) => [file, uses, pinned]),
    ).toEqual([
      [FILE, './.github/actions/verify', true],
      [action, 'actions/cache@v5', false],
    ]);
  });

  it('run as their job, its needs and its callers let them', () => {
    const { jobs } = describeTexts({
      [FILE]: `on: pull_request
jobs:
  push-only:
    if: github.event_name == 'push'
    runs-on: x
    steps: []
  after:
    needs: push-only
    runs-on: x
    steps: []
  anyway:
    needs: push-only
    if: always()
    runs-on: x
    steps: []
  call:
    uses: ./.github/workflows/called.yml
`,
      '.github/workflows/called.yml':
        'on: workflow_call\njobs:\n  inner:\n    runs-on: x\n    steps: []\n',
      '.github/workflows/uncalled.yml':
        'on: workflow_call\njobs:\n  lonely:\n    runs-on: x\n    steps: []\n',
    });
    expect(jobs?.map(({ id, pullRequest }) => [id, pullRequest])).toEqual([
      ['inner', true],
      ['push-only', false],
      ['after', false],
      ['anyway', true],
      ['call', true],
      ['lonely', false],
    ]);
  });

  it('run on changes when only the paths of a change decide', () => {
    const pullRequest = (uses: string, output: string) =>
      describeTexts({
        [FILE]: `on: pull_request
jobs:
  changes:
    runs-on: x
    outputs:
      code: \${{ steps.${output}.outputs.code }}
    steps:
      - { id: filter, uses: ${uses} }
      - { id: other, run: ./ask }
  test:
    needs: changes
    if: needs.changes.outputs.code == 'true'
    runs-on: x
    steps: [{ run: make test }]
`,
      }).jobs?.[1].pullRequest;
    expect(pullRequest('dorny/paths-filter@v3', 'filter')).toBe(true);
    expect(pullRequest('tj-actions/changed-files@v47', 'filter')).toBe(true);
    expect(pullRequest('dorny/paths-filter@v3', 'other')).toBeUndefined();
    expect(pullRequest('acme/decide@v1', 'filter')).toBeUndefined();
  });

  it('are not those of the scripts that start a build tool', () => {
    const { runs } = describeTexts({
      [FILE]: workflowOf('run: ./mvnw verify'),
      mvnw: '#!/bin/sh\ncurl -fsSL https://example.org\n',
    });
    expect(runs?.map(({ command }) => command)).toEqual(['./mvnw verify']);
  });

  it('are found under targets that stand behind a blank', () => {
    const texts = {
      [FILE]: workflowOf('run: make unit'),
      Makefile: '.PHONY: unit\n unit: ## all tests\n\tgo test ./...\n',
    };
    expect(doing(texts, 'test')).toHaveLength(1);
  });

  it('tell the cache of a job', () => {
    const cachedBy = (step: string, manifest = '{}') =>
      describeTexts({ [FILE]: workflowOf(step), 'package.json': manifest })
        .jobs?.[0].cached;
    const npm = '{"packageManager":"npm@11.6.0"}';
    expect(
      cachedBy('{ uses: actions/setup-node@v7, with: { cache: npm } }'),
    ).toBe(true);
    expect(cachedBy('uses: actions/setup-node@v7', npm)).toBe(true);
    expect(cachedBy('uses: actions/setup-node@v7')).toBe(false);
    expect(cachedBy('uses: actions/setup-node@v4', npm)).toBe(false);
    expect(cachedBy('uses: actions/setup-go@v6')).toBe(true);
    expect(cachedBy('uses: actions/cache@v5')).toBe(true);
    expect(cachedBy('uses: actions/setup-python@v6')).toBe(false);
  });
});
