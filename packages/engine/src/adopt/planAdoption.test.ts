import { planAdoption } from './planAdoption';
import { repository, sources, workflow } from './__fixtures__/files';

const now = new Date('2026-11-21T00:00:00Z');

function plan(
  existing: Record<string, string>,
  rendered: Record<string, string>,
) {
  const { added, kept } = planAdoption({
    existing: repository(existing),
    rendered: sources(rendered),
    now,
  });
  return { added: added.map(({ path }) => path), kept };
}

describe('planAdoption', () => {
  it('adds what is not there, and keeps what is', () => {
    expect(
      plan(
        { 'README.md': 'Hi', 'AGENTS.md': 'Ours' },
        { 'AGENTS.md': 'Theirs', 'docs/runbook.md': '# Runbook' },
      ),
    ).toEqual({
      added: ['docs/runbook.md'],
      kept: [
        {
          path: 'AGENTS.md',
          inPlace: 'AGENTS.md',
          reason: 'It is there already',
        },
      ],
    });
  });

  it.each([
    ['Agents.md', 'AGENTS.md'],
    ['catalog-info.yml', 'catalog-info.yaml'],
    ['.backstage/catalog-info.yaml', 'catalog-info.yaml'],
    ['CODEOWNERS', '.github/CODEOWNERS'],
    ['docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
    ['renovate.json5', '.github/dependabot.yml'],
    ['.github/dependabot.yaml', 'renovate.json'],
    ['.renovaterc', '.github/dependabot.yml'],
    [
      '.github/PULL_REQUEST_TEMPLATE/default.md',
      '.github/pull_request_template.md',
    ],
    ['docs/pull_request_template.md', '.github/pull_request_template.md'],
    ['.github/SECURITY.md', 'SECURITY.md'],
    ['security.rst', 'SECURITY.md'],
    ['README.rst', 'README.md'],
    ['mkdocs.yaml', 'mkdocs.yml'],
    ['LICENSE-MIT', 'LICENSE'],
    ['COPYING', 'LICENSE.txt'],
    ['docs/ops/runbooks/start.md', 'docs/runbook.md'],
    ['docs/README.md', 'docs/index.md'],
    ['docs/index.rst', 'docs/index.md'],
    ['golden-path.yml', 'golden-path.yaml'],
    ['.pre-commit-config.yml', '.pre-commit-config.yaml'],
  ])('%s is in the place of %s', (there, wanted) => {
    expect(plan({ [there]: 'ours' }, { [wanted]: 'theirs' })).toEqual({
      added: [],
      kept: [{ path: wanted, inPlace: there, reason: expect.any(String) }],
    });
  });

  it.each([
    ['src/README.md', 'README.md'],
    ['packages/a/catalog-info.yaml', 'catalog-info.yaml'],
    ['docs/security.html', 'SECURITY.md'],
    ['src/security/index.ts', 'SECURITY.md'],
    ['docs/guide.md', 'docs/index.md'],
  ])('%s is not in the place of %s', (there, wanted) => {
    expect(plan({ [there]: 'ours' }, { [wanted]: 'theirs' }).added).toEqual([
      wanted,
    ]);
  });

  it('writes neither over a folder nor behind a file or link', () => {
    expect(
      plan(
        { docs: 'elsewhere', 'mkdocs.yml/a': '' },
        { 'docs/a/b.md': '', 'mkdocs.yml': '' },
      ),
    ).toEqual({
      added: [],
      kept: [
        {
          path: 'docs/a/b.md',
          inPlace: 'docs',
          reason: 'A file or link is there where its folder would be',
        },
        {
          path: 'mkdocs.yml',
          inPlace: 'mkdocs.yml',
          reason: 'A folder of that name is there',
        },
      ],
    });
  });

  it('takes Renovate in package.json for an update bot', () => {
    const bot = { '.github/dependabot.yml': 'version: 2' };
    expect(plan({ 'package.json': '{"renovate":{}}' }, bot).kept).toEqual([
      {
        path: '.github/dependabot.yml',
        inPlace: 'package.json',
        reason: 'Renovate is set up there',
      },
    ]);
    expect(plan({ 'package.json': '{}' }, bot).added).toHaveLength(1);
  });

  it('adds no site without a first page in Markdown', () => {
    const site = { 'mkdocs.yml': 'site_name: pay', 'docs/index.md': '# Pay' };
    expect(plan({ 'docs/index.rst': 'Pay' }, site)).toMatchObject({
      added: [],
      kept: [
        { path: 'docs/index.md', inPlace: 'docs/index.rst' },
        { path: 'mkdocs.yml', inPlace: null },
      ],
    });
    expect(plan({ 'docs/README.md': 'Pay' }, site).added).toEqual([
      'mkdocs.yml',
    ]);
  });

  it('refuses a template that renders the lock', () => {
    expect(() => plan({}, { '.golden-path.lock.yaml': '' })).toThrow(
      'cannot hold the lock',
    );
  });
});

describe('a pipeline that tests', () => {
  const CI = '.github/workflows/ci.yml';
  const ours = {
    [CI]: workflow('[pull_request]', 'npm ci', 'npm test'),
  };
  const NODE = {
    'package.json': '{"scripts":{"test":"node --test"}}',
    'package-lock.json': '{}',
  };
  const keptFor = (existing: Record<string, string>) =>
    plan({ ...NODE, ...existing }, ours).kept[0];

  it('is added where nothing tests a change', () => {
    expect(plan(NODE, ours).added).toEqual([CI]);
    expect(
      plan(
        { ...NODE, '.github/workflows/lint.yml': workflow('[push]', 'ls') },
        ours,
      ).added,
    ).toEqual([CI]);
  });

  it('is left out where the repository tests its changes', () => {
    const there = '.github/workflows/build.yml';
    expect(
      keptFor({ [there]: workflow('[pull_request]', 'npm run test') }),
    ).toEqual({
      path: CI,
      inPlace: there,
      reason:
        'The repository has a pipeline that runs the tests on every change',
    });
  });

  it('is added where tests run on nothing but a timetable', () => {
    expect(
      plan(
        {
          ...NODE,
          '.github/workflows/night.yml': workflow(
            '{ schedule: [{ cron: "0 3 * * *" }] }',
            'npm test',
          ),
        },
        ours,
      ).added,
    ).toEqual([CI]);
  });

  it.each([
    ['.travis.yml', 'language: node_js'],
    ['Jenkinsfile', 'pipeline {}'],
    [
      '.github/workflows/shared.yml',
      'on: pull_request\njobs: { a: { uses: acme/ci/.github/workflows/ci.yml@v1 } }',
    ],
    ['.github/workflows/tox.yml', workflow('[pull_request]', 'python -m tox')],
    [
      '.github/workflows/make.yml',
      workflow('[push, pull_request]', 'sh check'),
    ],
    ['.github/workflows/broken.yml', 'on: [pull_request\njobs: {'],
  ])('is left out where nobody can tell: %s', (there, text) => {
    expect(keptFor({ [there]: text })).toEqual({
      path: CI,
      inPlace: there,
      reason: expect.stringContaining('cannot be told'),
    });
  });

  it.each([
    [
      { 'package-lock.json': undefined },
      'It could not run: the repository has no package-lock.json or npm-shrinkwrap.json',
    ],
    [
      { 'package.json': '{"scripts":{}}' },
      'It could not run: package.json has no script for tests',
    ],
    [
      {
        'package.json':
          '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}',
      },
      'It could not run: package.json has no script for tests',
    ],
  ])('is left out where it could not run: %j', (change, reason) => {
    const existing = Object.fromEntries(
      Object.entries({ ...NODE, ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    expect(plan(existing, ours).kept).toEqual([
      { path: CI, inPlace: null, reason },
    ]);
  });

  it('needs the test runner among what is locked', () => {
    const ci = { [CI]: workflow('[pull_request]', 'uv run --locked pytest') };
    expect(plan({ 'uv.lock': '' }, ci).kept[0].reason).toContain('no pytest');
    expect(
      plan({ 'uv.lock': '[[package]]\nname = "pytest"\n' }, ci).added,
    ).toEqual([CI]);
  });

  it('needs the file that says which version', () => {
    const text = `${ours[CI]}      - uses: actions/setup-node@v7\n        with: { node-version-file: .nvmrc }\n`;
    expect(plan(NODE, { [CI]: text }).kept[0].reason).toContain('no .nvmrc');
    expect(plan({ ...NODE, '.nvmrc': '24' }, { [CI]: text }).kept).toEqual([]);
  });
});

describe('a pipeline that scans', () => {
  const SECURITY = '.github/workflows/security.yml';
  const both = {
    [SECURITY]: workflow(
      '[pull_request]',
      'gitleaks git .',
      'osv-scanner scan source .',
    ),
  };

  it('is left out where all it looks for is looked for', () => {
    const there = '.github/workflows/scans.yml';
    expect(plan({ [there]: both[SECURITY] }, both).kept).toEqual([
      {
        path: SECURITY,
        inPlace: there,
        reason: expect.stringMatching(/looks for secrets/),
      },
    ]);
  });

  it('is added where a part of it is missing, and beside tests', () => {
    expect(
      plan(
        {
          '.github/workflows/scans.yml': workflow(
            '[pull_request]',
            'gitleaks git .',
            'npm test',
          ),
          '.travis.yml': '',
        },
        both,
      ).added,
    ).toEqual([SECURITY]);
  });
});
