import type { FileChange } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { type GitRun, runGit, runGitText } from '../process/runGit';
import { changesThatFit } from './checkChanges';
import {
  blobCommand,
  blobName,
  commitCommand,
  type CommitStamp,
} from './fastImport';
import { listTree } from './listTree';

const UNPRINTABLE = /[\p{Cc}<>]/u;

/** A commit and its tree. */
export type Commit = { commit: string; tree: string };

/**
 * Checks who and when of a commit, and what it says.
 *
 * @throws GitError when git could not write it down as it is
 */
export function checkCommitText(stamp: CommitStamp, message: string): void {
  if (!Number.isFinite(stamp.date.getTime()) || stamp.date.getTime() < 0) {
    throw new GitError('The date of a commit has to be one since 1970');
  }
  for (const text of [stamp.name, stamp.email]) {
    if (text.trim() === '' || UNPRINTABLE.test(text)) {
      throw new GitError(
        `The author '${stamp.name.trim()}' needs a name and an email, without <, > and control characters`,
      );
    }
  }
  if (message.trim() === '' || message.includes('\0')) {
    throw new GitError('A commit needs a message without NUL characters');
  }
}

/**
 * Stores a commit on top of another one. Contents of files that do not change are never looked at, so that they need not
 * be there.
 *
 * @param options.base - name of the commit it is put on top of
 * @param options.ref - ref that is left pointing at it
 * @throws GitError when the changes do not fit the tree of the base
 */
export async function commitChanges(
  options: Omit<GitRun, 'args' | 'input'> & {
    base: string;
    ref: string;
    changes: readonly FileChange[];
    stamp: CommitStamp;
    message: string;
  },
): Promise<Commit> {
  const { base, ref, changes, stamp, message, ...run } = options;
  const tree = await listTree({ ...run, tree: base, lenient: true });
  const fitting = changesThatFit(changes, tree);
  const commit = await runGitText({
    ...run,
    args: ['fast-import', '--quiet', '--force', '--date-format=raw'],
    input: importCommands({ base, ref, changes: fitting, stamp, message }),
  });
  return { commit: commit.trim(), tree: await treeOf(run, commit.trim()) };
}

/** Name of a commit's tree. */
export async function treeOf(
  run: Omit<GitRun, 'args' | 'input'>,
  commit: string,
): Promise<string> {
  const { stdout } = await runGit({
    ...run,
    args: ['rev-parse', '--verify', '--quiet', `${commit}^{tree}`],
  });
  return stdout.toString('utf8').trim();
}

function* importCommands(options: {
  base: string;
  ref: string;
  changes: readonly FileChange[];
  stamp: CommitStamp;
  message: string;
}): Generator<string | Uint8Array> {
  const { base, ref, changes, stamp, message } = options;
  const contents = new Map<string, Uint8Array>();
  for (const { content } of changes) {
    if (content) {
      contents.set(blobName(content), content);
    }
  }
  for (const content of contents.values()) {
    yield* blobCommand(content);
  }
  yield* commitCommand({
    ref,
    mark: 1,
    from: base,
    stamp,
    message: message.endsWith('\n') ? message : `${message}\n`,
    // Deletions first: a folder can be where a file was
    changes: [
      ...changes
        .filter(({ content }) => content === null)
        .map(({ path }) => ({ path, mode: null })),
      ...changes.flatMap(({ path, mode, content }) =>
        content ? [{ path, mode, blob: blobName(content) }] : [],
      ),
    ],
  });
  yield 'get-mark :1\n';
}
