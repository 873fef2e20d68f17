import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  buildLayer,
  digestOf,
  formatLock,
  renderTemplate,
} from '@goldenpath/engine';
import { useTerminal } from './__fixtures__/terminal';
import { readTemplateFolder } from './template/renderFolder';
import { writeChanges } from './update/writeChanges';

jest.setTimeout(180_000);

const terminal = useTerminal();
const LOCK = 'repo/.golden-path.lock.yaml';

function git(folder: string, ...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
    { cwd: terminal.at(folder), encoding: 'utf8' },
  ).trim();
}

function commitAll(folder: string) {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
}

async function writeTemplate(version: string, files: Record<string, string>) {
  await fs.rm(terminal.at('templates'), { recursive: true, force: true });
  await terminal.write(
    'templates/golden-path.template.yaml',
    `schemaVersion: 1\nversion: ${version}\n`,
  );
  for (const [name, text] of Object.entries(files)) {
    await terminal.write(`templates/skeleton/${name}`, text);
  }
}

/** A service made from a template with one file, committed; the template has moved on by `added`. */
async function makeService(added: Record<string, string> = {}) {
  await writeTemplate('1.0.0', { 'a.txt': 'one\n' });
  const template = await readTemplateFolder(terminal.at('templates'));
  const rendered = renderTemplate({ ...template, values: {} });
  for (const { path: name, content } of rendered) {
    await terminal.write(`repo/${name}`, Buffer.from(content).toString());
  }
  const layer = buildLayer({
    ...template,
    id: 'service',
    entityRef: template.ref,
    values: {},
    rendered,
    applied: { at: '2026-11-01T00:00:00.000Z', via: 'test' },
  });
  await terminal.write(LOCK, formatLock({ schemaVersion: 1, layers: [layer] }));
  git('repo', 'init', '--quiet', '--initial-branch=main');
  commitAll('repo');
  await writeTemplate('1.1.0', { 'a.txt': 'two\n', ...added });
}

async function run(command: 'update' | 'drift', ...args: string[]) {
  const code = await terminal.run(
    ...[command, terminal.at('repo')],
    ...['--template', terminal.at('templates'), ...args],
  );
  return { code, stdout: terminal.output, stderr: terminal.problems };
}

/** Every file below a folder with its text, or its target; `.git` left out. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) {
      contents[entry.name] = `-> ${await fs.readlink(full)}`;
    } else if (entry.isDirectory()) {
      if (entry.name !== '.git') {
        for (const [name, text] of Object.entries(await contentsOf(full))) {
          contents[`${entry.name}/${name}`] = text;
        }
      }
    } else {
      contents[entry.name] = await fs.readFile(full, 'utf8');
    }
  }
  return contents;
}

/** What the update says when it is refused, with nothing written anywhere. */
async function refusal(...args: string[]): Promise<string> {
  const before = await contentsOf(terminal.folder);
  const { code, stderr } = await run('update', ...args);
  expect(stderr.length).toBeLessThan(5000);
  expect(code).toBe(2);
  expect(await contentsOf(terminal.folder)).toEqual(before);
  return stderr;
}

describe('links', () => {
  it.each(['../elsewhere', '..', '.', '/', '../nowhere'])(
    'keeps a folder that is a link to %s as it is, a conflict where the template has a folder',
    async target => {
      await makeService({ 'docs/x.md': 'theirs\n' });
      await fs.mkdir(terminal.at('elsewhere'));
      await fs.symlink(target, terminal.at('repo/docs'));
      commitAll('repo');
      const { code, stdout } = await run('update');
      expect(code).toBe(1);
      expect(stdout).toContain('conflict: file/folder');
      const contents = await contentsOf(terminal.folder);
      expect(contents).toMatchObject({
        'repo/a.txt': 'two\n',
        'repo/docs': `-> ${target}`,
      });
      expect(Object.keys(contents).join()).not.toMatch(
        /(^|,)(elsewhere|docs|nowhere|x\.md)/,
      );
    },
  );

  it.each(['../elsewhere', '..', '.', '../nowhere'])(
    'refuses to write behind a link to %s that git does not know of',
    async target => {
      await makeService({ 'docs/x.md': 'theirs\n' });
      await fs.mkdir(terminal.at('elsewhere'));
      await fs.symlink(target, terminal.at('repo/docs'));
      await terminal.write('repo/.git/info/exclude', 'docs\n');
      expect(await refusal()).toMatch(
        '"docs/x.md" lies behind a link; nothing was written',
      );
    },
  );

  it('reads nothing behind a folder that became a link', async () => {
    await makeService();
    await terminal.write('repo/docs/x.md', 'ours\n');
    commitAll('repo');
    await terminal.write('elsewhere/x.md', 'secret\n');
    await fs.rm(terminal.at('repo/docs'), { recursive: true });
    await fs.symlink('../elsewhere', terminal.at('repo/docs'));
    await writeTemplate('1.1.0', { 'docs/x.md': 'theirs\n' });
    const { stdout } = await run('update', '--dry-run', '--format', 'json');
    expect(stdout).toContain('docs/x.md');
    expect(stdout).not.toContain('secret');
  });

  it('refuses a template whose link leads out of the service', async () => {
    await makeService();
    await fs.symlink('../../etc/passwd', terminal.at('templates/skeleton/l'));
    expect(await refusal()).toMatch(/^l: The symbolic link points outside/);
  });

  it.each(['../x', 'a/../../x', '/etc/x', '.git/config', '.GIT/hooks/x', ''])(
    'writes no change of the path %j',
    async name => {
      await makeService();
      const before = await contentsOf(terminal.folder);
      const content = Buffer.from('x');
      const change = (file: string) =>
        ({ path: file, mode: '100644', content } as const);
      await expect(
        writeChanges(terminal.at('repo'), [change('new'), change(name)], {
          known: [],
        }),
      ).rejects.toThrow(JSON.stringify(name));
      expect(await contentsOf(terminal.folder)).toEqual(before);
    },
  );
});

describe('files that git does not list', () => {
  it('are not replaced', async () => {
    await makeService({ '.env': 'theirs\n' });
    await terminal.write('repo/.env', 'SECRET=ours\n');
    await terminal.write('repo/.git/info/exclude', '.env\n');
    expect(await refusal()).toMatch(
      /"\.env" is there already, though git does not list it/,
    );
  });

  it('are not taken for a folder, nor a folder of them for a file', async () => {
    await makeService({ 'out/x': 'theirs\n', built: 'theirs\n' });
    await terminal.write('repo/.git/info/exclude', 'out\nbuilt\n');
    await terminal.write('repo/out', 'ours\n');
    expect(await refusal()).toMatch('"out" is no folder');
    await fs.rm(terminal.at('repo/out'));
    await terminal.write('repo/built/x', 'ours\n');
    expect(await refusal()).toMatch(
      '"built" cannot be written: there is a folder',
    );
  });
});

describe('amounts', () => {
  it('refuses a file of 200 MB by its name, and tells its drift', async () => {
    await makeService();
    const large = await fs.open(terminal.at('repo/large.bin'), 'w');
    await large.truncate(200_000_000);
    await large.close();
    const { code, stderr } = await run('update', '--dry-run');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        'large.bin has 200000000 bytes, more than is read of one file',
      ),
    });
    expect((await terminal.run('drift', terminal.at('repo'))).valueOf()).toBe(
      2,
    );
    expect(terminal.output).toContain('0 of 1 files drifted');
  });

  it('refuses a service of 20,001 files', async () => {
    await makeService();
    for (let folder = 0; folder < 21; folder++) {
      await fs.mkdir(terminal.at(`repo/d${folder}`));
      await Promise.all(
        Array.from({ length: 953 }, (_, index) =>
          fs.writeFile(terminal.at(`repo/d${folder}/${index}`), ''),
        ),
      );
    }
    for (const command of ['update', 'drift'] as const) {
      const args = command === 'update' ? ['--dry-run'] : [];
      const { code, stderr } = await run(command, ...args);
      expect(stderr).toContain('repo has more than 20000 files');
      expect(code).toBe(2);
    }
    const to = terminal.at('templates');
    const sides = ['--base', to, '--ours', terminal.at('repo'), '--theirs', to];
    const out = terminal.at('out');
    expect(await terminal.run('merge', ...sides, '--out', out)).toBe(2);
    expect(terminal.problems).toContain('--ours: ');
    await expect(fs.stat(out)).rejects.toThrow('ENOENT');
  });

  it.each([
    [
      'of 50 MB',
      () => `schemaVersion: 1\n# ${'x'.repeat(50_000_000)}\n`,
      /bytes|larger/,
    ],
    [
      'with 10,001 layers',
      () => `schemaVersion: 1\nlayers:\n${'  - {}\n'.repeat(10_001)}`,
      /layers/,
    ],
    [
      'with __proto__ for keys',
      () =>
        '__proto__: { layers: [] }\nschemaVersion: 1\nlayers: [{ __proto__: { id: a } }]\n',
      /__proto__|layers/,
    ],
    [
      'that is a bomb of aliases',
      () =>
        `a0: &a0 [x]\n${Array.from(
          { length: 30 },
          (_, index) =>
            `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`,
        ).join('')}`,
      /alias/i,
    ],
    [
      'nested 100,000 deep',
      () => `schemaVersion: 1\nlayers: ${'['.repeat(100_000)}`,
      /deep|nest/i,
    ],
  ])('refuses a lock %s', async (_title, text, message) => {
    await makeService();
    await terminal.write(LOCK, text());
    for (const command of ['update', 'drift'] as const) {
      const args = command === 'update' ? ['--dry-run'] : [];
      const { code, stderr } = await run(command, ...args);
      expect(stderr).toContain('.golden-path.lock.yaml');
      expect(stderr).toMatch(message);
      expect(stderr.length).toBeLessThan(20_000);
      expect(code).toBe(2);
    }
    expect(({} as { layers?: unknown }).layers).toBeUndefined();
  });

  it.each([
    [
      'a million globs',
      () =>
        `ownership:\n${Array.from(
          { length: 1_000_000 },
          (_, index) => `  'f${index}/**': seeded\n`,
        ).join('')}`,
    ],
    [
      '501 globs',
      () =>
        `ownership:\n${Array.from(
          { length: 501 },
          (_, index) => `  'f${index}/**': seeded\n`,
        ).join('')}`,
    ],
    [
      'a glob that takes for ever',
      () => `ownership: { '+(a|aa)+(a|aa)*(*(a))b': seeded }\n`,
    ],
  ])('refuses a golden-path.yaml with %s', async (_title, text) => {
    await makeService();
    await terminal.write('repo/golden-path.yaml', text());
    for (const command of ['update', 'drift'] as const) {
      const args = command === 'update' ? ['--dry-run'] : [];
      const { code, stderr } = await run(command, ...args);
      expect(stderr).toContain('golden-path.yaml');
      expect(stderr.length).toBeLessThan(5000);
      expect(code).toBe(2);
    }
  });

  it('matches a glob of many stars', async () => {
    await makeService({ [`${'a'.repeat(200)}`]: 'theirs\n' });
    await terminal.write(
      'repo/golden-path.yaml',
      `ownership: { '${'*a'.repeat(90)}b': excluded }\n`,
    );
    commitAll('repo');
    expect((await run('update')).code).toBe(0);
  });

  it('names a file of a template that is too large', async () => {
    await makeService();
    const large = terminal.at('templates/skeleton/large.bin');
    await fs.writeFile(large, '');
    await fs.truncate(large, 60_000_000);
    expect(await refusal()).toMatch(
      /--template: .*large\.bin has 60000000 bytes/,
    );
  });
});

describe('contents', () => {
  async function merge(
    base: string,
    ours: string,
    theirs: string,
  ): Promise<{ code: number; out: string; text: string }> {
    const sides = { base, ours, theirs };
    const args: string[] = [];
    for (const [side, text] of Object.entries(sides)) {
      await terminal.write(`${side}/f`, text);
      args.push(`--${side}`, terminal.at(side));
    }
    const out = terminal.at('out');
    const code = await terminal.run('merge', ...args, '--out', out);
    return {
      code,
      out: await fs.readFile(terminal.at('out/f'), 'utf8'),
      text: terminal.output + terminal.problems,
    };
  }

  it('merges two million lines', async () => {
    const lines = 'x\n'.repeat(2_000_000);
    const { code, out } = await merge(
      lines,
      `ours\n${lines}`,
      `${lines}theirs\n`,
    );
    expect(code).toBe(0);
    expect(out === `ours\n${lines}theirs\n`).toBe(true);
  });

  it('keeps a line of 50 MB, in conflict where both changed it', async () => {
    const line = 'x'.repeat(50_000_000);
    const { code, out, text } = await merge(line, `${line}o`, `${line}t`);
    expect(code).toBe(1);
    expect(out === `${line}o`).toBe(true);
    expect(text.length).toBeLessThan(10_000);
  });

  it('shows little of a minified file that both sides changed', async () => {
    await makeService();
    const line = 'var a=1;'.repeat(200_000);
    await terminal.write('repo/min.js', `${line}ours`);
    await terminal.write('templates/skeleton/min.js', `${line}theirs`);
    commitAll('repo');
    const { code, stdout } = await run('update', '--format', 'json');
    expect(code).toBe(1);
    expect(stdout.length).toBeLessThan(50_000);
    expect(
      (await fs.readFile(terminal.at('repo/min.js'), 'utf8')).endsWith('ours'),
    ).toBe(true);
  });
});

describe('names', () => {
  const NAMES = [
    'line\nend',
    '"quoted" \'twice\' $(id) `id`',
    '\u202egnp.exe',
    '\u001b[2Jcleared',
    '-rf',
    '%n',
  ];

  it.each(NAMES)('brings %j along and prints it harmlessly', async name => {
    await makeService();
    await terminal.write(`repo/${name}`, 'ours\n');
    commitAll('repo');
    expect((await run('update')).code).toBe(0);
    const base = await terminal.write(`base/${name}`, 'a\n');
    await terminal.write(`ours/${name}`, 'b\n');
    await terminal.write(`theirs/${name}`, 'c\n');
    const sides = ['base', 'ours', 'theirs'].flatMap(side => [
      `--${side}`,
      terminal.at(side),
    ]);
    expect(
      await terminal.run('merge', ...sides, '--out', terminal.at('out')),
    ).toBe(1);
    // eslint-disable-next-line no-control-regex
    expect(terminal.output).not.toMatch(/[\u001b\u202e]|^end/m);
    expect(await fs.readFile(terminal.at(`out/${name}`), 'utf8')).toBe('b\n');
    expect(digestOf(await fs.readFile(base))).toMatch(/^sha256/);
  });

  it('names what a file system cannot take', async () => {
    await makeService();
    const name = 'n'.repeat(300);
    await expect(
      writeChanges(
        terminal.at('repo'),
        [
          { path: 'new', mode: '100644', content: Buffer.from('x') },
          { path: `d/${name}`, mode: '100644', content: Buffer.from('x') },
        ],
        { known: [] },
      ),
    ).rejects.toThrow(`"d/${name}" has a name of more than 255 bytes`);
    await expect(fs.stat(terminal.at('repo/new'))).rejects.toThrow('ENOENT');
  });

  it.each(['../x', '/etc/passwd', 'not-there'])(
    'refuses a decision about %s',
    async name => {
      await makeService();
      const file = await terminal.write(
        'decisions.yaml',
        `'${name}': { file: take }\n`,
      );
      expect(await refusal('--decisions', file)).toMatch(
        `--decisions: "${name}" is no file of the update`,
      );
    },
  );

  it('refuses decisions that are too large, and takes none from a prototype', async () => {
    await makeService();
    const file = await terminal.write(
      'decisions.yaml',
      `# ${'x'.repeat(2_000_000)}\n`,
    );
    expect(await refusal('--decisions', file)).toMatch('decisions.yaml');
    await terminal.write('decisions.yaml', '__proto__: { file: take }\n');
    const { code } = await run('update', '--decisions', file);
    expect(code).toBe(0);
    expect(({} as { file?: unknown }).file).toBeUndefined();
  });
});
