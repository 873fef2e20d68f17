import type { ContentMerge, ContentMergeResult } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { blobName } from '../repository/fastImport';
import { markerSizeFor, settleFor, USUAL_MARKER_SIZE } from './conflictMarkers';
import { type BySide, SIDES } from './checkTrees';
import type { MergeLimits } from './MergeLimits';
import type { NamedFile } from './importCommands';
import type { MergeRepository } from './MergeRepository';

const FOLDERS = 256;

/** A merge that git has to make, by where its result belongs. */
type Numbered = { index: number; merge: ContentMerge };

/** Merges texts, as many as the limits allow in one call of git. */
export async function mergeContents(
  open: () => Promise<MergeRepository>,
  merges: readonly ContentMerge[],
  limits: MergeLimits,
): Promise<ContentMergeResult[]> {
  const results = merges.map(withoutGit);
  for (const batch of batchesOf(merges, results, limits)) {
    const merged = await mergeBatch(await open(), batch);
    for (const [at, { index }] of batch.entries()) {
      results[index] = merged[at];
    }
  }
  return results.map(result => result ?? {});
}

/** The result where no more than one side changed anything. */
function withoutGit({
  base,
  ours,
  theirs,
}: ContentMerge): ContentMergeResult | undefined {
  if (isEqual(ours, theirs) || isEqual(base, theirs)) {
    return { content: ours };
  }
  return isEqual(base, ours) ? { content: theirs } : undefined;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function batchesOf(
  merges: readonly ContentMerge[],
  results: readonly unknown[],
  limits: MergeLimits,
): Numbered[][] {
  const batches: Numbered[][] = [];
  let room = 0;
  for (const [index, merge] of merges.entries()) {
    if (results[index]) {
      continue;
    }
    const size = SIDES.reduce((sum, side) => sum + merge[side].byteLength, 0);
    if (size > limits.maxBytes) {
      throw new GitError(
        `Not merged: a text and its two changed versions have ${size} bytes, and at most ${limits.maxBytes} are merged`,
      );
    }
    const batch = batches.at(-1);
    if (batch && size <= room && batch.length < limits.maxFiles) {
      batch.push({ index, merge });
      room -= size;
    } else {
      batches.push([{ index, merge }]);
      room = limits.maxBytes - size;
    }
  }
  return batches;
}

async function mergeBatch(
  repository: MergeRepository,
  batch: readonly Numbered[],
): Promise<ContentMergeResult[]> {
  const { trees, contents } = treesOf(batch);
  const favoured = batch.filter(({ merge }) => merge.favour);
  const markerSize = markerSizeFor(
    favoured.flatMap(({ merge }) => SIDES.map(side => merge[side])),
  );
  await repository.importTrees(trees, contents);
  const { tree, messages } =
    markerSize === USUAL_MARKER_SIZE
      ? await repository.merge()
      : await repository.mergeOnItsOwn(markerSize);
  const inConflict = pathsOf(messages, 'CONFLICT');
  const binary = pathsOf(messages, 'CONFLICT (binary)');
  const wanted = batch.map(({ merge }, at) => {
    const path = pathOf(at);
    const isSettled =
      !inConflict.has(path) || (merge.favour && !binary.has(path));
    return isSettled ? `${tree}:${path}` : undefined;
  });
  const merged = await repository.read(
    wanted.filter(name => name !== undefined),
  );
  return batch.map(({ merge }, at) => {
    const content = merged.get(wanted[at] ?? '');
    if (content && merge.favour && inConflict.has(pathOf(at))) {
      const { favour } = merge;
      const side = merge[favour];
      return {
        content: settleFor({ merged: content, markerSize, favour, side }),
      };
    }
    return content ? { content } : {};
  });
}

function treesOf(batch: readonly Numbered[]) {
  const contents = new Map<string, Uint8Array>();
  const trees: BySide<Map<string, NamedFile>> = {
    base: new Map(),
    ours: new Map(),
    theirs: new Map(),
  };
  for (const [at, { merge }] of batch.entries()) {
    for (const side of SIDES) {
      const blob = blobName(merge[side]);
      contents.set(blob, merge[side]);
      trees[side].set(pathOf(at), { mode: '100644', blob });
    }
  }
  return { trees, contents };
}

/** Spread over folders: git looks through the whole of a folder for each file it adds. */
function pathOf(at: number): string {
  return `${at % FOLDERS}/${at}`;
}

function pathsOf(
  messages: readonly { paths: string[]; type: string }[],
  type: string,
): Set<string> {
  const said = messages.filter(message => message.type.startsWith(type));
  return new Set(said.flatMap(({ paths }) => paths));
}
