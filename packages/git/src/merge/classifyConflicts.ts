import type { TreeConflict, TreeMove } from '@goldenpath/engine';
import type { BySide } from './checkTrees';
import type { NamedFile } from './importCommands';
import type { MergeMessage, MergeTreeOutput } from './parseMergeTree';

type Kind = TreeConflict['kind'];

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['CONFLICT (binary)', 'binary'],
  ['CONFLICT (file/directory)', 'file/folder'],
  ['CONFLICT (distinct modes)', 'mode'],
  ['CONFLICT (modify/delete)', 'modify/delete'],
  ['CONFLICT (rename/rename)', 'rename/rename'],
  ['CONFLICT (rename/delete)', 'rename/delete'],
  ['CONFLICT (rename involved in collision)', 'rename/add'],
]);

/** Where git says several things of one path, the first of these tells the most. */
const TELLING: readonly Kind[] = [
  'rename/rename',
  'rename/add',
  'rename/delete',
  'file/folder',
  'mode',
  'modify/delete',
  'add/add',
  'binary',
  'content',
  'other',
];

/** What was merged, and what came of it. */
export type MergedOutput = {
  output: MergeTreeOutput;
  moves: { ours: TreeMove[]; theirs: TreeMove[] };
  /** The trees as git got them. */
  named: BySide<ReadonlyMap<string, NamedFile>>;
};

/**
 * Makes conflicts of git's messages: one for each path, with that path first.
 *
 * git calls several things `contents` that are told apart here: files that both sides added, moved to, or gave different
 * modes. It names a file that it put aside by its new name; here the one it had comes before.
 */
export function classifyConflicts(merged: MergedOutput): TreeConflict[] {
  const conflicts = new Map<string, TreeConflict>();
  const putAside = asideNames(merged.output.messages);
  for (const message of merged.output.messages) {
    if (!message.type.startsWith('CONFLICT')) {
      continue;
    }
    const conflict = conflictOf(merged, withOwnNames(message, putAside));
    const [path] = conflict.paths;
    const other = conflicts.get(path);
    conflicts.set(path, other ? moreTelling(other, conflict) : conflict);
  }
  return [...conflicts.values()].sort((a, b) =>
    a.paths[0] < b.paths[0] ? -1 : 1,
  );
}

function asideNames(messages: readonly MergeMessage[]): Map<string, string> {
  return new Map(
    messages
      .filter(({ type }) => KINDS.get(type) === 'file/folder')
      .map(({ paths: [aside, own] }) => [aside, own]),
  );
}

function withOwnNames(
  message: MergeMessage,
  putAside: ReadonlyMap<string, string>,
): MergeMessage {
  const paths = message.paths.flatMap(path => {
    const own = putAside.get(path);
    return own === undefined ? [path] : [own, path];
  });
  return { ...message, paths: [...new Set(paths)] };
}

function conflictOf(merged: MergedOutput, message: MergeMessage): TreeConflict {
  const { paths, type, text } = message;
  if (type === 'CONFLICT (contents)') {
    return { ...conflictOfContents(merged, paths[0]), message: text };
  }
  return { kind: KINDS.get(type) ?? 'other', paths, message: text };
}

function conflictOfContents(
  { output, moves, named }: MergedOutput,
  path: string,
): Omit<TreeConflict, 'message'> {
  const ours = moves.ours.find(({ to }) => to === path);
  const theirs = moves.theirs.find(({ to }) => to === path);
  if (ours && theirs && ours.from !== theirs.from) {
    return { kind: 'rename/rename', paths: [path, ours.from, theirs.from] };
  }
  if (ours && !theirs && named.theirs.has(path)) {
    return { kind: 'rename/add', paths: [path, ours.from] };
  }
  if (theirs && !ours && named.ours.has(path)) {
    return { kind: 'rename/add', paths: [path, theirs.from] };
  }
  const [base, one, other] = [1, 2, 3].map(stage =>
    output.stages.find(entry => entry.path === path && entry.stage === stage),
  );
  if (one && one.blob === other?.blob && one.mode !== other.mode) {
    return { kind: 'mode', paths: [path] };
  }
  return { kind: base ? 'content' : 'add/add', paths: [path] };
}

function moreTelling(one: TreeConflict, other: TreeConflict): TreeConflict {
  const [first, second] =
    TELLING.indexOf(one.kind) <= TELLING.indexOf(other.kind)
      ? [one, other]
      : [other, one];
  return { ...first, paths: [...new Set([...first.paths, ...second.paths])] };
}
