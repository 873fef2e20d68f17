import { ATTRIBUTES_OF_NO_TREE } from './comparing';
import { RepositoryFolder } from './repositoryFolder';
import { GitError, runGit } from './runGit';

/** What merging two commits gives. */
export type MergedTree =
  | { state: 'clean'; tree: string }
  | { state: 'conflicts'; paths: string[] }
  /** Git could not tell, for instance since the two have no history in common. */
  | { state: 'unknown'; reason: string };

/** A person or service as a commit names it. */
export interface Signature {
  name: string;
  email: string;
}

/** Merges two commits into a tree without touching any branch; `theirs` into `ours`, both full shas. */
export async function mergeTrees(
  options: RepositoryFolder & { ours: string; theirs: string },
): Promise<MergedTree> {
  const { directory, gitDir, ours, theirs } = options;
  const args = [
    '--git-dir',
    gitDir,
    ...ATTRIBUTES_OF_NO_TREE,
    // A file stays where its author put it
    '-c',
    'merge.directoryRenames=false',
    'merge-tree',
    '--write-tree',
    '-z',
    '--name-only',
    '--no-messages',
    ours,
    theirs,
  ];
  try {
    const output = await runGit({ directory, args });
    return { state: 'clean', tree: records(output)[0] };
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    return error.exitCode === 1
      ? {
          state: 'conflicts',
          paths: [...new Set(records(error.output).slice(1))],
        }
      : { state: 'unknown', reason: error.message };
  }
}

/** Makes a commit of a tree that no branch names yet. @returns its sha */
export async function commitTree(
  options: RepositoryFolder & {
    tree: string;
    parents: string[];
    message: string;
    author: Signature;
    committer: Signature;
    at: Date;
  },
): Promise<string> {
  const { directory, gitDir, tree, parents, message, author, committer, at } =
    options;
  const date = `@${Math.floor(at.getTime() / 1000)} +0000`;
  const output = await runGit({
    directory,
    args: [
      '--git-dir',
      gitDir,
      'commit-tree',
      ...parents.flatMap(parent => ['-p', parent]),
      '-m',
      message,
      tree,
    ],
    environment: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return output.toString().trim();
}

function records(output: Buffer): string[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter(record => record !== '');
}
