import { Readable } from 'node:stream';
import { RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';
import { streamGit } from './streamGit';

/** The whole content of the file with this object sha. */
export function readBlob(
  options: RepositoryFolder & { sha: string },
): Promise<Buffer> {
  return runGit({ directory: options.directory, args: catFile(options) });
}

/** The content of the file with this object sha, read as it is asked for. */
export function streamBlob(
  options: RepositoryFolder & { sha: string },
): Readable {
  return streamGit({ directory: options.directory, args: catFile(options) });
}

function catFile(options: RepositoryFolder & { sha: string }): string[] {
  return ['--git-dir', options.gitDir, 'cat-file', 'blob', options.sha];
}
