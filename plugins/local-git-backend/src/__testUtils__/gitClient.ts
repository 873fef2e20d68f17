import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a git command on the developer's side ended. */
export interface GitResult {
  code: number;
  stdout: string;
  stderr: string;
}

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A folder that is there until the tests of the file are done. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-git-'));
  folders.push(folder);
  return folder;
}

/** Runs git as a developer would, with an identity and without the machine's own configuration. */
export function git(
  folder: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<GitResult> {
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Dee Veloper',
    GIT_AUTHOR_EMAIL: 'dee@example.com',
    GIT_COMMITTER_NAME: 'Dee Veloper',
    GIT_COMMITTER_EMAIL: 'dee@example.com',
    ...environment,
  };
  const maxBuffer = 64 * 1024 * 1024;
  return new Promise(resolve => {
    execFile(
      'git',
      args,
      { cwd: folder, env, maxBuffer },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code: error ? code || 1 : 0, stdout, stderr });
      },
    );
  });
}

/** As git, for commands that have to succeed. */
export async function mustGit(
  folder: string,
  args: string[],
  environment?: Record<string, string>,
): Promise<string> {
  const result = await git(folder, args, environment);
  if (result.code !== 0) {
    throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
  }
  return result.stdout.trim();
}

/** Writes files into a checkout and commits them; returns the commit's sha. */
export async function commitFiles(
  checkout: string,
  files: Record<string, string | Uint8Array>,
  message: string = 'Change files',
): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(checkout, path)), { recursive: true });
    await writeFile(join(checkout, path), content);
  }
  await mustGit(checkout, ['add', '--all']);
  await mustGit(checkout, ['commit', '--quiet', '--message', message]);
  return mustGit(checkout, ['rev-parse', 'HEAD']);
}

/** A new checkout without remote, on branch main. */
export async function makeCheckout(): Promise<string> {
  const checkout = await makeFolder();
  await mustGit(checkout, ['init', '--quiet', '--initial-branch=main']);
  return checkout;
}
