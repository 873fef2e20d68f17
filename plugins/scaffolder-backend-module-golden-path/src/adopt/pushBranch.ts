import { ConflictError, InputError } from '@backstage/errors';
import { LOCK_FILE, type SourceFile } from '@goldenpath/engine';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import path from 'node:path';
import {
  credentials,
  explain,
  listBranches,
  type PushTarget,
} from '../publish/pushWorkspace';
import { redactError } from '../publish/redact';

/** Files of this path are replaced where they are there; any other is left alone. */
const REPLACED = new Set([LOCK_FILE]);

type Repository = { fs: typeof fs; gitdir: string };

/**
 * Pushes new files as a branch with one commit on top of another branch, and returns the commit.
 *
 * @remarks
 * Nothing is checked out: the commit's tree is that of the branch with the files put in, so that every other entry is
 * the same object. Running again is safe: a branch that holds the very same change counts as pushed. Nothing is forced.
 *
 * @throws InputError without files or without the branch to build on, ConflictError when a file is there already or the
 * new branch has other content. No error holds the token.
 */
export async function pushBranch(options: {
  files: readonly SourceFile[];
  /** `branch` is the new one. */
  target: PushTarget;
  /** The branch to build on. */
  base: string;
  commitMessage: string;
  author: { name: string; email: string };
  temporaryFolder: () => Promise<string>;
}): Promise<string> {
  const { files, target, base } = options;
  try {
    if (files.length === 0) {
      throw new InputError('There is nothing to propose: there are no files');
    }
    if (target.branch === base) {
      throw new InputError(
        `branch: '${base}' is the branch to build on; name another one`,
      );
    }
    const branches = await listBranches(target);
    const parent = branches.get(base);
    if (parent === undefined) {
      throw new InputError(
        `${target.remoteUrl} has no branch '${base}' to build on: name it with targetBranch`,
      );
    }
    const gitdir = path.join(await options.temporaryFolder(), 'propose.git');
    const repository = { fs, gitdir };
    await git.init({ ...repository, bare: true, defaultBranch: base });
    await git.addRemote({
      ...repository,
      remote: 'origin',
      url: target.remoteUrl,
    });
    await fetchBranch(repository, target, base);
    const { commit } = await git.readCommit({ ...repository, oid: parent });
    const tree = await putFiles(repository, commit.tree, files);
    const pushed = branches.get(target.branch);
    if (pushed !== undefined) {
      await fetchBranch(repository, target, target.branch);
      const theirs = await git.readCommit({ ...repository, oid: pushed });
      if (
        theirs.commit.tree === tree &&
        theirs.commit.parent.length === 1 &&
        theirs.commit.parent[0] === parent
      ) {
        return pushed;
      }
      throw new ConflictError(
        `${target.remoteUrl} has a branch '${target.branch}' with other content. Nothing was pushed; merge or delete that branch, or name another one`,
      );
    }
    const oid = await git.commit({
      ...repository,
      message: options.commitMessage,
      author: options.author,
      tree,
      parent: [parent],
      ref: `refs/heads/${target.branch}`,
    });
    await git.push({
      ...repository,
      http,
      remote: 'origin',
      ref: `refs/heads/${target.branch}`,
      remoteRef: `refs/heads/${target.branch}`,
      force: false,
      onAuth: () => credentials(target),
    });
    return oid;
  } catch (error) {
    throw redactError(explain(error, target), target.token);
  }
}

async function fetchBranch(
  repository: Repository,
  target: PushTarget,
  branch: string,
) {
  await git.fetch({
    ...repository,
    http,
    remote: 'origin',
    ref: branch,
    singleBranch: true,
    depth: 1,
    tags: false,
    onAuth: () => credentials(target),
  });
}

/** Writes a tree with files put in, folder by folder; entries that are there stay as they are. */
async function putFiles(
  repository: Repository,
  tree: string | undefined,
  files: readonly SourceFile[],
  prefix = '',
): Promise<string> {
  const entries = new Map(
    tree === undefined
      ? []
      : (await git.readTree({ ...repository, oid: tree })).tree.map(
          entry => [entry.path, entry] as const,
        ),
  );
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const [name, ...rest] = file.path.split('/');
    if (rest.length > 0) {
      const inside = folders.get(name) ?? [];
      folders.set(name, [...inside, { ...file, path: rest.join('/') }]);
      continue;
    }
    const blob = Buffer.from(file.content);
    const oid = await git.writeBlob({ ...repository, blob });
    const there = entries.get(name);
    if (there && there.oid !== oid && !REPLACED.has(`${prefix}${name}`)) {
      throw isThere(`${prefix}${name}`);
    }
    if (there?.oid !== oid) {
      entries.set(name, { path: name, mode: file.mode, oid, type: 'blob' });
    }
  }
  for (const [name, inside] of folders) {
    const there = entries.get(name);
    if (there && there.type !== 'tree') {
      throw isThere(`${prefix}${name}`);
    }
    const oid = await putFiles(
      repository,
      there?.oid,
      inside,
      `${prefix}${name}/`,
    );
    entries.set(name, { path: name, mode: '040000', oid, type: 'tree' });
  }
  return git.writeTree({ ...repository, tree: [...entries.values()] });
}

function isThere(file: string): ConflictError {
  return new ConflictError(
    `'${file}' is on the branch already, with other content. Nothing was pushed; run the template again`,
  );
}
