import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { ChangeRequestRecord } from '../database/ChangeRequestStore';
import { isAncestor } from '../git/commitGraph';
import { commitTree, mergeTrees, Signature } from '../git/mergeCommits';
import { moveRef } from '../git/moveRef';
import { RepositoryFolder } from '../git/repositoryFolder';
import { resolveBranch } from '../git/resolveCommit';

const MAX_PATHS_SAID = 10;
const SERVICE: Signature = {
  name: 'Golden Path',
  email: 'golden-path@localhost',
};

/**
 * Merges the source branch of a request into its target branch with a merge commit, in the repository alone.
 *
 * @param options.head - the source commit that was looked at; the branch's own when nobody says
 * @returns the commits, as they are kept with the request
 * @throws ConflictError when either branch is gone or moved, when there is nothing to merge, and for conflicts
 */
export async function mergeRequest(options: {
  folder: RepositoryFolder;
  record: ChangeRequestRecord;
  head: string | undefined;
  userEntityRef: string;
  now: Date;
}): Promise<
  Pick<ChangeRequestRecord, 'headCommit' | 'targetCommit' | 'mergeCommit'>
> {
  const { folder, record, userEntityRef, now } = options;
  const { number, sourceBranch, targetBranch, title } = record;
  const headCommit = await branchCommit(folder, sourceBranch);
  const targetCommit = await branchCommit(folder, targetBranch);
  if (options.head && options.head !== headCommit) {
    throw moved(sourceBranch);
  }
  if (await isAncestor({ ...folder, a: headCommit, b: targetCommit })) {
    throw new ConflictError(
      `'${sourceBranch}' has no commit that '${targetBranch}' lacks; there is nothing to merge`,
    );
  }
  const merged = await mergeTrees({
    ...folder,
    ours: targetCommit,
    theirs: headCommit,
  });
  if (merged.state === 'conflicts') {
    throw new ConflictError(
      `'${sourceBranch}' and '${targetBranch}' change the same lines of ${listed(
        merged.paths,
      )}; merge '${targetBranch}' into '${sourceBranch}', solve the conflicts and push`,
    );
  }
  if (merged.state === 'unknown') {
    throw new ConflictError(
      `Git cannot merge '${sourceBranch}' into '${targetBranch}': ${merged.reason}`,
    );
  }
  const mergeCommit = await commitTree({
    ...folder,
    tree: merged.tree,
    parents: [targetCommit, headCommit],
    message: `Merge change request #${number}: ${title}\n\nBranch ${sourceBranch} into ${targetBranch}.`,
    author: signatureOf(userEntityRef),
    committer: SERVICE,
    at: now,
  });
  const done = await moveRef({
    ...folder,
    ref: `refs/heads/${targetBranch}`,
    from: targetCommit,
    to: mergeCommit,
  });
  if (!done) {
    throw moved(targetBranch);
  }
  return { headCommit, targetCommit, mergeCommit };
}

async function branchCommit(
  folder: RepositoryFolder,
  branch: string,
): Promise<string> {
  const commit = await resolveBranch({ ...folder, branch });
  if (!commit) {
    throw new ConflictError(`There is no branch '${branch}' any more`);
  }
  return commit;
}

function moved(branch: string): ConflictError {
  return new ConflictError(
    `The branch '${branch}' moved since it was looked at; look at the change again, then merge`,
  );
}

function listed(paths: string[]): string {
  const said = paths.slice(0, MAX_PATHS_SAID).map(path => `'${path}'`);
  const more = paths.length - said.length;
  return more > 0 ? `${said.join(', ')} and ${more} more` : said.join(', ');
}

/** A user as commits name them: nothing but the catalog's name is known of them here. */
function signatureOf(userEntityRef: string): Signature {
  const { name } = parseEntityRef(userEntityRef);
  return { name, email: `${name}@localhost` };
}
