import { gitlabCondition, type Value } from './gitlabExpression';
import { openTexts } from './__fixtures__/describeTexts';
import { readGitlabPipeline } from './gitlabJobs';

const VALUES: Record<string, Value> = {
  SOURCE: 'push',
  EMPTY: '',
  UNSET: null,
  SOME: { some: true },
  BRANCH: { branch: 'default' },
  OTHER: { branch: 'other' },
  DEFAULT: { branch: 'default' },
};

describe('an expression', () => {
  it.each<[string, boolean | undefined]>([
    ['$SOURCE == "push"', true],
    ["$SOURCE != 'push'", false],
    ['$SOURCE == null', false],
    ['$UNSET == null && $SOURCE', true],
    ['$EMPTY', false],
    ['!$UNSET', true],
    ['$OPEN', undefined],
    ['$OPEN && $UNSET', false],
    ['$OPEN || $SOURCE', true],
    ['$SOURCE == "api" && $OPEN', false],
    ['$UNSET && $OPEN || $SOURCE', true],
    ['$UNSET && ($OPEN || $SOURCE)', false],
    ['$BRANCH == $DEFAULT', true],
    ['$OTHER == $DEFAULT', false],
    ['$BRANCH == "main"', true],
    ['$OTHER == "main"', false],
    ['$BRANCH == "trunk"', undefined],
    ['$BRANCH =~ /^(main|master)$/', true],
    ['$BRANCH =~ /^release/', false],
    ['$BRANCH =~ /^main$/', undefined],
    ['$OTHER =~ /^feature/', undefined],
    ['$SOURCE !~ /PUSH/i', false],
    ['$UNSET =~ /x/', false],
    ['$SOME', true],
    ['$SOME == "v1"', undefined],
    ['$SOURCE =~ $OPEN', undefined],
    ['$SOURCE == ', undefined],
    ['$SOURCE == "push', undefined],
    ['($SOURCE', undefined],
    ['', undefined],
    ['$SOURCE =~ /(/', undefined],
  ])('%s: %s', (text, expected) => {
    expect(gitlabCondition(text, name => VALUES[name])).toBe(expected);
  });
});

function job(rules: string, workflow = '') {
  const read = readGitlabPipeline(
    openTexts({
      '.gitlab-ci.yml': `${workflow}\na:\n  script: [node --test]\n  ${rules}\n`,
    }),
  );
  if (typeof read === 'string') {
    throw new Error(read);
  }
  const { runs, planned } = read.jobs[0];
  return { runs, triggers: planned.triggers, twice: read.buildsTwice };
}

const MERGE_REQUESTS = '{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }';
const DEFAULT_BRANCH = '{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH }';
const workflow = (...rules: string[]) =>
  `workflow: { rules: [${rules.join(', ')}] }`;

describe('a job of GitLab', () => {
  it.each<[string, string, unknown]>([
    ['', '', { pullRequest: true, defaultBranch: true }],
    [
      `rules: [${MERGE_REQUESTS}]`,
      '',
      { pullRequest: true, defaultBranch: false, schedule: false },
    ],
    [
      `rules: [${DEFAULT_BRANCH}]`,
      '',
      { pullRequest: false, defaultBranch: true },
    ],
    [
      `rules: [${MERGE_REQUESTS}, ${DEFAULT_BRANCH}]`,
      '',
      { pullRequest: true, defaultBranch: true },
    ],
    [
      `rules: [{ if: $X, when: never }, ${MERGE_REQUESTS}]`,
      '',
      { defaultBranch: false, schedule: false },
    ],
    [
      `rules: [{ if: $CI_PIPELINE_SOURCE == "api" && $X, when: never }, ${MERGE_REQUESTS}]`,
      '',
      { pullRequest: true, defaultBranch: false, schedule: false },
    ],
    [
      `rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }, ${DEFAULT_BRANCH}]`,
      '',
      { pullRequest: false, defaultBranch: true, schedule: true },
    ],
    [
      `rules: [{ if: $CI_PIPELINE_SOURCE == "schedule", when: never }, { when: always }]`,
      '',
      { pullRequest: true, defaultBranch: true, schedule: false },
    ],
    [
      `rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }]`,
      workflow(MERGE_REQUESTS),
      { pullRequest: false, defaultBranch: false, schedule: false },
    ],
    [
      'rules: [{ if: $CI_COMMIT_TAG }]',
      '',
      { pullRequest: false, defaultBranch: false, schedule: false },
    ],
    ['rules: [{ changes: [src/**] }]', '', {}],
    [
      'rules: [{ if: $CI_COMMIT_BRANCH, changes: [src/**] }]',
      '',
      { pullRequest: true, defaultBranch: true },
    ],
    ['rules: [!reference [.gone, rules]]', '', {}],
    ['when: manual', '', {}],
    ['only: [main]', '', { pullRequest: false, defaultBranch: true }],
    [
      'only: [schedules]',
      '',
      { pullRequest: false, defaultBranch: false, schedule: true },
    ],
    ['only: [/^release/]', '', { defaultBranch: false, schedule: false }],
    [
      'except: [branches]',
      '',
      { pullRequest: false, defaultBranch: false, schedule: false },
    ],
    [
      'only: { refs: [merge_requests], variables: [$X] }',
      '',
      { defaultBranch: false, schedule: false },
    ],
  ])('with %j and %j runs on %j', (rules, flow, expected) => {
    const { triggers } = job(rules, flow);
    expect(triggers).toEqual(expected);
  });

  it.each<[string, string, boolean | undefined]>([
    ['', '', false],
    [`rules: [{ when: always }]`, '', true],
    [`rules: [${MERGE_REQUESTS}, { if: $CI_COMMIT_BRANCH }]`, '', true],
    [`rules: [${MERGE_REQUESTS}, ${DEFAULT_BRANCH}]`, '', false],
    [
      `rules: [{ when: always }]`,
      workflow(
        MERGE_REQUESTS,
        '{ if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS, when: never }',
        '{ if: $CI_COMMIT_BRANCH }',
      ),
      false,
    ],
    ['', workflow('{ when: always }'), true],
    [`rules: [${MERGE_REQUESTS}, { if: $X }]`, '', undefined],
  ])('with %j and %j is run twice for a commit: %s', (rules, flow, twice) => {
    expect(job(rules, flow).twice).toBe(twice);
  });

  it('knows nothing of twice where a part is not in the repository', () => {
    const include = 'include: [{ project: acme/ci, file: x.yml }]';
    expect(job('', include).twice).toBeUndefined();
    expect(
      job('', `${include}\n${workflow(MERGE_REQUESTS, DEFAULT_BRANCH)}`).twice,
    ).toBe(false);
  });
});
