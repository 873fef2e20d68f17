import { describeTexts } from './__fixtures__/describeTexts';
import { goodTexts } from './__fixtures__/goodRepository';
import { repositoryDataSchema } from './repositoryData';

const HOSTILE: Record<string, string> = {
  empty: '',
  null: 'null',
  number: '42',
  list: '[]',
  brackets: '['.repeat(50_000),
  braces: '{"a":'.repeat(20_000),
  quotes: "'".repeat(50_001),
  expressions: '${{'.repeat(50_000),
  stars: `${'*a'.repeat(5_000)}b @x`,
  blank: '\n'.repeat(40_000),
  prototype:
    '{"__proto__":{"polluted":1},"scripts":{"__proto__":"x","constructor":"y"},"flags":{"__proto__":{"variants":{"__proto__":1}}},"dependencies":{"__proto__":"1"},"on":"push","jobs":{"__proto__":{"steps":[{"run":"make __proto__"}]},"toString":{"needs":"constructor","steps":[{"uses":"__proto__@v1"}]}}}',
  itself:
    '{"scripts":{"test":"npm test && npm test","a":"npm run a; npm run a"}}',
  circle:
    'on: [workflow_call, pull_request]\njobs:\n  a: { needs: b, uses: ./.github/workflows/ci.yml }\n  b: { needs: a, uses: ./.github/workflows/ci.yml }\n',
};

const PATHS = [
  ...Object.keys(goodTexts()),
  '.golden-path.lock.yaml',
  '.github/actions/x/action.yml',
  '.github/workflows/actions.lock',
  '.gitlab-ci.yml',
  '.yarnrc.yml',
  'Makefile',
  'deploy/rollout.yaml',
  'go.mod',
  'pnpm-workspace.yaml',
  'pyproject.toml',
  'renovate.json',
  'requirements.txt',
  'vitest.config.ts',
];

describe('describeRepository', () => {
  it.each(Object.keys(HOSTILE))(
    'gives a valid fact when every file is %s',
    name => {
      const data = describeTexts(
        Object.fromEntries(PATHS.map(path => [path, HOSTILE[name]])),
      );
      expect(
        repositoryDataSchema.strict().safeParse(data).error,
      ).toBeUndefined();
      expect(data.files).toHaveLength(PATHS.length);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    },
  );

  it('gives definite answers for a repository without any file', () => {
    const { files, problems, ...data } = describeTexts({});
    expect(files).toEqual([]);
    expect(problems).toEqual([]);
    expect(data).toMatchObject({
      workflows: [],
      runs: [],
      scans: [],
      tests: [],
      codeowners: { present: false },
      agents: { present: false, size: 0 },
      docs: { mkdocs: false, rollback: [] },
      community: { securityPolicy: false },
      serviceFile: { present: false, valid: false },
      lock: { present: false, valid: false, managed: [] },
    });
  });

  it('puts an element that tells nothing into each list of a broken file', () => {
    const file = '.github/workflows/x.yml';
    const data = describeTexts({ [file]: 'a: [' });
    const unread = [{ file, line: 1, unreadable: true }];
    expect(data).toMatchObject({
      workflows: unread,
      actions: unread,
      jobs: unread,
      runs: unread,
      scans: unread,
      installs: unread,
      permissions: unread,
      pipelines: unread,
    });
    expect(data.problems).toEqual([
      { file, line: 1, message: expect.stringMatching(/sequence/) },
    ]);
  });

  it('is the same for the same files in any order', () => {
    const texts = goodTexts();
    const reversed = Object.fromEntries(Object.entries(texts).reverse());
    expect(describeTexts(reversed)).toEqual(describeTexts(texts));
  });
});
