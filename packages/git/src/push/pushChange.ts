import type { FileChange } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { runGitText } from '../process/runGit';
import { branchRef } from '../repository/branchName';
import { checkChanges } from '../repository/checkChanges';
import {
  checkCommitText,
  type Commit,
  commitChanges,
  treeOf,
} from '../repository/commitChanges';
import { BaseMovedError, ForeignBranchError } from './pushErrors';
import { Remote } from './Remote';
import { type GitCredentials, remoteAccess } from './remoteAccess';

const MAX_ATTEMPTS = 3;
const DEFAULT_TIMEOUT_MILLISECONDS = 120_000;
const NEW_COMMIT = 'refs/golden-path/new';

/** @public */
export type PushChangeOptions = {
  /** An http(s) address without user name and password. */
  remoteUrl: string;
  credentials?: GitCredentials;
  /** Whether `remoteUrl` may be a folder of this machine. */
  allowFileRemote?: boolean;
  baseBranch: string;
  branch: string;
  /** Paths are from the root of the repository. Deleting what is not there is no error. */
  files: readonly FileChange[];
  message: string;
  /** Author and committer. */
  author: { name: string; email: string };
  /** Of the commit, in whole seconds. */
  date: Date;
  /** Refuse when the base branch points at another commit. */
  expectedBase?: string;
  temporaryDirectory?: string;
  /** Of each git command; two minutes if absent. */
  timeoutMilliseconds?: number;
  signal?: AbortSignal;
};

/** @public */
export type PushedChange = {
  /** What the branch points at; the base's commit when the files hold nothing new. */
  commit: string;
  baseCommit: string;
  /** `unchanged` when nothing had to be pushed. */
  status: 'pushed' | 'unchanged';
};

/**
 * Pushes one commit on top of a remote branch, without a checkout: only the newest commit's trees are fetched, no file.
 * The same change at the same date on the same base gives the same commit.
 *
 * A branch that is there is replaced if all its commits since the base branch are by the author, and left alone if it
 * holds the wanted files already.
 *
 * @throws ForeignBranchError when somebody else has commits on the branch; BaseMovedError when the base is not the
 * expected one; GitError otherwise, never with a secret in it
 * @public
 */
export async function pushChange(
  options: PushChangeOptions,
): Promise<PushedChange> {
  const { author, date, message, files, baseBranch, branch } = options;
  checkCommitText({ ...author, date }, message);
  checkChanges(files);
  if (baseBranch === branch) {
    throw new GitError(
      `The change needs a branch of its own, not the base branch '${branch}'`,
    );
  }
  const refs = {
    base: await branchRef(baseBranch),
    branch: await branchRef(branch),
  };
  const access = remoteAccess({
    ...options,
    allowFileRemote: options.allowFileRemote ?? false,
  });
  const { temporaryDirectory, signal } = options;
  const timeoutMilliseconds =
    options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  let overtaken = '';
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const remote = await Remote.create(access, {
      temporaryDirectory,
      timeoutMilliseconds,
      signal,
    });
    try {
      const result = await pushOnce(remote, refs, options);
      if (result.status !== 'overtaken') {
        return result;
      }
      overtaken = result.reason;
    } finally {
      await remote.close();
    }
  }
  throw new GitError(
    `The branch '${branch}' is changed by others meanwhile (${overtaken}), nothing was pushed: try again`,
  );
}

async function pushOnce(
  remote: Remote,
  refs: { base: string; branch: string },
  options: PushChangeOptions,
): Promise<PushedChange | { status: 'overtaken'; reason: string }> {
  const there = await remote.commitsOf([refs.base, refs.branch]);
  const baseCommit = there.get(refs.base);
  const old = there.get(refs.branch);
  if (!baseCommit) {
    throw new GitError(`There is no branch '${options.baseBranch}'`);
  }
  checkBase(baseCommit, options);
  const [newBase, newOld] = await remote.fetchNewest(
    old ? [refs.base, refs.branch] : [refs.base],
  );
  if (newBase !== baseCommit || newOld !== old) {
    return { status: 'overtaken', reason: 'moved while it was fetched' };
  }
  const { author, date, message, files } = options;
  const made = await commitChanges({
    ...remote.run,
    base: baseCommit,
    ref: NEW_COMMIT,
    changes: files,
    stamp: { ...author, date },
    message,
  });
  const kept = await sameTree({ remote, made, baseCommit, old });
  if (kept) {
    return { commit: kept, baseCommit, status: 'unchanged' };
  }
  if (old && old !== baseCommit) {
    await refuseForeign(remote, refs, options);
  }
  const result = await remote.push({
    commit: made.commit,
    ref: refs.branch,
    expected: old,
  });
  return result.status === 'pushed'
    ? { commit: made.commit, baseCommit, status: 'pushed' }
    : result;
}

function checkBase(commit: string, options: PushChangeOptions): void {
  const { expectedBase, baseBranch } = options;
  if (expectedBase && expectedBase !== commit) {
    throw new BaseMovedError(
      `'${baseBranch}' is at ${commit}, and ${expectedBase} was expected: plan the change again`,
    );
  }
}

/** The commit that holds the wanted files already: the branch's, or else the base's. */
async function sameTree(options: {
  remote: Remote;
  made: Commit;
  baseCommit: string;
  old: string | undefined;
}): Promise<string | undefined> {
  const { remote, made, baseCommit, old } = options;
  for (const commit of [old, baseCommit]) {
    if (commit && (await treeOf(remote.run, commit)) === made.tree) {
      return commit;
    }
  }
  return undefined;
}

async function refuseForeign(
  remote: Remote,
  refs: { base: string; branch: string },
  { author, branch }: PushChangeOptions,
): Promise<void> {
  await remote.fetchHistory(refs.branch, refs.base);
  const log = await runGitText({
    ...remote.run,
    args: ['log', '--format=%h%x00%ae%x00%ce', refs.branch, `^${refs.base}`],
  });
  for (const line of log.split('\n').filter(Boolean)) {
    const [commit, ...emails] = line.split('\0');
    const foreign = emails.find(email => email !== author.email);
    if (foreign !== undefined) {
      throw new ForeignBranchError(
        `The branch '${branch}' holds commit ${commit} by ${foreign}, and is left as it is: merge or delete it first`,
      );
    }
  }
}
