import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { timed } from '../measure';
import { Edit, edited, judgeEdits } from './serviceEdits';
import { NAME, TemplateFiles } from './templateVersions';

const execute = promisify(execFile);

/** Versions that were looked at; the last two because cruft's declared ranges admit releases that break it. */
const PACKAGES = ['copier==9.17.2', 'cruft==2.16.0', 'click<8.2', 'typer<0.16'];

/** What an update by a peer came to. */
export interface PeerResult {
  ms: number;
  lost: number;
  misplaced: number;
}

/** A Python environment with both peers. */
export async function installPeers(folder: string): Promise<string> {
  const bin = path.join(folder, 'bin');
  if (!existsSync(path.join(bin, 'copier'))) {
    await execute('python3', ['-m', 'venv', folder]);
    await execute(path.join(bin, 'pip'), ['install', '--quiet', ...PACKAGES], {
      maxBuffer: 64 * 1024 * 1024,
    });
  }
  return bin;
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  await execute(
    'git',
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args],
    { cwd, maxBuffer: 64 * 1024 * 1024 },
  );
}

async function commitAll(cwd: string, message: string): Promise<void> {
  await git(cwd, 'add', '--all');
  await git(cwd, 'commit', '--quiet', '--message', message);
}

async function writeFiles(
  folder: string,
  files: Map<string, string>,
): Promise<void> {
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text);
  }
}

interface Peer {
  /** The template's repository, from files with {@link NAME} in them. */
  files(template: TemplateFiles): Map<string, string>;
  create(options: { template: string; parent: string }): Promise<string>;
  update(service: string): Promise<void>;
}

function copier(bin: string): Peer {
  const program = path.join(bin, 'copier');
  return {
    files: template =>
      new Map([
        [
          'copier.yml',
          '_subdirectory: template\nname: { type: str, default: pay }\n',
        ],
        [
          'template/{{ _copier_conf.answers_file }}.jinja',
          '{{ _copier_answers|to_nice_yaml -}}\n',
        ],
        ...[...template].map(([name, text]): [string, string] => [
          `template/${name}.jinja`,
          text.replaceAll(NAME, '{{ name }}'),
        ]),
      ]),
    async create({ template, parent }) {
      const service = path.join(parent, 'copier-service');
      await execute(program, [
        'copy',
        '--defaults',
        '--quiet',
        '--vcs-ref=v1.0.0',
        template,
        service,
      ]);
      await git(service, 'init', '--quiet');
      return service;
    },
    async update(service) {
      await execute(program, ['update', '--defaults', '--quiet'], {
        cwd: service,
        maxBuffer: 64 * 1024 * 1024,
      });
    },
  };
}

function cruft(bin: string): Peer {
  const program = path.join(bin, 'cruft');
  return {
    files: template =>
      new Map([
        ['cookiecutter.json', '{"name": "pay"}\n'],
        ...[...template].map(([name, text]): [string, string] => [
          `{{cookiecutter.name}}/${name}`,
          text.replaceAll(NAME, '{{ cookiecutter.name }}'),
        ]),
      ]),
    async create({ template, parent }) {
      const folder = path.join(parent, 'cruft-service');
      await fs.mkdir(folder, { recursive: true });
      await execute(
        program,
        ['create', '--no-input', '--checkout', 'v1.0.0', template],
        { cwd: folder },
      );
      const service = path.join(folder, 'pay');
      await git(service, 'init', '--quiet');
      return service;
    },
    async update(service) {
      await execute(
        program,
        ['update', '--skip-apply-ask', '--checkout', 'main'],
        { cwd: service, maxBuffer: 64 * 1024 * 1024 },
      );
    },
  };
}

/** Makes a service with a peer, edits it, lets the peer update it, and counts what is left of the edits. */
export async function measurePeer(options: {
  name: 'copier' | 'cruft';
  bin: string;
  folder: string;
  versions: [TemplateFiles, TemplateFiles];
  edits: Edit[];
}): Promise<PeerResult> {
  const { name, bin, folder, versions, edits } = options;
  const peer = name === 'copier' ? copier(bin) : cruft(bin);
  await fs.rm(folder, { recursive: true, force: true });
  const template = path.join(folder, 'template');
  await fs.mkdir(template, { recursive: true });
  await git(template, 'init', '--quiet', '--initial-branch=main');
  await writeFiles(template, peer.files(versions[0]));
  await commitAll(template, 'First version');
  await git(template, 'tag', 'v1.0.0');
  const service = await peer.create({ template, parent: folder });
  await commitAll(service, 'Created');
  const stamped = new Map<string, string>();
  for (const file of versions[0].keys()) {
    stamped.set(file, await fs.readFile(path.join(service, file), 'utf8'));
  }
  await writeFiles(service, edited(stamped, edits));
  await commitAll(service, 'Edited');
  await nextVersion(template, peer.files(versions[1]));
  const ms = await timed(() => peer.update(service));
  const after = new Map<string, string>();
  for (const { after: file } of edits) {
    const text = await fs
      .readFile(path.join(service, file), 'utf8')
      .catch(() => undefined);
    if (text !== undefined) {
      after.set(file, text);
    }
  }
  return { ms, ...judgeEdits(edits, file => after.get(file)) };
}

async function nextVersion(template: string, files: Map<string, string>) {
  for (const entry of await fs.readdir(template)) {
    if (entry !== '.git') {
      await fs.rm(path.join(template, entry), { recursive: true });
    }
  }
  await writeFiles(template, files);
  await commitAll(template, 'Second version');
  await git(template, 'tag', 'v2.0.0');
}
