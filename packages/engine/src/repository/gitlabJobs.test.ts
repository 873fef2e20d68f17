import { describeTexts } from './__fixtures__/describeTexts';

const DIGEST = `sha256:${'b'.repeat(64)}`;
const FILE = '.gitlab-ci.yml';
const MAIN = 'rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH }]';

/** A pipeline that does all that is asked of one; each part can be replaced. */
function pipeline(change: Partial<Record<string, string>> = {}): string {
  const parts = {
    head: 'stages: [build, check, deploy, after]',
    build: `build:
  stage: build
  ${MAIN}
  script:
    - docker buildx build --push --metadata-file=build.json --tag="$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" .
    - digest="$(jq -r .digest build.json)"
    - echo "IMAGE=$CI_REGISTRY_IMAGE@$digest" > image.env
  artifacts: { reports: { dotenv: image.env } }`,
    verify: `verify:
  stage: check
  ${MAIN}
  script: [cosign verify "$IMAGE"]`,
    budget: `budget:
  stage: check
  ${MAIN}
  script: [golden-path gate --entity component:default/pay]`,
    deploy: `go:
  stage: deploy
  ${MAIN}
  image: alpine/k8s@${DIGEST}
  environment: { name: production }
  script:
    - kubectl set image deployment/pay "pay=$IMAGE"`,
    smoke: `smoke:
  stage: after
  ${MAIN}
  script: [curl --fail https://pay.example.com/readyz]`,
  };
  return Object.values({ ...parts, ...change }).join('\n');
}

function deploysOf(text: string, others: Record<string, string> = {}) {
  return describeTexts({ [FILE]: text, ...others }).deploys;
}

function only(change: Partial<Record<string, string>>) {
  const deploys = deploysOf(pipeline(change));
  expect(deploys).toHaveLength(1);
  return deploys![0];
}

const deploying = (rest: string) => `go:\n  stage: deploy\n${rest}`;

describe('a deployment by GitLab', () => {
  it('is seen with what comes before and after it', () => {
    expect(deploysOf(pipeline())).toEqual([
      {
        file: FILE,
        line: 24,
        job: 'go',
        name: 'kubectl set image deployment/pay pay=$IMAGE',
        environment: 'production',
        hasEnvironment: true,
        production: true,
        byDigest: true,
        rebuilds: false,
        verified: true,
        budgetChecked: true,
        smoke: true,
      },
    ]);
  });

  it.each<[string, Partial<Record<string, string>>, object]>([
    [
      'has no check, test or budget',
      { verify: '', budget: '', smoke: '' },
      { verified: false, budgetChecked: false, smoke: false },
    ],
    [
      'does not wait for its check',
      {
        deploy: deploying(
          `  ${MAIN}\n  needs: [build]\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]`,
        ),
      },
      { verified: false, budgetChecked: false, smoke: true, byDigest: true },
    ],
    [
      'does not wait for whatever may fail',
      {
        verify: `verify:\n  stage: check\n  ${MAIN}\n  allow_failure: true\n  script: [cosign verify x]`,
      },
      { verified: false, budgetChecked: true },
    ],
    [
      'is checked in other pipelines only',
      {
        verify:
          'verify:\n  stage: check\n  rules: [{ if: $CI_COMMIT_TAG }]\n  script: [cosign verify x]',
      },
      { verified: false },
    ],
    [
      'is checked when a variable says so',
      {
        verify:
          'verify:\n  stage: check\n  rules: [{ if: $CHECKED }]\n  script: [cosign verify x]',
      },
      { verified: undefined, budgetChecked: true },
    ],
    [
      'is tested when somebody starts the test',
      {
        smoke: `smoke:\n  stage: after\n  when: manual\n  script: [curl -f https://x]`,
      },
      { smoke: false },
    ],
    [
      'is tested when somebody starts what holds up the rest',
      {
        smoke: `smoke:\n  stage: after\n  rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH, when: manual }]\n  script: [curl -f https://x]`,
      },
      { smoke: undefined },
    ],
    [
      'is tested before',
      {
        smoke: `smoke:\n  stage: check\n  ${MAIN}\n  script: [curl -f https://x]`,
      },
      { smoke: false },
    ],
    [
      'is tested where nobody waits for the answer',
      {
        smoke: '',
        deploy: deploying(
          `  ${MAIN}\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]\n  after_script: [curl -f https://x]`,
        ),
      },
      { smoke: false },
    ],
    [
      'goes on after a failed check',
      {
        deploy: deploying(
          '  rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH, when: always }]\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]',
        ),
      },
      { verified: undefined },
    ],
    [
      'names a tag',
      {
        build: `build:\n  stage: build\n  ${MAIN}\n  script:\n    - echo "IMAGE=$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" > image.env\n  artifacts: { reports: { dotenv: image.env } }`,
      },
      { byDigest: false },
    ],
    [
      'takes a variable nobody explains, beside a tool by digest',
      { build: '' },
      { byDigest: undefined },
    ],
    [
      'takes nothing from the job that built',
      {
        deploy: deploying(
          `  ${MAIN}\n  needs: [{ job: build, artifacts: false }]\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]`,
        ),
      },
      { byDigest: undefined },
    ],
    [
      'has an environment whose name is open',
      {
        deploy: deploying(
          `  ${MAIN}\n  environment: $REGION\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]`,
        ),
      },
      { production: undefined, environment: undefined, hasEnvironment: true },
    ],
    [
      'is for reviews',
      {
        deploy: deploying(
          `  ${MAIN}\n  environment: review/$CI_COMMIT_REF_SLUG\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]`,
        ),
      },
      { production: false },
    ],
  ])('%s', (_, change, expected) => {
    const {
      verified,
      budgetChecked,
      smoke,
      byDigest,
      production,
      environment,
      hasEnvironment,
    } = only(change);
    expect({
      verified,
      budgetChecked,
      smoke,
      byDigest,
      production,
      environment,
      hasEnvironment,
    }).toMatchObject(expected);
  });

  it('is open where a part of the job is not in the repository', () => {
    expect(
      only({
        verify: '',
        deploy: deploying(
          `  ${MAIN}\n  extends: .gone\n  script: [kubectl set image deployment/pay "pay=$IMAGE"]`,
        ),
      }).verified,
    ).toBeUndefined();
    expect(
      only({
        verify: '',
        deploy: deploying(
          `  ${MAIN}\n  script:\n    - !reference [.gone, script]\n    - kubectl set image deployment/pay "pay=$IMAGE"`,
        ),
      }).verified,
    ).toBeUndefined();
  });

  it('is made of what it extends, refers to and inherits', () => {
    const text = `
default: { before_script: [echo default] }
.base:
  ${MAIN}
  environment: { name: staging, url: https://x }
  variables: { A: a, IMAGE: pay@${DIGEST} }
.deploy:
  extends: .base
  script: [echo base]
.commands: { script: [cd deploy, ./hand-over.sh] }
go:
  extends: [.deploy]
  environment: { name: production }
  before_script: [!reference [.commands, missing], echo own]
  script:
    - !reference [.commands, script]
`;
    const { deploys, runs } = describeTexts({
      [FILE]: text.replace('!reference [.commands, missing], ', ''),
      'deploy/hand-over.sh':
        '#!/bin/sh\nkubectl set image deployment/pay "pay=$IMAGE"\n',
    });
    expect(runs?.map(({ command }) => command)).toEqual([
      'echo own',
      'cd deploy',
      './hand-over.sh',
      'kubectl set image deployment/pay pay=$IMAGE',
    ]);
    expect(deploys).toEqual([
      expect.objectContaining({
        line: 10,
        environment: 'production',
        byDigest: true,
      }),
    ]);
  });

  it('is no trial of a change, and nothing that only looks at an environment', () => {
    const job = (rest: string) =>
      deploysOf(`go:\n  script: [helm upgrade pay ./chart]\n  ${rest}\n`);
    expect(job('')).toHaveLength(1);
    expect(
      job('rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]'),
    ).toEqual([]);
    const asks = (environment: string) =>
      deploysOf(
        `deploy-report:\n  ${MAIN}\n  environment: { ${environment} }\n  script: [./report]\n`,
      );
    expect(asks('name: production')).toHaveLength(1);
    expect(asks('name: production, action: verify')).toEqual([]);
  });
});

describe('what GitLab publishes', () => {
  it('is seen with what is said of it', () => {
    const { publishes, attestations, imageBuilds } = describeTexts({
      [FILE]: `ship:\n  ${MAIN}\n  script:\n    - docker build --push --cache-from=type=registry,ref=x .\n    - syft scan x\n    - cosign attest x\nchange:\n  rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]\n  script: [syft scan .]\n`,
    });
    expect(publishes?.map(({ line, job }) => [line, job])).toEqual([
      [4, 'ship'],
      [6, 'ship'],
    ]);
    expect(attestations?.map(a => [a.line, a.kind, a.release])).toEqual([
      [5, 'sbom', true],
      [6, 'provenance', true],
      [9, 'sbom', false],
    ]);
    expect(imageBuilds?.map(b => [b.line, b.cached])).toEqual([[4, true]]);
  });

  it.each<[string, string, (boolean | undefined)[]]>([
    ['', '', []],
    ['cache: { key: a, paths: [x] }', '', [true]],
    ['cache: { key: a, paths: [x] }', 'cache: { key: a }', [undefined]],
    ['cache: { key: a }', 'cache: { key: a, unprotect: true }', [false]],
    [
      'cache: { key: a }',
      'cache: { key: a, unprotect: true, policy: pull }',
      [true],
    ],
    [
      'cache: { key: a, policy: push }',
      'cache: { key: a, unprotect: true }',
      [],
    ],
    ['cache: { key: a }', 'cache: { key: ab, unprotect: true }', [true]],
    ['cache: { key: a-$X }', 'cache: { key: a-b, unprotect: true }', [false]],
    ['cache: { key: $X }', 'cache: { key: b, unprotect: true }', [undefined]],
    [
      'cache: [{ key: { files: [l], prefix: p } }, { paths: [y] }]',
      'cache: { key: { files: [l], prefix: p }, unprotect: true }',
      [false, true],
    ],
    [
      'cache: { key: a, fallback_keys: [b] }',
      'cache: { key: b, unprotect: true }',
      [false],
    ],
  ])(
    'with %j, where changes have %j, trusts its caches: %j',
    (own, others, trusted) => {
      const { cacheUses } = describeTexts({
        [FILE]: `release:\n  ${MAIN}\n  script: [npm publish]\n  ${own}\ntest:\n  rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]\n  script: [npm test]\n  ${others}\n`,
      });
      expect(cacheUses?.map(use => use.trusted)).toEqual(trusted);
    },
  );
});
