import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadGoldenPath } from '../document';
import { compilePath, scorePath } from '../score';
import { describeRepository } from './describeRepository';
import { goodRepository, goodTexts } from './__fixtures__/goodRepository';
import { repositoryDataSchema } from './repositoryData';

const FILE = resolve(__dirname, '../../../../paths/service.yaml');
const path = loadGoldenPath({
  text: readFileSync(FILE, 'utf8'),
  file: 'paths/service.yaml',
});
const compiled = compilePath(path);
const now = new Date('2026-11-21T12:00:00Z');

const CI = '.github/workflows/ci.yml';
const SECURITY = '.github/workflows/security.yml';
const LABEL = '.github/workflows/label.yml';
const CATALOG = {
  ownerExists: true,
  annotations: {
    'backstage.io/techdocs-ref': 'dir:.',
    'backstage.io/source-location': 'url:https://git.example.org/service/',
  },
};

type Edits = Record<string, string | undefined>;

function score(edits: Edits = {}, catalog: typeof CATALOG | object = CATALOG) {
  const data = describeRepository({
    files: goodRepository(edits),
    commit: 'abcdef1',
    now,
  });
  const observedAt = now.toISOString();
  return scorePath({
    path: compiled,
    entityRef: 'component:default/service',
    facts: {
      repository: { observedAt, data: JSON.parse(JSON.stringify(data)) },
      catalog: { observedAt, data: JSON.parse(JSON.stringify(catalog)) },
    },
    waivers: [],
    now,
  });
}

function verdicts(edits: Edits, catalog?: object): Record<string, string> {
  return Object.fromEntries(
    score(edits, catalog)
      .checks.filter(check => check.verdict !== 'pass')
      .map(check => [check.id, check.verdict]),
  );
}

/** The text of a good file with one piece replaced; every replacement must hit. */
function edited(
  file: string,
  ...replacements: [string | RegExp, string][]
): Edits {
  let text = goodTexts()[file];
  for (const [from, to] of replacements) {
    const next = text.replace(from, to);
    expect(next).not.toBe(text);
    text = next;
  }
  return { [file]: text };
}

function editedJson(file: string, edit: (json: any) => void): Edits {
  const json = JSON.parse(goodTexts()[file]);
  edit(json);
  return { [file]: JSON.stringify(json, null, 2) };
}

/** An edit of ci.yml always takes it away from what the template made. */
const EDITED = { 'DEL-03': 'fail' };

const FAULTS: [string, () => Edits, Record<string, string>][] = [
  [
    'no workflow builds the default branch',
    () => edited(CI, ['  push:\n    branches: [main]\n', '']),
    { 'DEL-01': 'fail', ...EDITED },
  ],
  [
    'a contract job is renamed',
    () => edited(SECURITY, ['name: security / scan', 'name: scans']),
    { 'DEL-02': 'fail' },
  ],
  [
    'a managed file is edited',
    () => edited(CI, ['name: ci\n', 'name: ci # ours\n']),
    EDITED,
  ],
  [
    'a managed file is removed',
    () => ({ Dockerfile: undefined }),
    { ...EDITED, 'SEC-19': 'not-applicable' },
  ],
  [
    'a job has no time limit',
    () => edited(SECURITY, ['    timeout-minutes: 10\n', '']),
    { 'DEL-06': 'fail' },
  ],
  [
    'a workflow on pull requests has no concurrency group',
    () => edited(SECURITY, [/^concurrency:.*\n/m, '']),
    { 'DEL-06': 'fail' },
  ],
  [
    'the tests hold no case',
    () =>
      edited('test/flags.test.ts', ['test.each([', 'export const keys = ([']),
    { 'TST-01': 'fail' },
  ],
  [
    'the pipeline leaves the tests out',
    () => edited(CI, ['npm run verify', 'npm run build']),
    { 'TST-02': 'fail', ...EDITED },
  ],
  [
    'the pipeline goes on when tests fail',
    () => edited(CI, ['npm run verify', 'npm run verify || true']),
    { 'TST-02': 'fail', ...EDITED },
  ],
  [
    'the coverage floor is too low',
    () => edited('package.json', ['lines=80', 'lines=79']),
    { 'TST-03': 'fail' },
  ],
  [
    'a flag is tested in one state',
    () => edited('test/flags.test.ts', ["'off'", "'on'"]),
    { 'TST-05': 'fail' },
  ],
  [
    'an action floats',
    () => edited(SECURITY, [/checkout@[0-9a-f]{40} # v7.0.1/, 'checkout@v7']),
    { 'SEC-01': 'fail' },
  ],
  [
    'a workflow declares no permissions',
    () =>
      edited(
        SECURITY,
        [/^permissions: \{\}\n/m, ''],
        ['    permissions:\n      contents: read\n', ''],
      ),
    { 'SEC-05': 'fail' },
  ],
  [
    'a job may write everything',
    () =>
      edited(SECURITY, [
        '    permissions:\n      contents: read\n',
        '    permissions: write-all\n',
      ]),
    { 'SEC-05': 'fail' },
  ],
  [
    'a privileged workflow checks out the pull request',
    () =>
      edited(LABEL, [
        '      - run: gh pr edit',
        '      - run: gh pr checkout "$NUMBER"\n      - run: gh pr edit',
      ]),
    { 'SEC-06': 'fail' },
  ],
  [
    'a script is built from the title of the pull request',
    () =>
      edited(SECURITY, [
        'semgrep scan --error',
        'echo "${{ github.event.pull_request.title }}" && semgrep scan --error',
      ]),
    { 'SEC-07': 'fail' },
  ],
  [
    'a checkout keeps its credentials',
    () =>
      edited(SECURITY, [
        '        with:\n          persist-credentials: false\n',
        '',
      ]),
    { 'SEC-08': 'fail' },
  ],
  [
    'a step gets all secrets',
    () => edited(SECURITY, ['secrets.SEMGREP_APP_TOKEN', 'toJSON(secrets)']),
    { 'SEC-09': 'fail' },
  ],
  [
    'the dependency scan cannot stop a change',
    () =>
      edited(SECURITY, [
        '      - run: docker run',
        '      - continue-on-error: true\n        run: docker run',
      ]),
    { 'SEC-11': 'fail' },
  ],
  [
    'the dependency scan has no schedule',
    () => edited(SECURITY, [/ {2}schedule:\n.*\n/, '']),
    { 'SEC-11': 'fail' },
  ],
  [
    'the code is not analysed',
    () => edited(SECURITY, ['semgrep scan --error', 'semgrep --version']),
    { 'SEC-13': 'fail' },
  ],
  [
    'secrets are looked for after the merge only',
    () =>
      edited(SECURITY, [
        '      - run: gitleaks',
        "      - if: github.event_name != 'pull_request'\n        run: gitleaks",
      ]),
    { 'SEC-14': 'fail' },
  ],
  [
    'the lockfile is missing',
    () => ({ 'package-lock.json': undefined }),
    { 'SEC-15': 'fail' },
  ],
  [
    'the pipeline may rewrite the lockfile',
    () => edited(CI, ['npm ci', 'npm install']),
    { 'SEC-15': 'fail', ...EDITED },
  ],
  [
    'the package manager takes new releases at once',
    () => edited('.npmrc', ['min-release-age=7', 'min-release-age=2']),
    { 'SEC-16': 'fail' },
  ],
  [
    'the bot takes new releases at once',
    () =>
      edited('.github/dependabot.yml', [
        'docker\n    directory: /\n    cooldown: { default-days: 7 }',
        'docker\n    directory: /',
      ]),
    { 'SEC-16': 'fail' },
  ],
  [
    'install scripts run',
    () => edited('.npmrc', ['ignore-scripts=true', 'ignore-scripts=false']),
    { 'SEC-17': 'fail' },
  ],
  [
    'base images get no updates',
    () =>
      edited('.github/dependabot.yml', [
        /  - package-ecosystem: docker\n.*\n.*\n/,
        '',
      ]),
    { 'SEC-18': 'fail' },
  ],
  [
    'a base image floats',
    () =>
      edited('Dockerfile', [`:nonroot@sha256:${'a'.repeat(64)}`, ':nonroot']),
    { 'SEC-19': 'fail', ...EDITED },
  ],
  [
    'the image runs as root',
    () => edited('Dockerfile', ['USER 65532:65532', 'USER root']),
    { 'SEC-19': 'fail', ...EDITED },
  ],
  [
    'a download goes straight into a shell',
    () =>
      edited('Dockerfile', [
        'WORKDIR /app',
        'RUN curl -fsSL https://example.org/install | sh',
      ]),
    { 'SEC-19': 'fail', ...EDITED },
  ],
  [
    'the security policy is missing',
    () => ({ 'SECURITY.md': undefined }),
    { 'SEC-25': 'fail' },
  ],
  [
    'no flag library is among the dependencies',
    () => editedJson('package.json', json => delete json.dependencies),
    { 'REL-04': 'fail' },
  ],
  [
    'no provider is connected',
    () => edited('src/flags.ts', ['setProviderAndWait', 'getClient']),
    { 'REL-04': 'fail' },
  ],
  [
    'a release flag has expired',
    () => edited('flags/flags.json', ['2027-05-31', '2026-11-20']),
    { 'REL-06': 'fail' },
  ],
  [
    'a flag has no owner',
    () =>
      editedJson('flags/flags.json', json => {
        json.flags['greetings-enabled'].metadata.owner = ' ';
      }),
    { 'REL-06': 'fail' },
  ],
  [
    'the rollback section names no command',
    () => ({ 'docs/rollback.md': '# Rollback\n\nAsk around.\n' }),
    { 'REL-08': 'fail' },
  ],
  [
    'CODEOWNERS leaves the workflows out',
    () => ({ '.github/CODEOWNERS': '*.md @acme/team-a\n' }),
    { 'OWN-02': 'fail' },
  ],
  [
    'a rule of CODEOWNERS is not valid',
    () => ({ '.github/CODEOWNERS': '* @acme/team-a\n!/docs nobody\n' }),
    { 'OWN-02': 'fail' },
  ],
  [
    'a page of the documentation is missing',
    () => edited('mkdocs.yml', ['runbook.md', 'runbooks.md']),
    { 'OWN-04': 'fail' },
  ],
  [
    'the lock is missing',
    () => ({ '.golden-path.lock.yaml': undefined }),
    { 'OWN-06': 'fail', 'DEL-03': 'not-applicable' },
  ],
  [
    'AGENTS.md is missing',
    () => ({ 'AGENTS.md': undefined }),
    { 'AIG-01': 'fail', 'AIG-02': 'not-applicable' },
  ],
  [
    'AGENTS.md is too long',
    () => ({ 'AGENTS.md': `\`npm test\`\n${'x'.repeat(33_000)}` }),
    { 'AIG-01': 'fail' },
  ],
  [
    'AGENTS.md names a command that does not exist',
    () => edited('AGENTS.md', ['run verify', 'run verify\nnpm run deploy']),
    { 'AIG-02': 'fail' },
  ],
  [
    'dependencies are downloaded every time',
    () =>
      edited(CI, [
        '          cache: npm\n',
        '          package-manager-cache: false\n',
      ]),
    { 'BLD-01': 'fail', ...EDITED },
  ],
  [
    'an action is of a version for a retired Node.js',
    () => edited(SECURITY, ['# v7.0.1', '# v4.2.2']),
    { 'BLD-04': 'fail' },
  ],
];

describe('the service path', () => {
  it('has at least 25 checks of the repository alone, each with a remedy', () => {
    const { checks } = path.spec;
    const ofFiles = checks.filter(c => c.facts.join() === 'repository');
    expect(ofFiles.length).toBeGreaterThanOrEqual(25);
    expect(checks.filter(c => !c.remediation?.text)).toEqual([]);
    expect(checks.filter(c => !c.description)).toEqual([]);
  });

  it('gives gold and 100 to a repository that has it all', () => {
    const card = score();
    expect(card.checks.filter(c => c.verdict !== 'pass')).toEqual([]);
    expect(card.level).toBe('gold');
    expect(card.score.raw).toBe(100);
  });

  it.each(FAULTS)('%s', (_, edit, expected) => {
    expect(verdicts(edit())).toEqual(expected);
  });

  it('has a planted fault for every check of the repository', () => {
    const failed = FAULTS.flatMap(([, , expected]) =>
      Object.keys(expected).filter(id => expected[id] === 'fail'),
    );
    const ids = path.spec.checks
      .filter(c => c.facts.includes('repository'))
      .map(c => c.id);
    expect(ids.filter(id => !failed.includes(id))).toEqual([]);
  });

  it('fails the checks of a workflow that was deleted', () => {
    expect(verdicts({ [SECURITY]: undefined })).toEqual({
      'DEL-02': 'fail',
      'SEC-11': 'fail',
      'SEC-13': 'fail',
      'SEC-14': 'fail',
    });
  });

  it('turns nothing green that a broken workflow hides', () => {
    const broken = { [SECURITY]: 'on: [pull_request\njobs: {' };
    const found = verdicts(broken);
    expect(new Set(Object.values(found))).toEqual(new Set(['unknown']));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'DEL-02',
        'DEL-06',
        'SEC-01',
        'SEC-05',
        'SEC-06',
        'SEC-07',
        'SEC-08',
        'SEC-09',
        'SEC-11',
        'SEC-13',
        'SEC-14',
        'SEC-15',
        'BLD-01',
        'BLD-04',
      ]),
    );
    const both = {
      ...broken,
      ...edited(CI, [/checkout@[0-9a-f]{40} # v7.0.1/, 'checkout@v7']),
    };
    expect(verdicts(both)).toMatchObject({ 'SEC-01': 'fail' });
  });

  it.each([
    ['package.json', '{', ['SEC-15', 'SEC-17', 'TST-02', 'TST-03', 'REL-04']],
    ['.github/dependabot.yml', 'updates: {', ['SEC-16', 'SEC-18']],
    ['Dockerfile', 'no instructions', ['SEC-19']],
    ['flags/flags.json', '[]', ['TST-05', 'REL-06']],
    ['catalog-info.yaml', 'a: b: c', ['OWN-04', 'OWN-06']],
    ['mkdocs.yml', 'nav: [', ['OWN-04']],
    ['.golden-path.lock.yaml', 'schemaVersion: 2', ['DEL-03']],
  ])('leaves open what a broken %s would tell', (file, text, ids) => {
    const found = verdicts({ [file]: text });
    for (const id of ids) {
      expect([id, found[id]]).toEqual([id, 'unknown']);
    }
  });

  it('is all unknown for a cut-off list of files', () => {
    const data = describeRepository({
      files: goodRepository(),
      commit: null,
      now,
      truncated: true,
    });
    const card = scorePath({
      path: compiled,
      entityRef: 'component:default/service',
      facts: {
        repository: {
          observedAt: now.toISOString(),
          data: JSON.parse(JSON.stringify(data)),
        },
      },
      waivers: [],
      now,
    });
    expect(new Set(card.checks.map(c => c.verdict))).toEqual(
      new Set(['unknown']),
    );
  });

  it('names file and line of what fails', () => {
    const { checks } = score(
      edited(SECURITY, [/checkout@[0-9a-f]{40} # v7.0.1/, 'checkout@v7']),
    );
    const check = checks.find(c => c.id === 'SEC-01');
    const line =
      goodTexts()
        [SECURITY].split('\n')
        .findIndex(l => /checkout@/.test(l)) + 1;
    expect(check?.evidence).toEqual([
      expect.objectContaining({ file: SECURITY, line }),
    ]);
    expect(check?.message).toBe('1 of 4 uses of actions and images float');
  });

  it('asks the catalog for owner and annotations', () => {
    expect(verdicts({}, { ...CATALOG, ownerExists: false })).toEqual({
      'OWN-01': 'fail',
    });
    expect(verdicts({}, { ...CATALOG, annotations: {} })).toEqual({
      'OWN-03': 'fail',
    });
    expect(verdicts({}, {})).toEqual({
      'OWN-01': 'unknown',
      'OWN-03': 'unknown',
    });
  });

  it('describes every field the schema documents', () => {
    const data = describeRepository({
      files: goodRepository(),
      commit: 'abcdef1',
      now,
    });
    const parsed = repositoryDataSchema.strict().parse(data);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(
      JSON.parse(JSON.stringify(data)),
    );
    expect(data.problems).toEqual([]);
  });
});
