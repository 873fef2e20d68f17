import { edited, type Edits } from '../repository/__fixtures__/plantedFaults';
import {
  apply,
  CODEOWNERS,
  DEPENDABOT,
  OLD_PIN,
  PINNED,
  repositoryOf,
  score,
  SECURITY,
  servicePath,
} from './__fixtures__/fixing';
import { FIXES } from './fixes';

const withoutPermissions = () =>
  edited(
    SECURITY,
    [/^permissions: \{\}\n/m, ''],
    ['    permissions:\n      contents: read\n', ''],
    [/ {8}env:\n.*\n$/, ''],
  );

/** A job of its own that the template does not manage. */
const JOB = `name: extra
on: pull_request
permissions:
  contents: read
concurrency: extra-\${{ github.ref }}
jobs:
  extra:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
      # Kept
      - run: |
          npm ci
`;
const EXTRA = '.github/workflows/extra.yml';

/** Fix, check, and what makes the check fail. */
const CASES: [string, string, () => Edits][] = [
  [
    'pin-actions',
    'SEC-01',
    () => edited(SECURITY, [PINNED, 'checkout@v7 # keep up']),
  ],
  [
    'fix-pin-comments',
    'SEC-02',
    () => edited(SECURITY, ['# v7.0.1', '# v6.0.0 # ours']),
  ],
  [
    'upgrade-actions',
    'SEC-03',
    () =>
      edited(SECURITY, [
        '      - run: gitleaks',
        '      - uses: aquasecurity/trivy-action@0.30.0\n      - run: gitleaks',
      ]),
  ],
  [
    'codeowners',
    'AIG-03',
    () => ({
      [CODEOWNERS]: '/.github/ @acme/a\n',
      '.claude/settings.json': '{}',
      ...edited('catalog-info.yaml', [
        '  annotations:\n',
        '  annotations:\n    github.com/project-slug: acme/service\n',
      ]),
    }),
  ],
  ['upgrade-actions', 'BLD-04', () => edited(SECURITY, [PINNED, OLD_PIN])],
  [
    'upgrade-actions',
    'SEC-01',
    () => edited(SECURITY, [PINNED, 'checkout@v4']),
  ],
  ['restrict-permissions', 'SEC-05', withoutPermissions],
  [
    'restrict-permissions',
    'SEC-05',
    () =>
      edited(
        SECURITY,
        ['permissions: {}', 'permissions:\n  contents: write # to tag'],
        ['    permissions:\n      contents: read\n', ''],
      ),
  ],
  [
    'no-persisted-credentials',
    'SEC-08',
    () =>
      edited(SECURITY, [
        '        with:\n          persist-credentials: false\n',
        '',
      ]),
  ],
  [
    'no-persisted-credentials',
    'SEC-08',
    () =>
      edited(SECURITY, [
        'persist-credentials: false',
        'persist-credentials: true # why not',
      ]),
  ],
  [
    'job-timeouts-and-concurrency',
    'DEL-06',
    () =>
      edited(
        SECURITY,
        ['    timeout-minutes: 10\n', ''],
        [/^concurrency:.*\n/m, ''],
      ),
  ],
  [
    'job-timeouts-and-concurrency',
    'DEL-06',
    () =>
      edited(SECURITY, ['timeout-minutes: 10', 'timeout-minutes: 600 # long']),
  ],
  [
    'frozen-install',
    'SEC-15',
    () => ({
      [EXTRA]: JOB.replace('npm ci', 'npm install --no-audit && npm test'),
    }),
  ],
  [
    'dependency-cache',
    'BLD-01',
    () => ({
      [EXTRA]: JOB.replace(/node@\S+ # v7/, `node@${'1'.repeat(40)} # v4`),
    }),
  ],
  ['update-bot', 'SEC-18', () => ({ [DEPENDABOT]: undefined })],
  [
    'update-bot',
    'SEC-18',
    () => edited(DEPENDABOT, [/ {2}- package-ecosystem: docker\n.*\n.*\n/, '']),
  ],
  [
    'cool-down',
    'SEC-16',
    () => edited('.npmrc', ['min-release-age=7', '# ours\nmin-release-age=1']),
  ],
  [
    'cool-down',
    'SEC-16',
    () =>
      edited(
        DEPENDABOT,
        [
          'docker\n    directory: /\n    cooldown: { default-days: 7 }',
          'docker\n    directory: /',
        ],
        ['cooldown: { default-days: 7 }', 'cooldown: { default-days: 1 }'],
      ),
  ],
  [
    'ignore-install-scripts',
    'SEC-17',
    () => edited('.npmrc', ['ignore-scripts=true', 'ignore-scripts=false']),
  ],
  [
    'ignore-install-scripts',
    'SEC-17',
    () => edited('.npmrc', ['ignore-scripts=true\n', '']),
  ],
  ['security-policy', 'SEC-25', () => ({ 'SECURITY.md': undefined })],
  [
    'codeowners',
    'OWN-02',
    () => ({ [CODEOWNERS]: '* @acme/team-a\n/.github/ # nobody' }),
  ],
  [
    'codeowners',
    'OWN-02',
    () => ({
      [CODEOWNERS]: undefined,
      ...edited('catalog-info.yaml', [
        '  annotations:\n',
        '  annotations:\n    github.com/project-slug: acme/service\n',
      ]),
    }),
  ],
];

describe('each fix makes its check pass and no other worse', () => {
  it.each(CASES)('%s for %s', (name, id, edit) => {
    const texts = repositoryOf(edit());
    const before = score(texts);
    const check = before.find(result => result.id === id)!;
    expect(check.verdict).toBe('fail');

    const fixed = apply(name, texts, check);
    const after = score(fixed.texts);
    expect([
      after.find(result => result.id === id)?.verdict,
      fixed.edits.map(({ after: text }) => text),
    ]).toEqual(['pass', expect.anything()]);
    const worse = after.filter(
      result =>
        result.verdict !== 'pass' &&
        before.find(b => b.id === result.id)?.verdict === 'pass',
    );
    expect(worse.map(result => result.id)).toEqual([]);

    // What was not at fault stays: every line but those that changed, comments among them
    for (const { before: was, after: is } of fixed.edits) {
      const kept = new Set(is.split('\n').map(line => line.trim()));
      const lost = (was ?? '')
        .split('\n')
        .filter(line => !kept.has(line.trim()) && line.trim() !== '');
      expect(lost.length).toBeLessThanOrEqual(2);
    }
    expect(apply(name, fixed.texts, check).edits).toEqual([]);
  });

  it('has a case, and a check that names it, for every fix', () => {
    const named = new Set(
      servicePath.spec.checks.flatMap(check => check.remediation?.fix ?? []),
    );
    expect([...named].sort()).toEqual([...FIXES.keys()].sort());
    const tested = new Set(CASES.map(([name]) => name));
    expect([...FIXES.keys()].filter(name => !tested.has(name))).toEqual([]);
  });
});
