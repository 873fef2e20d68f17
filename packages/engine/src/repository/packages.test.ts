import { describeTexts } from './__fixtures__/describeTexts';
import { durationDays } from './packageSettings';

const NODE = '{"dependencies":{"a":"1"}}';

function manifestsOf(texts: Record<string, string>) {
  return (describeTexts(texts).manifests ?? []).map(m => [
    m.file,
    m.needsLockfile,
    m.locked,
  ]);
}

describe('manifests', () => {
  it.each([
    [{ 'package.json': NODE }, [['package.json', true, false]]],
    [{ 'package.json': NODE, 'yarn.lock': '' }, [['package.json', true, true]]],
    [{ 'package.json': '{}' }, [['package.json', false, false]]],
    [
      { 'go.mod': 'module x\nrequire a.org/b v1.0.0\n', 'go.sum': '' },
      [['go.mod', true, true]],
    ],
    [{ 'go.mod': 'module x\n\ngo 1.26\n' }, [['go.mod', false, false]]],
    [
      { 'pyproject.toml': '[project]\ndependencies = ["fastapi>=1"]\n' },
      [['pyproject.toml', true, false]],
    ],
    [
      { 'requirements.txt': 'a==1 --hash=sha256:1\n' },
      [['requirements.txt', true, true]],
    ],
    [{ 'requirements.txt': 'a==1\n' }, [['requirements.txt', true, false]]],
    [{ 'pom.xml': '<project/>' }, [['pom.xml', false, undefined]]],
    [{ 'test/fixtures/package.json': NODE }, []],
  ])('%j', (texts, expected) => {
    expect(manifestsOf(texts as Record<string, string>)).toEqual(expected);
  });

  it('of a workspace are locked by its root', () => {
    const { manifests, ecosystems } = describeTexts({
      'package.json':
        '{"workspaces":["packages/*"],"devDependencies":{"a":"1"}}',
      'package-lock.json': '{}',
      'packages/x/package.json': NODE,
      'other/package.json': NODE,
    });
    expect(manifests?.map(m => [m.file, m.member, m.locked])).toEqual([
      ['other/package.json', false, false],
      ['package.json', false, true],
      ['packages/x/package.json', true, true],
    ]);
    expect(ecosystems?.map(e => e.directory)).toEqual(['other', '']);
  });

  it('name dependencies with their lines, or leave them open', () => {
    const { dependencies } = describeTexts({
      'go.mod': 'module x\nrequire (\n\ta.org/b/v2 v2.1.0\n)\n',
      'package.json': '{\n "devDependencies": {\n  "b": "2"\n }\n}',
      'build.gradle': '',
    });
    expect(dependencies).toEqual([
      { file: 'build.gradle', line: 1, unreadable: true },
      {
        file: 'go.mod',
        line: 3,
        name: 'a.org/b/v2',
        version: 'v2.1.0',
        scope: 'runtime',
      },
      {
        file: 'package.json',
        line: 3,
        name: 'b',
        version: '2',
        scope: 'development',
      },
    ]);
  });
});

describe('install scripts', () => {
  it.each([
    [{}, false],
    [{ '.npmrc': 'ignore-scripts=true' }, true],
    [{ '.npmrc': '; ignore-scripts=true' }, false],
    [{ '.npmrc': 'ignore-scripts=true\nignore-scripts=false' }, false],
    [{ 'package.json': '{"dependencies":{"a":"1"},"allowScripts":{}}' }, true],
    [{ 'yarn.lock': '', '.yarnrc.yml': 'enableScripts: false' }, true],
    [
      {
        'yarn.lock': '',
        '.yarnrc.yml': 'x: 1',
        '.npmrc': 'ignore-scripts=true',
      },
      false,
    ],
    [
      {
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml': 'onlyBuiltDependencies: []',
      },
      true,
    ],
    [
      {
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml':
          'dangerouslyAllowAllBuilds: true\nonlyBuiltDependencies: []',
      },
      false,
    ],
    [{ 'package.json': '{"packageManager":"pnpm@10.1.0"}' }, true],
    [{ 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '{' }, undefined],
  ])('%j are under control: %s', (texts, expected) => {
    const { manifests } = describeTexts({
      'package.json': NODE,
      ...texts,
    } as Record<string, string>);
    expect(manifests?.[0].installScriptsControlled).toBe(expected);
  });
});

describe('cool-downs', () => {
  it.each([
    [{ '.npmrc': 'min-release-age=7' }, [7]],
    [{}, [0]],
    [
      {
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml': 'minimumReleaseAge: 4320',
      },
      [3],
    ],
    [{ 'yarn.lock': '', '.yarnrc.yml': 'npmMinimalAgeGate: 3d' }, [3]],
    [{ '.npmrc': 'min-release-age=soon' }, [undefined]],
    [{ 'renovate.json': '{"minimumReleaseAge":"5 days"}' }, [0, 5]],
    [{ 'renovate.json': '{"extends":["config:best-practices"]}' }, [0, 3]],
    [
      {
        '.github/dependabot.yml':
          'updates: [{ package-ecosystem: npm, directory: / }]',
      },
      [0, 0],
    ],
    [
      {
        '.github/dependabot.yml':
          'updates: [{ package-ecosystem: npm, directory: /, cooldown: { default-days: 5, semver-patch-days: 1 } }]',
      },
      [0, 1],
    ],
  ])('%j', (texts, expected) => {
    const { cooldowns } = describeTexts({
      'package.json': NODE,
      ...texts,
    } as Record<string, string>);
    expect(cooldowns?.map(c => c.days)).toEqual(expected);
  });

  it('of uv are durations or dates', () => {
    const days = (newer: string) =>
      describeTexts({
        'pyproject.toml': `[project]\ndependencies = ["a"]\n[tool.uv]\nexclude-newer = "${newer}"\n`,
        'uv.lock': '',
      }).cooldowns?.[0].days;
    expect(days('7 days')).toBe(7);
    expect(days('2026-11-11T12:00:00Z')).toBe(10);
  });

  it.each([
    ['P7D', 7],
    ['1 week', 7],
    ['48h', 2],
    ['1440', 1],
    ['never', undefined],
  ])('%s', (text, expected) => {
    expect(durationDays(text)).toBe(expected);
  });
});

describe('update bots', () => {
  const repository = {
    'package.json': NODE,
    'web/package.json': NODE,
    Dockerfile: 'FROM scratch\n',
    '.github/workflows/ci.yml': 'on: push\njobs: {}\n',
  };
  const covered = (file: string, text: string) =>
    describeTexts({ ...repository, [file]: text }).ecosystems?.map(e => [
      e.ecosystem,
      e.directory,
      e.covered,
    ]);

  it('cover the directories Dependabot is told', () => {
    expect(
      covered(
        '.github/dependabot.yml',
        'updates:\n  - { package-ecosystem: npm, directory: / }\n  - { package-ecosystem: docker, directories: ["**"] }\n',
      ),
    ).toEqual([
      ['npm', '', true],
      ['npm', 'web', false],
      ['github-actions', '', false],
      ['docker', '', true],
    ]);
  });

  it('do not count when they open no pull request', () => {
    const text =
      'updates: [{ package-ecosystem: npm, directory: /, open-pull-requests-limit: 0 }]';
    expect(covered('.github/dependabot.yml', text)?.[0][2]).toBe(false);
    expect(covered('renovate.json', '{"enabled":false}')?.[0][2]).toBe(false);
  });

  it('cover everything with Renovate, or what it is told', () => {
    expect(covered('renovate.json', '{}')?.map(e => e[2])).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      covered('renovate.json', '{"enabledManagers":["npm"]}')?.map(e => e[2]),
    ).toEqual([true, true, false, false]);
  });

  it('cover with Renovate what its paths and managers leave', () => {
    const told = (config: string) =>
      covered('renovate.json5', config)?.map(e => e[2]);
    expect(told("{ includePaths: ['web/**', '.github/**'] }")).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(told('{ npm: { enabled: false } }')).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('stay open when their configuration cannot be read', () => {
    for (const file of ['.github/dependabot.yml', 'renovate.json5']) {
      expect(covered(file, '{ // x')?.map(e => e[2])).toEqual(
        Array(4).fill(undefined),
      );
    }
    expect(covered('other.yml', '')?.map(e => e[2])).toEqual(
      Array(4).fill(false),
    );
  });
});
