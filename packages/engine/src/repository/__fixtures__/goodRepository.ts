import { digestOf } from '../../render/digest';
import type { RepositoryFile } from '../repositoryFile';
import { releaseTexts } from './releaseTexts';
import { GOOD_DELIVERY } from './goodDelivery';

const CHECKOUT =
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const SETUP =
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const CI = `name: ci
on:
  pull_request:
  push:
    branches: [main]
permissions: {}
concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  verify:
    name: ci / verify
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${SETUP}
        with:
          cache: npm
      - run: npm ci
      - env:
          TITLE: \${{ github.event.pull_request.title }}
        run: |
          echo "$TITLE"
          npm run verify
  image:
    name: ci / image
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: docker build --tag service:ci .
`;

const SECURITY = `name: security
on:
  pull_request:
  schedule:
    - cron: '23 4 * * 1'
permissions: {}
concurrency: security-\${{ github.ref }}
jobs:
  scan:
    name: security / scan
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: docker run --rm -v "$PWD:/src" ghcr.io/google/osv-scanner@${DIGEST} scan source /src
      - run: gitleaks git --redact .
      - run: semgrep scan --error
        env:
          SEMGREP_APP_TOKEN: \${{ secrets.SEMGREP_APP_TOKEN }}
`;

const LABEL = `name: label
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      pull-requests: write
    steps:
      - run: gh pr edit "$NUMBER" --add-label triage
        env:
          NUMBER: \${{ github.event.number }}
`;

const DOCKERFILE = `ARG NODE=24
FROM node:\${NODE}@${DIGEST} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
FROM gcr.io/distroless/nodejs24-debian13:nonroot@${DIGEST}
COPY --from=build /app /app
USER 65532:65532
CMD ["main.js"]
`;

const FLAGS = {
  flags: {
    'new-greeting': {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'off',
      metadata: { owner: 'team-a', type: 'release', expires: '2027-05-31' },
    },
    'greetings-enabled': {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'on',
      metadata: { owner: 'team-a', type: 'ops' },
    },
  },
};

const PACKAGE = {
  name: 'service',
  packageManager: 'npm@11.6.0',
  scripts: {
    test: 'node --test',
    'test:coverage':
      'node --test --experimental-test-coverage --test-coverage-lines=80',
    verify: 'npm run test:coverage',
  },
  dependencies: {
    '@openfeature/server-sdk': '1.23.0',
    '@opentelemetry/sdk-node': '0.220.0',
    'p-retry': '7.1.0',
  },
};

const CATALOG = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: service
  annotations:
    backstage.io/techdocs-ref: dir:.
    backstage.io/source-template: template:default/node-service
spec:
  type: service
  lifecycle: production
  owner: group:default/team-a
`;

/** Path and text of every file of a repository that is on the path, but for the lock. */
export function goodTexts(): Record<string, string> {
  return {
    ...GOOD_DELIVERY,
    ...releaseTexts(),
    '.github/CODEOWNERS': '* @acme/team-a\n/.github/ @acme/platform\n',
    '.github/dependabot.yml': `version: 2
updates:
  - package-ecosystem: npm
    directory: /
    cooldown: { default-days: 7 }
  - package-ecosystem: github-actions
    directory: /
    cooldown: { default-days: 7 }
  - package-ecosystem: docker
    directory: /
    cooldown: { default-days: 7 }
`,
    '.github/workflows/ci.yml': CI,
    '.github/workflows/label.yml': LABEL,
    '.github/workflows/security.yml': SECURITY,
    '.npmrc': 'ignore-scripts=true\nmin-release-age=7\n',
    'AGENTS.md': '# Agents\n\n```sh\nnpm run verify\n```\n',
    Dockerfile: DOCKERFILE,
    'README.md': '# Service\n',
    'SECURITY.md': 'Write to security@example.org\n',
    'catalog-info.yaml': CATALOG,
    'docs/index.md': '# Service\n',
    'docs/rollback.md': '# Rollback\n\n```sh\ngit revert HEAD\n```\n',
    'docs/runbook.md': '# Runbook\n',
    'flags/flags.json': JSON.stringify(FLAGS, null, 2),
    'golden-path.yaml': 'schemaVersion: 1\nlanguage: typescript\ntier: 1\n',
    'mkdocs.yml':
      'site_name: Service\nnav:\n  - index.md\n  - Runbook: runbook.md\n',
    'package-lock.json': '{}\n',
    'package.json': JSON.stringify(PACKAGE, null, 2),
    'src/flags.ts':
      "import { OpenFeature } from '@openfeature/server-sdk';\nawait OpenFeature.setProviderAndWait(provider);\n",
    'test/flags.test.ts':
      "test.each(['new-greeting', 'greetings-enabled'])('%s', async key => {\n  await check(key, 'on');\n  await check(key, 'off');\n});\n",
  };
}

function digest(text: string): string {
  return digestOf(new TextEncoder().encode(text));
}

/** A lock in which the template manages the workflows and the Dockerfile. */
export function lockFor(texts: Record<string, string>): string {
  const managed = ['.github/workflows/ci.yml', 'Dockerfile'];
  const files = Object.fromEntries(
    managed.map(path => [
      path,
      { sha256: digest(texts[path]), mode: '100644', class: 'managed' },
    ]),
  );
  return JSON.stringify({
    schemaVersion: 1,
    layers: [
      {
        id: 'service',
        template: {
          entityRef: 'template:default/node-service',
          source: {
            type: 'git',
            url: 'https://git.example.org/templates',
            commit: 'abcdef1',
          },
          version: '1.0.0',
          inputDigest: DIGEST,
        },
        render: { engine: 'nunjitsu@0.6.1', options: {}, values: {} },
        rendered: { digest: DIGEST, files },
        applied: { at: '2026-11-01T00:00:00Z', via: 'scaffolder' },
      },
    ],
  });
}

/** Files in memory, as a collector hands them over. */
export function asFiles(texts: Record<string, string>): RepositoryFile[] {
  return Object.entries(texts).map(([path, text]) => {
    const content = new TextEncoder().encode(text);
    return {
      path,
      mode: '100644',
      size: content.byteLength,
      sha256: digestOf(content),
      content,
    };
  });
}

/** A repository on the path, with the edits given; `undefined` takes a file away. The lock stays as it was. */
export function goodRepository(
  edits: Record<string, string | undefined> = {},
): RepositoryFile[] {
  const texts = goodTexts();
  const lock = { '.golden-path.lock.yaml': lockFor(texts) };
  const edited = Object.entries({ ...texts, ...lock, ...edits });
  return asFiles(
    Object.fromEntries(
      edited.filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  );
}
