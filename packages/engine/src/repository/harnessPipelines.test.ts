import { describeTexts } from './__fixtures__/describeTexts';

const FILE = '.harness/pipeline.yaml';

const SERVICE =
  'environment: { environmentRef: production }, service: { serviceRef: pay, serviceInputs: { serviceDefinition: { spec: { artifacts: { primary: { sources: [{ spec: { digest: <+pipeline.stages.image.output.DIGEST>, tag: <+codebase.commitSha> } }] } } } } } }';

const step = (type: string, spec: string, rest = '') =>
  `{ step: { name: s, identifier: s, type: ${type}, spec: { ${spec} } ${rest} } }`;
const stage = (id: string, type: string, steps: string[], rest = '') =>
  `    - stage: { name: ${id}, identifier: ${id}, type: ${type}${rest}, spec: { ${
    type === 'Deployment' ? SERVICE : 'cloneCodebase: true'
  }, execution: { steps: [${steps.join(', ')}] } } }`;

const VERIFY = step('SlsaVerification', 'a: b');
const GATE = step('Run', 'shell: Sh, command: golden-path gate --entity x');
const DEPLOY = step('K8sRollingDeploy', 'skipDryRun: false');
const SMOKE = step('Http', 'url: u, assertion: <+httpResponseCode> == 200');

const of = (...stages: string[]) =>
  `pipeline:\n  name: p\n  stages:\n${stages.join('\n')}\n`;
const deploysOf = (...stages: string[]) =>
  describeTexts({ [FILE]: of(...stages) }).deploys;
const checks = stage('checks', 'CI', [VERIFY, GATE]);
const live = stage('live', 'Deployment', [DEPLOY, SMOKE]);

describe('a deployment by Harness', () => {
  it('is seen with what comes before and after it', () => {
    expect(deploysOf(checks, live)).toEqual([
      {
        file: FILE,
        line: 5,
        job: 'live',
        name: 'harness/k8srollingdeploy',
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

  it.each<[string, string[], object]>([
    [
      'alone',
      [stage('live', 'Deployment', [DEPLOY])],
      { verified: false, budgetChecked: false, smoke: false },
    ],
    ['that is checked later', [live, checks], { verified: false }],
    [
      'beside its checks',
      [
        `    - parallel:\n${[checks, live]
          .map(one => `    ${one}`)
          .join('\n')}`,
      ],
      { verified: false, budgetChecked: false },
    ],
    [
      'after checks that a condition can leave out',
      [
        stage(
          'checks',
          'CI',
          [VERIFY, GATE],
          ', when: { pipelineStatus: Success, condition: <+x> == 1 }',
        ),
        live,
      ],
      { verified: undefined, budgetChecked: undefined, smoke: true },
    ],
    [
      'after checks that always run',
      [
        stage(
          'checks',
          'CI',
          [VERIFY, GATE],
          ', when: { pipelineStatus: Success }',
        ),
        live,
      ],
      { verified: true },
    ],
    [
      'after checks whose failure is ignored',
      [
        stage(
          'checks',
          'CI',
          [VERIFY, GATE],
          ', failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: Ignore } } }]',
        ),
        live,
      ],
      { verified: false, budgetChecked: false },
    ],
    [
      'after checks whose failure somebody decides on',
      [
        stage('live', 'Deployment', [
          step(
            'SlsaVerification',
            'a: b',
            ', failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: ManualIntervention } } }]',
          ),
          DEPLOY,
          SMOKE,
        ]),
      ],
      { verified: undefined, budgetChecked: false },
    ],
    [
      'with a test that takes any answer',
      [stage('live', 'Deployment', [DEPLOY, step('Http', 'url: u')])],
      { smoke: false },
    ],
    [
      'with a test before it',
      [stage('live', 'Deployment', [SMOKE, DEPLOY])],
      { smoke: false },
    ],
    [
      'with a plugin nobody can read',
      [stage('live', 'Deployment', [step('Plugin', 'image: x'), DEPLOY])],
      { verified: undefined, smoke: undefined },
    ],
    [
      'in a group',
      [
        stage('live', 'Deployment', [
          `{ stepGroup: { identifier: g, steps: [{ parallel: [${VERIFY}, ${GATE}] }, ${DEPLOY}] } }`,
          SMOKE,
        ]),
      ],
      { verified: true, budgetChecked: true, smoke: true },
    ],
    [
      'by tag',
      [live.replace('digest: <+pipeline.stages.image.output.DIGEST>, ', '')],
      { byDigest: false },
    ],
    [
      'of a service described elsewhere',
      [live.replace(/serviceInputs: \{.*?\} \} \} \} \} \}/, 'a: b }')],
      { byDigest: undefined },
    ],
    [
      'to an environment chosen when it starts',
      [live.replace('environmentRef: production', 'environmentRef: <+input>')],
      { production: undefined },
    ],
    [
      'by a template',
      [
        `    - stage: { name: live, identifier: live, type: Deployment, template: { templateRef: x } }`,
      ],
      { verified: undefined, smoke: undefined, byDigest: undefined },
    ],
  ])('%s', (_, stages, expected) => {
    const [deploy, ...others] = deploysOf(...stages)!;
    expect([deploy.job, ...others]).toEqual(['live']);
    const { verified, budgetChecked, smoke, byDigest, production } = deploy;
    expect({
      verified,
      budgetChecked,
      smoke,
      byDigest,
      production,
    }).toMatchObject(expected);
  });

  it.each([
    [
      'K8sRollingRollback',
      'failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: StageRollback } } }]',
      true,
    ],
    [
      'HelmRollback',
      'failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: Retry, spec: { retryCount: 1, onRetryFailure: { action: { type: StageRollback } } } } } }]',
      true,
    ],
    [
      'K8sRollingRollback',
      'failureStrategies: [{ onFailure: { errors: [Timeout], action: { type: StageRollback } } }]',
      false,
    ],
    [
      'K8sRollingRollback',
      'failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: MarkAsFailure } } }]',
      false,
    ],
    [
      'K8sCanaryDelete',
      'failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: StageRollback } } }]',
      false,
    ],
  ])('with %s and %s is taken back: %s', (type, strategies, expected) => {
    const text = of(live)
      .replace(
        'execution: {',
        `execution: { rollbackSteps: [${step(type, '')}],`,
      )
      .replace('type: Deployment,', `type: Deployment, ${strategies},`);
    const { runs } = describeTexts({ [FILE]: text });
    expect(runs?.some(({ does }) => does?.includes('revert'))).toBe(expected);
  });
});

describe('a pipeline of Harness', () => {
  it('tells what it runs, scans, installs and publishes', () => {
    const facts = describeTexts({
      [FILE]: of(
        stage('build', 'CI', [
          step('Run', 'shell: Sh, command: npm install'),
          step('BuildAndPushDockerRegistry', 'repo: r, tags: [a]'),
          step('SscaOrchestration', 'mode: generation'),
          step('provenance', 'a: b'),
          step('Action', 'uses: gitleaks/gitleaks-action@v2'),
          step('Grype', 'advanced: { fail_on_severity: critical }'),
          step('Semgrep', 'advanced: { fail_on_severity: none }'),
          step(
            'OsvScanner',
            'mode: orchestration',
            ', enforce: { policySets: [x] }',
          ),
        ]),
      ),
      Dockerfile: 'FROM x\nRUN --mount=type=cache,target=/c npm ci\n',
    });
    const { pipelines, scans, installs, publishes, attestations, imageBuilds } =
      facts;
    expect(pipelines).toEqual([
      { file: FILE, line: 1, system: 'harness', name: 'p', builds: true },
    ]);
    expect(scans?.map(s => [s.kind, s.gate])).toEqual([
      ['sbom', true],
      ['provenance', true],
      ['secrets', true],
      ['sca', true],
      ['sast', false],
      ['sca', undefined],
    ]);
    expect(installs?.[0]).toMatchObject({ file: FILE, frozen: false });
    expect(publishes?.map(p => p.name)).toEqual([
      'harness/buildandpushdockerregistry',
      'harness/provenance',
    ]);
    expect(attestations?.map(a => [a.kind, a.release])).toEqual([
      ['sbom', true],
      ['provenance', true],
    ]);
    expect(imageBuilds?.map(b => b.cached)).toEqual([true]);
  });

  it.each([
    ['service: { name: pay }\n', 0],
    ['trigger: { name: push }\n', 0],
    ['template: { name: t }\n', 1],
    ['pipeline: { template: { templateRef: x } }\n', 1],
    ['version: 1\nkind: pipeline\n', 1],
    ['a: [\n', 1],
  ])('%j leaves open %d', (text, count) => {
    const { pipelines, deploys } = describeTexts({ [FILE]: text });
    expect(pipelines).toHaveLength(count);
    expect(pipelines?.every(p => p.builds === undefined)).toBe(true);
    expect(deploys).toHaveLength(count);
  });
});
