import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { parse } from 'yaml';
import { pathText, useTerminal } from './__fixtures__/terminal';

const terminal = useTerminal();

const CHECKS = [
  `id: GUIDE, title: Agents are told, level: bronze, weight: 1, pass: "'AGENTS.md' in repository.files"`,
  `id: README, title: A README, level: bronze, weight: 1, pass: repository.docs.readme`,
];

async function writeTemplate(skeleton: Record<string, string>) {
  await terminal.write(
    'template/golden-path.template.yaml',
    [
      'schemaVersion: 1',
      'version: 1.2.0',
      'variants:',
      '  - { folder: ./variants/github, when: { forge: [github] } }',
      'defaults: { forge: github }',
      'classes: { managed: ["*.md"] }',
      '',
    ].join('\n'),
  );
  await terminal.write(
    'template/variants/github/.github/CODEOWNERS',
    '* @${{ values.owner }}\n',
  );
  for (const [name, text] of Object.entries(skeleton)) {
    await terminal.write(`template/skeleton/${name}`, text);
  }
}

async function writeRepository(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await terminal.write(`repo/${name}`, text);
  }
  const git = (...args: string[]) =>
    execFileSync('git', [
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      '-C',
      terminal.at('repo'),
      ...args,
    ]).toString();
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'theirs');
  return git;
}

async function adopt(...args: string[]) {
  const file = await terminal.write('path.yaml', pathText({ checks: CHECKS }));
  return terminal.run(
    'adopt',
    terminal.at('repo'),
    '--template',
    terminal.at('template'),
    '--path',
    file,
    ...args,
  );
}

const SKELETON = {
  'AGENTS.md': '# ${{ values.name }} of tier ${{ values.tier }}\n',
  'README.md': 'Theirs\n',
};
const VALUES = ['--value', 'name=pay', '--value', 'tier=2'];

describe('adopt', () => {
  it('adds what is missing, changes nothing, and says what that does to the score', async () => {
    await writeTemplate(SKELETON);
    const git = await writeRepository({ 'README.rst': 'Ours\n' });
    const code = await adopt(...VALUES, '--value', 'owner=pay');
    expect(terminal.problems).toBe('');
    expect(code).toBe(0);
    expect(git('status', '--porcelain', '-uall').trim().split('\n')).toEqual([
      '?? .github/CODEOWNERS',
      '?? .golden-path.lock.yaml',
      '?? AGENTS.md',
    ]);
    expect(await terminal.read('repo/AGENTS.md')).toBe('# pay of tier 2\n');
    expect(terminal.output).toContain('  + AGENTS.md\n');
    expect(terminal.output).toContain(
      '  = README.md: The repository has the README there (README.rst)\n',
    );
    expect(terminal.output).toContain(
      'The small path 1.0.0: no level, 50 before; bronze, 100 after',
    );
    const lock = parse(await terminal.read('repo/.golden-path.lock.yaml'));
    expect(lock.layers).toMatchObject([
      {
        id: 'adopted',
        template: { version: '1.2.0' },
        render: { values: { name: 'pay', tier: 2, owner: 'pay' } },
        rendered: { absent: ['README.md'] },
      },
    ]);
    expect(lock.layers[0].template.source.url).not.toContain(terminal.folder);

    expect(await adopt(...VALUES, '--value', 'owner=pay')).toBe(0);
    expect(terminal.output).toContain('has nothing that is missing here');
    expect(parse(await terminal.read('repo/.golden-path.lock.yaml'))).toEqual(
      lock,
    );
  });

  it('only says what it would do with --dry-run', async () => {
    await writeTemplate(SKELETON);
    const git = await writeRepository({ 'main.go': '' });
    const values = await terminal.write(
      'values.yaml',
      'name: pay\nowner: someone\ntier: 9\n',
    );
    expect(
      await adopt('--values', values, '--dry-run', '--format', 'json'),
    ).toBe(0);
    expect(JSON.parse(terminal.output)).toMatchObject({
      written: false,
      added: [
        '.github/CODEOWNERS',
        'AGENTS.md',
        'README.md',
        '.golden-path.lock.yaml',
      ],
      kept: [],
      scores: [
        {
          path: { name: 'small' },
          before: { level: null, score: { raw: 0 } },
          after: { level: 'bronze', score: { raw: 100 } },
          fell: false,
        },
      ],
    });
    expect(git('status', '--porcelain')).toBe('');
  });

  it('writes nothing where a score would fall', async () => {
    await writeTemplate({ 'AGENTS.md': 'Hi', 'bad.txt': '' });
    const git = await writeRepository({ 'main.go': '' });
    const file = await terminal.write(
      'strict.yaml',
      pathText({
        checks: [
          `id: GOOD, title: Good, level: bronze, weight: 1, pass: "!('bad.txt' in repository.files)"`,
        ],
      }),
    );
    expect(await adopt('--value', 'owner=o', '--path', file)).toBe(1);
    expect(terminal.output).toContain(
      'Nothing was written: A score would fall.',
    );
    expect(git('status', '--porcelain')).toBe('');
  });

  it('adds its layer beside that of the template the repository came from', async () => {
    await writeTemplate({ 'AGENTS.md': 'Hi' });
    await writeRepository({ 'main.go': '' });
    await adopt('--value', 'owner=o');
    const text = await terminal.read('repo/.golden-path.lock.yaml');
    await terminal.write(
      'repo/.golden-path.lock.yaml',
      text.replace('id: adopted', 'id: service'),
    );
    await fs.rm(terminal.at('repo/AGENTS.md'));
    expect(await adopt('--value', 'owner=o')).toBe(0);
    const { layers } = parse(
      await terminal.read('repo/.golden-path.lock.yaml'),
    );
    expect(layers.map(({ id }: { id: string }) => id)).toEqual([
      'service',
      'adopted',
    ]);
  });

  it('refuses a file that git ignores, before anything is written', async () => {
    await writeTemplate(SKELETON);
    const git = await writeRepository({ '.gitignore': 'AGENTS.md\n' });
    await terminal.write('repo/AGENTS.md', 'Mine');
    expect(await adopt(...VALUES, '--value', 'owner=o')).toBe(2);
    expect(terminal.problems).toContain('AGENTS.md is there already');
    expect(await terminal.read('repo/AGENTS.md')).toBe('Mine');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('does not write behind a link', async () => {
    await writeTemplate({ 'docs/a.md': '' });
    await writeRepository({ '.gitignore': 'docs\n' });
    await fs.mkdir(terminal.at('elsewhere'));
    await fs.symlink(terminal.at('elsewhere'), terminal.at('repo/docs'));
    expect(await adopt('--value', 'owner=o')).toBe(2);
    expect(terminal.problems).toContain('behind a link');
    expect(await fs.readdir(terminal.at('elsewhere'))).toEqual([]);
  });

  it.each([
    [[], 'not given: name, owner, tier'],
    [['--value', 'name'], '--value name: write it as name=value'],
    [['--values', 'nowhere.yaml'], 'nowhere.yaml cannot be read'],
  ])('refuses %j', async (args, message) => {
    await writeTemplate(SKELETON);
    await writeRepository({ 'main.go': '' });
    expect(await adopt(...args)).toBe(2);
    expect(terminal.problems).toContain(message);
  });

  it('refuses a folder that is no template', async () => {
    await writeRepository({ 'main.go': '' });
    expect(await adopt()).toBe(2);
    expect(terminal.problems).toContain('--template: ');
    await terminal.write('template/a', '');
    expect(await adopt()).toBe(2);
    expect(terminal.problems).toContain('has no golden-path.template.yaml');
  });
});
