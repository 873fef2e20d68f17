import {
  ChangedFile,
  ChangeRequestDetails,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countMissing, mergeBase } from '../git/commitGraph';
import { EMPTY_TREE } from '../git/comparing';
import { FileChange, listChanges } from '../git/listChanges';
import { listCommits } from '../git/listCommits';
import { mergeTrees } from '../git/mergeCommits';
import { Patch, readPatches } from '../git/readPatches';
import { RepositoryFolder } from '../git/repositoryFolder';

const MAX_COMMITS = 250;
const MAX_FILES = 3000;
const MAX_PATCH_BYTES = 200 * 1000;
const MAX_PATCHES_BYTES = 2 * 1000 * 1000;

/** What a branch would bring into another, without the request that asks for it. */
export type Comparison = Omit<ChangeRequestDetails, 'request'>;

/**
 * Compares two commits as a change request does: with where they part, so that what happened on the target branch since
 * does not show.
 *
 * @param options.head - commit of the source branch, in full
 * @param options.target - commit of the target branch, in full
 * @param options.open - whether it is asked if they can be merged
 */
export async function compareBranches(
  options: RepositoryFolder & { head: string; target: string; open: boolean },
): Promise<Comparison> {
  const { directory, gitDir, head, target, open } = options;
  const folder = { directory, gitDir };
  const base = (await mergeBase({ ...folder, a: target, b: head })) ?? null;
  const span = { ...folder, from: base ?? EMPTY_TREE, to: head };
  const [commits, behind, changes, patches, merged] = await Promise.all([
    listCommits({
      ...folder,
      commit: head,
      without: target,
      limit: MAX_COMMITS,
    }),
    countMissing({ ...folder, a: head, b: target }),
    listChanges(span),
    readPatches({
      ...span,
      maxPatchBytes: MAX_PATCH_BYTES,
      maxBytes: MAX_PATCHES_BYTES,
    }),
    open ? mergeTrees({ ...folder, ours: target, theirs: head }) : undefined,
  ]);
  const files = withPatches(changes, patches).slice(0, MAX_FILES);
  return {
    head,
    target,
    mergeBase: base,
    commits,
    behind,
    files,
    changedFiles: changes.length,
    truncated:
      files.length < changes.length || files.some(file => file.truncated),
    mergeable: merged?.state ?? 'unknown',
    conflicts: merged?.state === 'conflicts' ? merged.paths : [],
  };
}

function withPatches(changes: FileChange[], patches: Patch[]): ChangedFile[] {
  let at = 0;
  return changes.map(({ parts, ...change }) => {
    const own = patches.slice(at, at + parts);
    at += parts;
    const truncated = own.length < parts || own.some(part => part.truncated);
    return own.length > 0
      ? { ...change, patch: own.map(({ text }) => text).join(''), truncated }
      : { ...change, truncated };
  });
}
