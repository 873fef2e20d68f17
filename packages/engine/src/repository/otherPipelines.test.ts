import { describeTexts } from './__fixtures__/describeTexts';

function gitlab(text: string) {
  const { pipelines, runs, scans, installs } = describeTexts({
    '.gitlab-ci.yml': text,
  });
  return { pipelines, runs, scans, installs };
}

describe('GitLab pipelines', () => {
  it('run on every change unless rules say otherwise', () => {
    const { pipelines, runs } = gitlab(
      'default:\n  before_script: [npm ci]\n.base:\n  script: [echo base]\nvariables: { A: b }\ntest:\n  extends: .base\n  script:\n    - npm ci\n    - node --test\n',
    );
    expect(pipelines).toEqual([
      expect.objectContaining({
        system: 'gitlab-ci',
        builds: true,
        pullRequest: true,
        defaultBranch: true,
      }),
    ]);
    expect(runs?.map(r => [r.line, r.command, r.pullRequest, r.gate])).toEqual([
      [2, 'npm ci', true, true],
      [9, 'npm ci', true, true],
      [10, 'node --test', true, true],
    ]);
    expect(runs?.[0]).not.toHaveProperty('schedule');
  });

  it.each([
    [
      'rules: [{ if: \'$CI_PIPELINE_SOURCE == "merge_request_event"\' }]',
      true,
      false,
    ],
    ["rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }]", false, true],
    ['rules: [{ if: \'$X == "y"\' }]', undefined, undefined],
    [
      "rules: [{ if: '$X', variables: { A: b } }, { when: always }]",
      true,
      true,
    ],
    [
      "rules: [{ if: '$X', when: never }, { when: always }]",
      undefined,
      undefined,
    ],
    ['rules: [{ when: manual }]', undefined, undefined],
    ['only: [merge_requests]', true, false],
    ['allow_failure: true', true, true],
  ])('with %s', (rule, pullRequest, defaultBranch) => {
    const { runs } = gitlab(`a:\n  script: [node --test]\n  ${rule}\n`);
    expect(runs?.[0].pullRequest).toBe(pullRequest);
    expect(runs?.[0].defaultBranch).toBe(defaultBranch);
    expect(runs?.[0].gate).toBe(!rule.startsWith('allow_failure'));
  });

  it('know the templates that scan and leave other includes open', () => {
    const { scans } = gitlab(
      'include:\n  - template: Jobs/SAST.gitlab-ci.yml\n  - project: acme/ci\n    file: x.yml\n',
    );
    expect(scans?.map(s => [s.line, s.kind])).toEqual([
      [2, 'sast'],
      [3, undefined],
    ]);
  });

  it('are read with the files they include', () => {
    const { runs, pipelines } = describeTexts({
      '.gitlab-ci.yml':
        "include:\n  - local: /ci/*.yml\n  - '/more/test.yml'\n  - local: gone.yml\ndefault: { before_script: [npm ci] }\n",
      'ci/base.yml': '.node: { script: [npm test] }\n',
      'ci/unit.yml': 'unit:\n  extends: .node\n',
      'more/test.yml': 'include: [/ci/unit.yml]\nlint:\n  script: npx eslint\n',
    });
    expect(pipelines?.map(({ file }) => file)).toEqual(['.gitlab-ci.yml']);
    expect(runs?.map(r => [r.file, r.command])).toEqual([
      ['.gitlab-ci.yml', 'include gone.yml'],
      ['.gitlab-ci.yml', 'npm ci'],
      ['ci/base.yml', 'npm test'],
      ['.gitlab-ci.yml', 'npm ci'],
      ['more/test.yml', 'npx eslint'],
    ]);
  });

  it('take rules from where they are referred to', () => {
    const { runs } = gitlab(
      ".on: { rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }] }\n.both: { rules: [!reference [.on, rules], { if: '$CI_MERGE_REQUEST_IID' }] }\na:\n  script: [make a]\n  rules: !reference [.on, rules]\nb:\n  script: [make b]\n  rules: !reference [.both, rules]\nc:\n  script: [make c]\n  rules: !reference [c, rules]\n",
    );
    expect(runs?.map(r => [r.command, r.pullRequest, r.defaultBranch])).toEqual(
      [
        ['make a', false, true],
        ['make b', true, true],
        ['make c', undefined, undefined],
      ],
    );
  });

  it('hand on what they start in other projects', () => {
    const text = (name: string) =>
      `${name}:\n  trigger: { project: acme/infra }\n`;
    expect(gitlab(text('go')).runs).toEqual([
      expect.not.objectContaining({ does: expect.anything() }),
    ]);
    const deploys = (name: string) =>
      describeTexts({ '.gitlab-ci.yml': text(name) }).deploys;
    expect(deploys('go')).toEqual([]);
    expect(deploys('deploy-eu')).toEqual([
      { file: '.gitlab-ci.yml', line: 1, name: 'trigger deploy-eu' },
    ]);
  });

  it('stay open when they cannot be read', () => {
    const unread = [{ file: '.gitlab-ci.yml', line: 1, unreadable: true }];
    expect(gitlab('a: [')).toEqual({
      pipelines: unread,
      runs: unread,
      scans: unread,
      installs: unread,
    });
  });
});

describe('pipelines of other systems', () => {
  it.each([
    ['Jenkinsfile', 'jenkins'],
    ['.circleci/config.yml', 'circleci'],
    ['.harness/build.yaml', 'harness'],
  ])('%s is seen and left open', (file, system) => {
    const { pipelines, runs, scans } = describeTexts({ [file]: 'x' });
    expect(pipelines).toEqual([{ file, line: 1, system, name: file }]);
    expect(runs).toEqual([{ file, line: 1, command: file }]);
    expect(scans).toEqual([{ file, line: 1 }]);
  });
});
