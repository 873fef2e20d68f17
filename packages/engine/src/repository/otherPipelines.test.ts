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
      undefined,
    ],
    [
      "rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }]",
      undefined,
      true,
    ],
    ['rules: [{ if: \'$X == "y"\' }]', undefined, undefined],
    ['only: [merge_requests]', true, undefined],
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
