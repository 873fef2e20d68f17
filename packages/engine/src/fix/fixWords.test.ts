import { apply, CODEOWNERS, repositoryOf } from './__fixtures__/fixing';
import { FIXES } from './fixes';

const EXTRA = '.github/workflows/extra.yml';

const textOf = (name: string, file: string, text: string, more = {}) =>
  apply(name, { [file]: text, ...more }).texts[file];

describe('the words of a fix', () => {
  it('keeps the comments and the rest of the line it edits', () => {
    const workflow = `# top
on: push # ever
jobs:
  a:
    runs-on: x
    # before
    steps:
      - { uses: actions/checkout@v7, name: get } # flow
      - uses: "actions/cache@v4.2" # floats
        # behind
`;
    expect(textOf('pin-actions', EXTRA, workflow)).toBe(
      workflow
        .replace(
          'actions/checkout@v7',
          'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
        )
        .replace(
          '"actions/cache@v4.2" # floats',
          'actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0',
        ),
    );
  });

  it.each([
    'actions/checkout@main',
    'actions/checkout@v2',
    'aquasecurity/trivy-action@0.20.0',
    'nobody/knows@v1',
    './local',
    `actions/checkout@${'a'.repeat(40)}`,
  ])('leaves %s alone', uses => {
    const text = `on: push\njobs:\n  a:\n    steps:\n      - uses: ${uses}\n`;
    expect(textOf('pin-actions', EXTRA, text)).toBe(text);
  });

  it('makes the comment say the version of the commit', () => {
    const sha = '3d3c42e5aac5ba805825da76410c181273ba90b1';
    const text = (comment: string) =>
      `on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@${sha}${comment}\n`;
    for (const wrong of ['', ' # v6', ' # main']) {
      expect(textOf('fix-pin-comments', EXTRA, text(wrong))).toBe(
        text(' # v7.0.1'),
      );
    }
    const unknown = text('').replace(sha, 'f'.repeat(40));
    expect(textOf('fix-pin-comments', EXTRA, unknown)).toBe(unknown);
  });

  it('takes no rights from a workflow that may need them', () => {
    const text = (step: string) =>
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${step}\n`;
    expect(textOf('restrict-permissions', EXTRA, text('run: npm test'))).toBe(
      `on: push\npermissions:\n  contents: read\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: npm test\n`,
    );
    for (const step of [
      'run: git push',
      'uses: softprops/action-gh-release@v2',
      'run: gh release create v1',
      'env: { T: "${{ secrets.GITHUB_TOKEN }}" }',
    ]) {
      expect(textOf('restrict-permissions', EXTRA, text(step))).toBe(
        text(step),
      );
    }
  });

  it('leaves the token where git pushes', () => {
    const text =
      'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v7\n      - run: git push\n';
    expect(textOf('no-persisted-credentials', EXTRA, text)).toBe(text);
  });

  it('gives a called workflow no concurrency group', () => {
    const text =
      'on: [pull_request, workflow_call]\njobs:\n  a:\n    runs-on: x\n    timeout-minutes: 5\n    steps: []\n';
    expect(textOf('job-timeouts-and-concurrency', EXTRA, text)).toBe(text);
  });

  it.each([
    ['npm install', 'npm ci'],
    ['npm i --ignore-scripts', 'npm ci --ignore-scripts'],
    ['npm install left-pad', 'npm install left-pad'],
    ['npm install -g npm', 'npm install -g npm'],
    ['cd app && npm install', 'cd app && npm install'],
    ['pnpm install', 'pnpm install'],
  ])('turns %s into %s', (from, to) => {
    const text = (run: string) =>
      `on: push\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;
    const lock = { 'package-lock.json': '{}' };
    expect(textOf('frozen-install', EXTRA, text(from), lock)).toBe(text(to));
    expect(textOf('frozen-install', EXTRA, text(from))).toBe(text(from));
  });

  it('keeps line ends as they are', () => {
    const text =
      'on: push\r\njobs:\r\n  a:\r\n    runs-on: x\r\n    steps: []\r\n';
    expect(textOf('job-timeouts-and-concurrency', EXTRA, text)).toBe(
      text.replace('x\r\n', 'x\r\n    timeout-minutes: 60\r\n'),
    );
  });

  it('writes no owner it does not know', () => {
    const texts = repositoryOf({ [CODEOWNERS]: undefined });
    expect(apply('codeowners', texts).edits).toEqual([]);
  });

  it('leaves what is no YAML alone', () => {
    const files = { [EXTRA]: 'on: [push\njobs: {' };
    for (const name of FIXES.keys()) {
      const { edits } = apply(name, files);
      expect(edits.filter(edit => edit.path === EXTRA)).toEqual([]);
    }
  });
});
