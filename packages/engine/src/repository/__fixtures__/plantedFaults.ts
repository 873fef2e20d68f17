import { goodTexts } from './goodRepository';

const CI = '.github/workflows/ci.yml';
const SECURITY = '.github/workflows/security.yml';
const LABEL = '.github/workflows/label.yml';

/** Changed texts by path; `undefined` takes the file away. */
export type Edits = Record<string, string | undefined>;

/** The text of a good file with one piece replaced; every replacement must hit. */
export function edited(
  file: string,
  ...replacements: [string | RegExp, string][]
): Edits {
  let text = goodTexts()[file];
  for (const [from, to] of replacements) {
    const next = text.replace(from, to);
    if (next === text) {
      throw new Error(`${file} holds no ${from}`);
    }
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

/**
 * A fault, how to plant it, the verdicts other than `pass` that it must give, and the `data` of facts beside
 * `repository` that differ from the good ones.
 */
export type Fault = [
  name: string,
  edit: () => Edits,
  expected: Record<string, string>,
  others?: Record<string, object | undefined>,
];

/** Faults of the files of a repository. */
export const FAULTS: Fault[] = [
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
    {
      ...EDITED,
      'DEL-07': 'not-applicable',
      'SEC-19': 'not-applicable',
      'BLD-02': 'unknown',
    },
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
    'install scripts of a second package run',
    () => ({
      'tool/package.json': '{"dependencies":{"x":"1"}}',
      'tool/.npmrc': 'min-release-age=7\n',
      'tool/package-lock.json': '{}',
    }),
    { 'SEC-17': 'fail', 'SEC-18': 'fail' },
  ],
  [
    'nothing: a package without dependencies has no install scripts',
    () => ({
      'tool/package.json': '{"type":"module"}',
      'tool/.npmrc': 'x=1\n',
    }),
    {},
  ],
  [
    'base images get no updates',
    () =>
      edited('.github/dependabot.yml', [
        / {2}- package-ecosystem: docker\n.*\n.*\n/,
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
    'the rollback section shows settings and no command',
    () => ({
      'docs/rollback.md': '# Rollback\n\n```yaml\nrevisions: 3\n```\n',
    }),
    { 'REL-08': 'fail' },
  ],
  [
    'the update bot is told of other folders only',
    () => ({
      '.github/dependabot.yml': undefined,
      'renovate.json': JSON.stringify({
        minimumReleaseAge: '7 days',
        includePaths: ['other/**'],
      }),
    }),
    { 'SEC-18': 'fail' },
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
    {
      'OWN-06': 'fail',
      'DEL-03': 'not-applicable',
      'DEL-04': 'not-applicable',
    },
  ],
  [
    'AGENTS.md is missing',
    () => ({ 'AGENTS.md': undefined }),
    {
      'AIG-01': 'fail',
      'AIG-02': 'not-applicable',
      'AIG-03': 'not-applicable',
    },
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
    { 'SEC-02': 'fail', 'BLD-04': 'fail' },
  ],
];
