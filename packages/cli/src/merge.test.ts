import fs from 'node:fs/promises';
import { useTerminal } from './__fixtures__/terminal';

jest.setTimeout(120_000);

const terminal = useTerminal();

async function run(...args: string[]) {
  const code = await terminal.run(...args);
  return { code, stdout: terminal.output, stderr: terminal.problems };
}

describe('golden-path merge', () => {
  async function trees(
    base: Record<string, string>,
    ours: Record<string, string>,
    theirs: Record<string, string>,
  ) {
    for (const [side, files] of Object.entries({ base, ours, theirs })) {
      await fs.mkdir(terminal.at(side), { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        await terminal.write(`${side}/${name}`, text);
      }
    }
  }
  const merge = (...args: string[]) =>
    run(
      'merge',
      ...['--base', terminal.at('base'), '--ours', terminal.at('ours')],
      ...['--theirs', terminal.at('theirs'), '--out', terminal.at('out')],
      ...['--format', 'json', ...args],
    );
  const out = (name: string) => fs.readFile(terminal.at(`out/${name}`), 'utf8');

  it('merges three folders by the classes of their files', async () => {
    await trees(
      { 'a.txt': '1\n2\n3\n4\n5\n', 'm.yml': 'x\n', 's.md': 'seed\n' },
      {
        'a.txt': 'ours\n2\n3\n4\n5\n',
        'm.yml': 'edited\n',
        's.md': 'mine\n',
        'own.txt': 'own\n',
      },
      { 'a.txt': '1\n2\n3\n4\ntheirs\n', 'm.yml': 'y\n', 's.md': 'new\n' },
    );
    const classes = await terminal.write(
      'classes.yaml',
      '"*.yml": managed\n"*.md": seeded\n',
    );
    const { code, stdout } = await merge('--classes', classes);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ clean: true, conflicts: [] });
    expect(await out('a.txt')).toBe('ours\n2\n3\n4\ntheirs\n');
    expect(await out('m.yml')).toBe('y\n');
    expect(await out('s.md')).toBe('mine\n');
    expect(await out('own.txt')).toBe('own\n');
    expect(await fs.readdir(terminal.at('out'))).toHaveLength(4);
  });

  it('exits with 1 for a conflict, and with 2 when it refuses', async () => {
    await trees({ 'a.txt': '1\n' }, { 'a.txt': '2\n' }, { 'a.txt': '3\n' });
    const conflict = await merge();
    expect(conflict.code).toBe(1);
    expect(JSON.parse(conflict.stdout)).toMatchObject({
      clean: false,
      conflicts: [{ path: 'a.txt', kind: 'content' }],
      files: [{ path: 'a.txt', status: 'conflict' }],
    });
    expect(await out('a.txt')).toBe('2\n');
    const full = await merge();
    expect(full.code).toBe(2);
    expect(full.stderr).toContain('not empty');
    const classes = await terminal.write('classes.yaml', '"*": theirs\n');
    const wrong = await merge('--classes', classes);
    expect(wrong.code).toBe(2);
  });
});
