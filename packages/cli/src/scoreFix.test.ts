import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { pathText, useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();
const { at, run, write, read } = terminal;

const PATH = pathText({
  checks: [
    `id: PINNED, title: Pinned, level: bronze, pass: "repository.actions.all(a, a.pinned)", remediation: { fix: pin-actions }`,
    `id: POLICY, title: Policy, level: bronze, pass: repository.community.securityPolicy, remediation: { fix: security-policy }`,
    `id: OWNED, title: Owned, level: silver, pass: repository.codeowners.present, remediation: { fix: codeowners }`,
  ],
});
const CI = '.github/workflows/ci.yml';
const WORKFLOW = `on: pull_request
jobs:
  a:
    runs-on: x
    steps:
      # Get it
      - uses: actions/checkout@v7
      - run: echo a
`;

async function service() {
  await write(`service/${CI}`, WORKFLOW);
  await write('service/logo.png', 'a\0b');
  return write('path.yaml', PATH);
}

it('writes the fixes, says what it changed and scores again', async () => {
  const path = await service();
  expect(
    await run(
      ...['score', at('service'), '--path', path, '--fix'],
      ...['--level', 'bronze'],
    ),
  ).toBe(0);
  expect(terminal.output).toContain(`fixed PINNED with pin-actions: ${CI}`);
  expect(terminal.output).toContain('left OWNED (codeowners)');
  expect(await read(`service/${CI}`)).toBe(
    WORKFLOW.replace(
      'checkout@v7',
      'checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    ),
  );
  expect(await read('service/SECURITY.md')).toContain('# Security policy');
  expect(await run('score', at('service'), '--path', path, '--fix')).toBe(1);
  expect(terminal.output).not.toContain('fixed');
});

it('prints a patch that git takes, and writes nothing', async () => {
  const path = await service();
  expect(
    await run('score', at('service'), '--path', path, '--fix', '--dry-run'),
  ).toBe(1);
  expect(await read(`service/${CI}`)).toBe(WORKFLOW);
  await expect(fs.stat(at('service/SECURITY.md'))).rejects.toThrow('ENOENT');
  expect(terminal.problems).toContain('codeowners: there is nothing');
  const patch = await write('fix.patch', terminal.output);
  execFileSync('git', ['init', '--quiet', at('service')]);
  execFileSync('git', ['-C', at('service'), 'apply', '--check', patch]);
  execFileSync('git', ['-C', at('service'), 'apply', patch]);
  expect(await read(`service/${CI}`)).toContain('# v7.0.1');
  expect(await read('service/SECURITY.md')).toContain('# Security policy');
});

it('writes nothing behind a link that leads out of the folder', async () => {
  const path = await write('path.yaml', PATH);
  await write('service/AGENTS.md', 'Run `npm test`');
  await write(
    'service/catalog-info.yaml',
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: a, annotations: { github.com/project-slug: acme/a } }
spec: { owner: payments }
`,
  );
  await write('elsewhere/README.md', '');
  await fs.symlink(at('elsewhere'), at('service/.github'));
  expect(await run('score', at('service'), '--path', path, '--fix')).toBe(2);
  expect(terminal.problems).toContain('.github/CODEOWNERS leads out of');
  expect(await fs.readdir(at('elsewhere'))).toEqual(['README.md']);
  await expect(fs.stat(at('service/SECURITY.md'))).rejects.toThrow('ENOENT');
});

it('refuses --dry-run alone, and formats that are of scorecards', async () => {
  const path = await service();
  const score = ['score', at('service'), '--path', path];
  expect(await run(...score, '--dry-run')).toBe(2);
  expect(terminal.problems).toContain('--dry-run goes with --fix');
  expect(await run(...score, '--fix', '--format', 'sarif')).toBe(2);
  expect(await read(`service/${CI}`)).toBe(WORKFLOW);
});
