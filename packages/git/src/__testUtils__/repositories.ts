import type { FileMode, SourceFile } from '@goldenpath/engine';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder that is there until the tests of the file are done. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'git-test-'));
  folders.push(folder);
  return folder;
}

/** Runs git as a developer would, with an identity and without the machine's own configuration. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Dee Veloper',
      GIT_AUTHOR_EMAIL: 'dee@example.com',
      GIT_COMMITTER_NAME: 'Dee Veloper',
      GIT_COMMITTER_EMAIL: 'dee@example.com',
    },
  }).trim();
}

/** Writes files into a work tree and commits all there is. */
export function commitFiles(
  folder: string,
  files: Record<string, string | Uint8Array>,
  message = 'A change',
): string {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** A work tree with a branch `main` and one commit. */
export function makeRepository(
  files: Record<string, string | Uint8Array> = { 'README.md': 'hello\n' },
): string {
  const folder = makeFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitFiles(folder, files, 'First');
  return folder;
}

/** A file of a tree: its text, or its text and mode. */
export type Given = string | Uint8Array | [content: string, mode: FileMode];

/** A tree to merge. */
export function treeOf(files: Record<string, Given>): SourceFile[] {
  return Object.entries(files).map(([path, given]) => {
    const [content, mode]: [string | Uint8Array, FileMode] = Array.isArray(
      given,
    )
      ? given
      : [given, '100644'];
    return { path, mode, content: Buffer.from(content) };
  });
}

/** What {@link treeOf} was made of, for comparing. */
export function textsOf(files: readonly SourceFile[]): Record<string, string> {
  return Object.fromEntries(
    files.map(({ path, mode, content }) => [
      path,
      Buffer.from(content).toString('utf8') +
        (mode === '100644' ? '' : ` (${mode})`),
    ]),
  );
}
