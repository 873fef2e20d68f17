import type { ForgeData } from '../../model';
import { GOOD_DRIFT, GOOD_FORGE, GOOD_HEALTH } from './goodFacts';
import { edited, type Fault } from './plantedFaults';

const CI = '.github/workflows/ci.yml';
const SECURITY = '.github/workflows/security.yml';
const RELEASE = '.github/workflows/release.yml';
const REVIEW = '.github/workflows/review.yml';
const CHECKOUT = /actions\/checkout@[0-9a-f]{40} # v7\.0\.1/;
const OSV = 'google/osv-scanner-action/osv-scanner-action';

/** The good `forge` fact with some of its parts replaced. */
function forge(parts: Partial<ForgeData>) {
  return { forge: { ...GOOD_FORGE, ...parts } };
}

const { branchRules, runs, alerts, pullRequests, release } = GOOD_FORGE;
const NONE = () => ({});

/** Faults of releases, deployments and the supply chain: in files, and in what other sources say. */
export const PIPELINE_FAULTS: Fault[] = [
  [
    'the template is newer than the service',
    NONE,
    { 'DEL-04': 'fail' },
    {
      drift: {
        ...GOOD_DRIFT,
        layers: [
          { ...GOOD_DRIFT.layers[0], newestVersion: '1.1.0', upToDate: false },
        ],
      },
    },
  ],
  [
    'the newest template is not known',
    NONE,
    { 'DEL-04': 'unknown' },
    { drift: { ...GOOD_DRIFT, layers: [{ id: 'service' }] } },
  ],
  [
    'the branch takes commits without review',
    NONE,
    { 'DEL-05': 'fail' },
    forge({ branchRules: { ...branchRules, requiredApprovals: 0 } }),
  ],
  [
    'the branch may be rewritten',
    NONE,
    { 'DEL-05': 'fail' },
    forge({ branchRules: { ...branchRules, forcePushAllowed: true } }),
  ],
  [
    'a job of the contract is not required',
    NONE,
    { 'DEL-05': 'fail' },
    forge({
      branchRules: { ...branchRules, requiredChecks: ['ci / verify'] },
    }),
  ],
  [
    'the deployment takes a tag',
    () =>
      edited(RELEASE, [
        'service@${{ needs.image.outputs.digest }}',
        'service:${{ github.sha }}',
      ]),
    { 'DEL-07': 'fail' },
  ],
  [
    'each deployment builds its own image',
    () =>
      edited(
        RELEASE,
        [
          '      - run: az login',
          '      - run: docker build --tag x .\n      - run: az login',
        ],
        [
          '    environment: production\n',
          '    environment: production\n    strategy:\n      matrix:\n        region: [a, b]\n',
        ],
      ),
    { 'DEL-07': 'fail' },
  ],
  [
    'the deployment names no environment',
    () => edited(RELEASE, ['    environment: production\n', '']),
    { 'DEL-08': 'fail' },
  ],
  [
    'the environment is not protected',
    NONE,
    { 'DEL-08': 'fail' },
    forge({
      environments: [{ name: 'production', protected: false, reviewers: 0 }],
    }),
  ],
  [
    'no deployment is recorded',
    NONE,
    { 'DEL-09': 'fail' },
    forge({ deployments: { total: 0, concluded: 0 } }),
  ],
  [
    'deployments are recorded without how they ended',
    NONE,
    { 'DEL-09': 'fail' },
    forge({ deployments: { total: 20, concluded: 3 } }),
  ],
  [
    'pull requests wait long for an answer',
    NONE,
    { 'DEL-10': 'fail' },
    forge({
      runs: {
        ...runs,
        pullRequest: { count: 9, p50Seconds: 660, p95Seconds: 900 },
      },
    }),
  ],
  [
    'no pull request was built lately',
    NONE,
    { 'DEL-10': 'unknown' },
    {
      forge: {
        ...GOOD_FORGE,
        runs: { ...runs, pullRequest: { count: 0 } },
      },
    },
  ],
  [
    'the default branch is often red',
    NONE,
    { 'DEL-11': 'fail' },
    forge({ runs: { ...runs, defaultBranch: { count: 9, successRate: 0.8 } } }),
  ],
  [
    'runs are started again and again',
    NONE,
    { 'DEL-11': 'fail' },
    forge({ runs: { ...runs, rerunRate: 0.2 } }),
  ],
  [
    'nothing asks the deployed service whether it works',
    () =>
      edited(RELEASE, [
        'curl --fail --silent --show-error https://service.example.org/readyz',
        'echo deployed',
      ]),
    { 'TST-07': 'fail' },
  ],
  [
    'the smoke test cannot fail',
    () => edited(RELEASE, ['org/readyz', 'org/readyz || true']),
    { 'TST-07': 'fail' },
  ],
  [
    'a version comment is not the one of its commit',
    () => edited(SECURITY, ['# v7.0.1', '# v7.0.0']),
    { 'SEC-02': 'fail' },
  ],
  [
    'a commit and its version are not known',
    () =>
      edited(SECURITY, [
        CHECKOUT,
        `actions/checkout@${'b'.repeat(40)} # v7.3.0`,
      ]),
    { 'SEC-02': 'unknown' },
  ],
  [
    'an action is of a version with an advisory',
    () =>
      edited(SECURITY, [
        '      - run: gitleaks',
        `      - uses: step-security/harden-runner@${'c'.repeat(
          40,
        )} # v2.9.0\n      - run: gitleaks`,
      ]),
    { 'SEC-02': 'unknown', 'SEC-03': 'fail', 'BLD-04': 'unknown' },
  ],
  [
    'an action runs an image that can move',
    () =>
      edited(SECURITY, [
        '      - run: gitleaks',
        `      - uses: ${OSV}@8deb546fdb875b9996d27d4950be7312dac076a1 # v2.5.0\n      - run: gitleaks`,
      ]),
    { 'SEC-04': 'fail' },
  ],
  [
    'a cloud is entered with a stored key',
    () =>
      edited(RELEASE, [
        '--federated-token "$TOKEN"',
        '--password "${{ secrets.AZURE_CLIENT_SECRET }}"',
      ]),
    { 'SEC-10': 'fail' },
  ],
  [
    'a critical vulnerability is open',
    NONE,
    { 'SEC-12': 'fail' },
    forge({
      alerts: {
        ...alerts,
        dependencies: { ...alerts.dependencies, critical: 1 },
      },
    }),
  ],
  [
    'a high vulnerability is open for long',
    NONE,
    { 'SEC-12': 'fail' },
    forge({
      alerts: {
        ...alerts,
        dependencies: { ...alerts.dependencies, oldestHighDays: 45 },
      },
    }),
  ],
  [
    'alerts may not be read',
    NONE,
    { 'SEC-12': 'unknown' },
    { forge: { ...GOOD_FORGE, alerts: {} } },
  ],
  [
    'neither pipeline nor release has an SBOM',
    () => edited(RELEASE, [/ {6}- run: syft.*\n/, '']),
    { 'SEC-20': 'fail' },
  ],
  [
    'the SBOM is made on pull requests only',
    () =>
      edited(RELEASE, [
        '      - run: syft',
        "      - if: github.event_name == 'pull_request'\n        run: syft",
      ]),
    { 'SEC-20': 'fail' },
  ],
  [
    'nothing says where the release came from',
    () =>
      edited(RELEASE, [/ {6}- uses: actions\/attest@[^]*?(?= {2}deploy:)/, '']),
    { 'SEC-21': 'fail' },
  ],
  [
    'what is deployed is not verified',
    () => edited(RELEASE, ['gh attestation verify', 'echo']),
    { 'SEC-22': 'fail' },
  ],
  [
    'what is deployed is verified too late',
    () =>
      edited(
        RELEASE,
        ['gh attestation verify "oci://$IMAGE" --owner acme', 'true'],
        [
          'kubectl rollout status',
          'gh attestation verify "oci://$IMAGE" --owner acme\n          kubectl rollout status',
        ],
      ),
    { 'SEC-22': 'fail' },
  ],
  [
    'the release takes a cache that pull requests write',
    () =>
      edited(CI, [
        'docker build --tag service:ci .',
        'docker buildx build --cache-to type=gha,scope=release --tag service:ci .',
      ]),
    { 'SEC-23': 'fail', 'DEL-03': 'fail' },
  ],
  [
    'a file that steers agents has no owner',
    () => ({
      '.github/CODEOWNERS':
        '* @acme/team-a\n/.mcp.json\n/.github/ @acme/platform\n',
      '.mcp.json': '{}\n',
    }),
    { 'AIG-03': 'fail' },
  ],
  [
    'the template of pull requests does not ask for AI',
    () => ({ '.github/pull_request_template.md': '## What changes\n' }),
    { 'AIG-04': 'fail' },
  ],
  [
    'pull requests do not say whether an AI took part',
    NONE,
    { 'AIG-04': 'fail' },
    forge({ pullRequests: { ...pullRequests, disclosing: 10 } }),
  ],
  [
    'no pull request was merged lately',
    NONE,
    { 'AIG-04': 'not-applicable', 'AIG-05': 'not-applicable' },
    forge({
      pullRequests: {
        merged: 0,
        aiAssisted: 0,
        aiWithoutHumanReview: 0,
        disclosing: 0,
        selfMerged: 0,
      },
    }),
  ],
  [
    'a change by an agent was merged without a person',
    NONE,
    { 'AIG-05': 'fail' },
    forge({ pullRequests: { ...pullRequests, aiWithoutHumanReview: 1 } }),
  ],
  [
    'an agent in a pipeline may write',
    () => edited(REVIEW, ['contents: read', 'pull-requests: write']),
    { 'AIG-06': 'fail' },
  ],
  [
    'an agent with secrets is started by comments',
    () =>
      edited(
        REVIEW,
        ['on: pull_request', 'on: issue_comment'],
        [
          '        env:\n',
          '        env:\n          DEPLOY_KEY: ${{ secrets.DEPLOY_KEY }}\n',
        ],
      ),
    { 'AIG-06': 'fail' },
  ],
  [
    'an image is built from nothing every time',
    () => edited('Dockerfile', ['--mount=type=cache,target=/root/.npm ', '']),
    { 'BLD-02': 'fail', 'DEL-03': 'fail' },
  ],
  [
    'branches are built when pushed and again as pull requests',
    () => edited(SECURITY, ['  pull_request:\n', '  pull_request:\n  push:\n']),
    { 'BLD-03': 'fail' },
  ],
  [
    'changes cost more minutes than planned',
    NONE,
    { 'CST-04': 'fail' },
    forge({ runs: { ...runs, minutesPerMergedPullRequest: 90 } }),
  ],
  [
    'every fifth deployment fails',
    NONE,
    { 'REL-09': 'fail' },
    {
      health: {
        ...GOOD_HEALTH,
        changeFailRate: {
          ...GOOD_HEALTH.changeFailRate,
          value: 0.2,
          band: 'low',
        },
      },
    },
  ],
  [
    'there were too few deployments to judge',
    NONE,
    { 'REL-09': 'unknown' },
    {
      health: {
        ...GOOD_HEALTH,
        changeFailRate: { status: 'insufficient', value: 0.5, n: 2 },
      },
    },
  ],
  [
    'nobody asks the forge',
    NONE,
    Object.fromEntries(
      [
        'DEL-05',
        'DEL-08',
        'DEL-09',
        'DEL-10',
        'DEL-11',
        'SEC-12',
        'AIG-04',
        'AIG-05',
        'CST-04',
      ].map(id => [id, 'unknown']),
    ),
    { forge: undefined },
  ],
  [
    'the forge knows of an SBOM and an attestation the files do not show',
    () =>
      edited(
        RELEASE,
        [/ {6}- run: syft.*\n/, ''],
        [/ {6}- uses: actions\/attest@[^]*?(?= {2}deploy:)/, ''],
      ),
    {},
    forge({ release: { ...release, hasSbom: true, hasAttestation: true } }),
  ],
];
