import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import path from 'node:path';
import { redactError } from './redact';

/** A branch of a remote, and what is needed to write to it. */
export type PushTarget = {
  remoteUrl: string;
  branch: string;
  username: string;
  /** Without one the push is anonymous. */
  token: string | undefined;
};

/**
 * Publishes a folder as the first commit of an empty remote and returns the commit.
 *
 * @remarks
 * Running again is safe: a remote whose branch holds the very same tree, as after an answer that got lost, counts as
 * published and its commit is returned. Anything else on the remote is somebody's work and is left as it is. Files
 * that the folder's own `.gitignore` names are not published; a warning names them.
 *
 * @throws InputError for an empty folder, ConflictError when the remote has other content. No error or log line holds the token.
 */
export async function pushWorkspace(options: {
  folder: string;
  target: PushTarget;
  commitMessage: string;
  author: { name: string; email: string };
  logger: LoggerService;
  temporaryFolder: () => Promise<string>;
}): Promise<string> {
  const { folder, target, logger } = options;
  try {
    // A failed attempt leaves its own commit there, which would become this one's parent
    await fs.remove(path.join(folder, '.git'));
    await refuseEmpty(folder);
    const branches = await listBranches(target);
    if (branches.size > 0) {
      const published = await findSameTree({ ...options, branches });
      logger.info(
        `Branch ${target.branch} holds the same files already, as commit ${published}`,
      );
      return published;
    }
    const { commitHash } = await initRepoAndPush({
      dir: folder,
      remoteUrl: target.remoteUrl,
      auth: { username: target.username, password: target.token ?? '' },
      logger,
      defaultBranch: target.branch,
      commitMessage: options.commitMessage,
      gitAuthorInfo: options.author,
    });
    await warnAboutIgnored(folder, logger);
    return commitHash;
  } catch (error) {
    throw redactError(explain(error, target), target.token);
  }
}

async function refuseEmpty(folder: string) {
  const names = await fs.readdir(folder).catch(() => []);
  if (names.length === 0) {
    throw new InputError(
      'There is nothing to publish: the folder is empty or does not exist',
    );
  }
}

/** The branches of a remote with their commits. */
export async function listBranches(
  target: PushTarget,
): Promise<Map<string, string>> {
  const refs = await git.listServerRefs({
    http,
    url: target.remoteUrl,
    forPush: true,
    protocolVersion: 1,
    prefix: 'refs/heads/',
    onAuth: () => credentials(target),
  });
  return new Map(
    refs.map(({ ref, oid }) => [ref.slice('refs/heads/'.length), oid]),
  );
}

async function findSameTree(options: {
  folder: string;
  target: PushTarget;
  branches: Map<string, string>;
  temporaryFolder: () => Promise<string>;
}): Promise<string> {
  const { folder, target, branches } = options;
  const commit = branches.get(target.branch);
  const gitdir = path.join(await options.temporaryFolder(), 'compare.git');
  await git.init({ fs, dir: folder, gitdir, defaultBranch: target.branch });
  if (commit) {
    await git.addRemote({
      fs,
      gitdir,
      remote: 'origin',
      url: target.remoteUrl,
    });
    await git.fetch({
      fs,
      http,
      gitdir,
      remote: 'origin',
      ref: target.branch,
      singleBranch: true,
      depth: 1,
      tags: false,
      onAuth: () => credentials(target),
    });
    const theirs = await git.readCommit({ fs, gitdir, oid: commit });
    if (theirs.commit.tree === (await writeTree(folder, gitdir))) {
      return commit;
    }
  }
  throw new ConflictError(
    `${target.remoteUrl} is not empty: it has ${
      commit ? `other content on branch ${target.branch}` : 'other branches'
    }. Nothing was pushed; choose another repository name, or empty this one first`,
  );
}

/** Digest of the tree that publishing the folder would make. */
async function writeTree(folder: string, gitdir: string): Promise<string> {
  await git.add({ fs, dir: folder, gitdir, filepath: '.' });
  const oid = await git.commit({
    fs,
    dir: folder,
    gitdir,
    message: 'compare',
    author: { name: 'compare', email: 'compare@localhost' },
    noUpdateBranch: true,
  });
  const { commit } = await git.readCommit({ fs, gitdir, oid });
  return commit.tree;
}

async function warnAboutIgnored(folder: string, logger: LoggerService) {
  const status = await git.statusMatrix({
    fs,
    dir: folder,
    ignored: true,
    filter: file => !file.startsWith('.git/'),
  });
  const left = status
    .filter(([, head, workdir]) => head === 0 && workdir !== 0)
    .map(([file]) => file);
  if (left.length > 0) {
    logger.warn(
      `${
        left.length
      } files were not published, since .gitignore names them: ${left
        .slice(0, 20)
        .join(', ')}`,
    );
  }
}

/** Git's own errors for refused credentials say little; the others speak for themselves. */
export function explain(
  error: unknown,
  { remoteUrl, token }: PushTarget,
): unknown {
  const { code, data } = error as {
    code?: string;
    data?: { statusCode?: number };
  };
  const isRefused =
    code === 'UserCanceledError' ||
    data?.statusCode === 401 ||
    data?.statusCode === 403;
  if (!isRefused) {
    return error;
  }
  return new NotAllowedError(
    token
      ? `${remoteUrl} refuses the push token: it may have expired, or give no right to push`
      : `${remoteUrl} asks for credentials: give a token as the secret gitToken`,
  );
}

/** What isomorphic-git asks for. */
export function credentials({ username, token }: PushTarget) {
  return token ? { username, password: token } : { cancel: true };
}
