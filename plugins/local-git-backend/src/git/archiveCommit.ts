import { Readable } from 'node:stream';
import { RepositoryFolder } from './repositoryFolder';
import { streamGit } from './streamGit';

/** The files of a commit as a tar stream, exactly as they were pushed, without a folder around them. */
export function archiveCommit(
  options: RepositoryFolder & { commit: string },
): Readable {
  const { directory, gitDir, commit } = options;
  const args = ['--git-dir', gitDir, 'archive', '--format=tar', commit];
  return streamGit({ directory, args });
}
