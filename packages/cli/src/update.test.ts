import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import {
  buildLayer,
  formatLock,
  parseLock,
  renderTemplate,
} from '@goldenpath/engine';
import { useTerminal } from './__fixtures__/terminal';
import { readTemplateFolder } from './template/renderFolder';

jest.setTimeout(120_000);

const terminal = useTerminal();
const VALUES = { name: 'pay' };

async function run(...args: string[]) {
  const code = await terminal.run(...args);
  return { code, stdout: terminal.output, stderr: terminal.problems };
}

function git(folder: string, ...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
    { cwd: terminal.at(folder), encoding: 'utf8' },
  ).trim();
}

function commitAll(folder: string, message: string) {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}

async function writeTemplate(version: string, files: Record<string, string>) {
  await fs.rm(terminal.at('templates/node/skeleton'), {
    recursive: true,
    force: true,
  });
  await terminal.write(
    'templates/node/golden-path.template.yaml',
    `schemaVersion: 1\nversion: ${version}\nclasses: { managed: [ci.yml], seeded: [README.md] }\n`,
  );
  await terminal.write(
    'templates/node/CHANGELOG.md',
    `# Changelog\n\n## ${version}\n\nWhat ${version} brings.\n`,
  );
  for (const [name, text] of Object.entries(files)) {
    await terminal.write(`templates/node/skeleton/${name}`, text);
  }
  commitAll('templates', `Version ${version}`);
}

const dockerfile = (from: string, user: string) =>
  `FROM ${from}\nWORKDIR /app\nCOPY . .\nRUN build\nEXPOSE 80\nUSER ${user}\n`;

const FIRST = {
  'ci.yml': 'steps: [build]\n',
  'README.md': '# ${{ values.name }}\n',
  Dockerfile: dockerfile('debian', 'root'),
  'old.sh': 'old\n',
};
const SECOND = {
  'ci.yml': 'steps: [build, scan]\n',
  'README.md': '# The ${{ values.name }} service\n',
  Dockerfile: dockerfile('debian', 'node'),
  'new.sh': 'new\n',
};

/** A service made from the first version, committed, in `repo`. */
async function makeService() {
  const template = await readTemplateFolder(terminal.at('templates/node'));
  const rendered = renderTemplate({ ...template, values: VALUES });
  for (const { path: name, content } of rendered) {
    await terminal.write(`repo/${name}`, Buffer.from(content).toString());
  }
  const layer = buildLayer({
    ...template,
    id: 'service',
    entityRef: template.ref,
    values: VALUES,
    rendered,
    applied: { at: '2026-11-01T00:00:00.000Z', via: 'test' },
  });
  await terminal.write(
    'repo/.golden-path.lock.yaml',
    formatLock({ schemaVersion: 1, layers: [layer] }),
  );
  git('repo', 'init', '--quiet', '--initial-branch=main');
  commitAll('repo', 'Created');
}

async function writeService(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await terminal.write(`repo/${name}`, text);
  }
  commitAll('repo', 'Ours');
}

const read = (name: string) => fs.readFile(terminal.at(`repo/${name}`), 'utf8');
const update = (...args: string[]) =>
  run(
    'update',
    terminal.at('repo'),
    '--template',
    terminal.at('templates/node'),
    ...args,
  );

beforeEach(async () => {
  await fs.mkdir(terminal.at('templates'), { recursive: true });
  git('templates', 'init', '--quiet', '--initial-branch=main');
  await writeTemplate('1.9.0', FIRST);
  await makeService();
  await writeTemplate('1.10.0', SECOND);
});

describe('golden-path update', () => {
  it('brings a service along and keeps every line of its own', async () => {
    await writeService({
      Dockerfile: dockerfile('alpine', 'root'),
      'src/business.ts': 'ours\n',
      'README.md': '# Pay, by us\n',
    });
    const { code, stdout } = await update();
    expect(code).toBe(0);
    expect(stdout).toContain('1.9.0 → 1.10.0');
    expect(await read('Dockerfile')).toBe(dockerfile('alpine', 'node'));
    expect(await read('ci.yml')).toBe(SECOND['ci.yml']);
    expect(await read('README.md')).toBe('# Pay, by us\n');
    expect(await read('src/business.ts')).toBe('ours\n');
    expect(await read('new.sh')).toBe('new\n');
    await expect(read('old.sh')).rejects.toThrow('ENOENT');
    const lock = parseLock({
      text: await read('.golden-path.lock.yaml'),
      file: 'lock',
    });
    expect(lock.layers[0].template.version).toBe('1.10.0');
    expect(lock.layers[0].history).toMatchObject([
      { from: '1.9.0', to: '1.10.0', via: 'golden-path update' },
    ]);

    commitAll('repo', 'Updated');
    const again = await update('--format', 'json');
    expect(JSON.parse(again.stdout).outcome).toBe('nothing-to-do');
    expect(git('repo', 'status', '--porcelain')).toBe('');
    const verified = await run('verify', terminal.at('repo'));
    expect(verified.code).toBe(0);
  });

  it('keeps the lines of a conflict, says so, and says so again until it is resolved', async () => {
    const ours = dockerfile('debian', 'somebody');
    await writeService({ Dockerfile: ours });
    const { code, stdout } = await update('--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).plan.conflicts).toEqual([
      { path: 'Dockerfile', kind: 'content' },
    ]);
    expect(await read('Dockerfile')).toBe(ours);
    expect(await read('new.sh')).toBe('new\n');
    commitAll('repo', 'Updated as far as it goes');

    const again = await update('--dry-run', '--format', 'json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout).plan.conflicts).toHaveLength(1);

    await terminal.write('decisions.yaml', 'Dockerfile: { file: take }\n');
    const decided = await update('--decisions', terminal.at('decisions.yaml'));
    expect(decided.code).toBe(0);
    expect(await read('Dockerfile')).toBe(SECOND.Dockerfile);
  });

  it('commits on a branch and leaves the work tree alone', async () => {
    const { code } = await update('--branch', 'update-1.10.0');
    expect(code).toBe(0);
    expect(git('repo', 'status', '--porcelain')).toBe('');
    expect(git('repo', 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
    const changed = git(
      'repo',
      'diff',
      '--name-status',
      '--no-renames',
      'main',
      'update-1.10.0',
    );
    expect(changed.split('\n')).toEqual([
      'M\t.golden-path.lock.yaml',
      'M\tDockerfile',
      'M\tci.yml',
      'A\tnew.sh',
      'D\told.sh',
    ]);
  });

  it('explains itself in the words of the changelog', async () => {
    const { stdout } = await update('--dry-run', '--format', 'markdown');
    expect(stdout).toContain('What 1.10.0 brings.');
    expect(git('repo', 'status', '--porcelain')).toBe('');
  });

  it('goes to a version of the past, and says when there is none', async () => {
    await writeTemplate('2.0.0', { ...SECOND, 'two.sh': 'two\n' });
    const there = await update('--to', '1.10.0');
    expect(there.code).toBe(0);
    await expect(read('two.sh')).rejects.toThrow('ENOENT');
    expect(await read('new.sh')).toBe('new\n');
    commitAll('repo', 'Updated');
    const nowhere = await update('--to', '1.11.0');
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('no version 1.11.0');
  });

  it('takes a template from an address', async () => {
    const { code } = await run(
      'update',
      terminal.at('repo'),
      '--template',
      `file://${terminal.at('templates')}//node`,
    );
    expect(code).toBe(0);
    expect(await read('new.sh')).toBe('new\n');
  });

  it('refuses what could not be taken back', async () => {
    await terminal.write('repo/Dockerfile', 'not committed\n');
    const dirty = await update();
    expect(dirty.code).toBe(2);
    expect(dirty.stderr).toContain('not committed');
    expect(await read('Dockerfile')).toBe('not committed\n');
    await fs.rm(terminal.at('repo/.git'), { recursive: true });
    const unversioned = await update();
    expect(unversioned.code).toBe(2);
    expect(unversioned.stderr).toContain('not under version control');
  });

  it('finds what was stamped in the past of the service when the template has lost it', async () => {
    await writeService({ Dockerfile: dockerfile('alpine', 'root') });
    // A new repository: no commit of the first version any more
    await fs.rm(terminal.at('templates/.git'), { recursive: true });
    git('templates', 'init', '--quiet');
    commitAll('templates', 'Fresh');
    const { code } = await update();
    expect(code).toBe(0);
    expect(await read('Dockerfile')).toBe(dockerfile('alpine', 'node'));
  });
});

describe('golden-path drift with a template', () => {
  it('tells a conflict from what fits together', async () => {
    await writeService({
      Dockerfile: dockerfile('debian', 'somebody'),
    });
    const { code, stdout } = await run(
      'drift',
      terminal.at('repo'),
      '--template',
      terminal.at('templates/node'),
      '--format',
      'json',
    );
    expect(code).toBe(1);
    const { layers, plans } = JSON.parse(stdout);
    expect(
      layers[0].files.find((f: { path: string }) => f.path === 'Dockerfile')
        .status,
    ).toBe('conflict');
    expect(layers[0].counts.conflict).toBe(1);
    expect(plans[0].migrated.total).toBeGreaterThan(0);
  });
});

describe('golden-path verify', () => {
  it('notices a lock that was changed by hand', async () => {
    const file = '.golden-path.lock.yaml';
    const lock = parseLock({ text: await read(file), file });
    lock.layers[0].rendered.files['README.md'].sha256 = `sha256:${'0'.repeat(
      64,
    )}`;
    await terminal.write(`repo/${file}`, formatLock(lock));
    const { code, stdout } = await run('verify', terminal.at('repo'));
    expect(code).toBe(1);
    expect(stdout).toContain('changed by hand');
  });
});
