import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What git says about files of a work tree. */
export type GitState = { commit: string | null; dirty: boolean };

/**
 * Tells the commit a folder is checked out at, and whether any of the given paths differs from it; files that git
 * ignores count as differing, since a commit cannot bring them back. Outside a work tree the commit is `null`.
 */
export async function readGitState(options: {
  folder: string;
  paths: string[];
}): Promise<GitState> {
  const { folder, paths } = options;
  try {
    const head = await git(folder, ['rev-parse', '--verify', 'HEAD']);
    const changes = await git(folder, [
      'status',
      '--porcelain',
      '--untracked-files=all',
      '--ignored=matching',
      '--',
      ...paths,
    ]);
    return { commit: head.trim(), dirty: changes.trim() !== '' };
  } catch {
    return { commit: null, dirty: false };
  }
}

async function git(folder: string, args: string[]): Promise<string> {
  const { stdout } = await run(
    'git',
    [
      '--no-optional-locks',
      '-c',
      'core.fsmonitor=false',
      '-C',
      folder,
      ...args,
    ],
    { timeout: 30_000, maxBuffer: 8 * 1024 * 1024 },
  );
  return stdout;
}
