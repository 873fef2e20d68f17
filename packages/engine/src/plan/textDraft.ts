import type { HunkStatus, UpdateDecisions } from '../model';
import {
  alignTriple,
  findVersionAlignment,
  type LineTriple,
  type VersionAlignment,
} from './alignVersions';
import { encodeText, isSameContent, textOnce } from './contents';
import { applyHunks, findHunks, type Hunk, hunkIds, splitLines } from './hunks';
import type { ContentMerge } from './TreeMerger';

/** A text that the template changed, to be merged with the service's. */
export type TextMerge = {
  /** Names of the file in decisions, the first that has one counts; the first is where the service has it. */
  paths: string[];
  /** Absent where nothing was stamped there: then every difference is a conflict, for people to decide. */
  base?: Uint8Array;
  ours: Uint8Array;
  theirs: Uint8Array;
};

/** A change of the template in a text. */
export type MergedHunk = {
  id: string;
  status: HunkStatus;
  hunk: Hunk;
  oldLines: readonly string[];
  newLines: readonly string[];
};

type Decision = UpdateDecisions[string];

/** A text on its way to be merged. */
export type TextDraft = TextMerge & {
  lines: LineTriple;
  hunks: MergedHunk[];
  decision?: Decision;
  alignment?: VersionAlignment;
  isSimple: boolean;
};

/** What was decided about a file, under any of its paths. */
export function decisionOf(
  decisions: UpdateDecisions,
  paths: readonly string[],
): Decision | undefined {
  const path = paths.find(name => Object.hasOwn(decisions, name));
  return path === undefined ? undefined : decisions[path];
}

/** The template's changes of a text, before git is asked about them. */
export function draftOf(
  merge: TextMerge,
  decisions: UpdateDecisions,
): TextDraft {
  const { base, ours, theirs, paths } = merge;
  const text = (content: Uint8Array) => textOnce(content) ?? '';
  const start = base ?? ours;
  const oldLines = splitLines(text(start));
  const newLines = splitLines(text(theirs));
  const hunks = findHunks(oldLines, newLines);
  const ids = hunkIds({ oldLines, newLines, hunks });
  const isUnedited = isSameContent(start, ours);
  const isConverged = isSameContent(ours, theirs);
  const isSimple = isUnedited || isConverged;
  let status: HunkStatus = isConverged ? 'present' : 'applicable';
  if (!base) {
    status = 'conflict';
  }
  return {
    ...merge,
    lines: {
      base: oldLines,
      ours: isUnedited ? oldLines : splitLines(text(ours)),
      theirs: newLines,
    },
    hunks: hunks.map((hunk, index) => ({
      id: ids[index],
      status,
      hunk,
      oldLines,
      newLines,
    })),
    decision: decisionOf(decisions, paths),
    isSimple,
    ...(!isSimple &&
      base && {
        alignment: findVersionAlignment({
          path: paths[0],
          base: text(base),
          ours: text(ours),
          theirs: text(theirs),
        }),
      }),
  };
}

/** The service's text against the stamped one with some of the template's changes. */
export function mergeOf(
  { lines, alignment }: TextDraft,
  hunks: readonly Hunk[],
  isForced = false,
): ContentMerge {
  const triple = alignment
    ? alignTriple(lines, hunks, alignment)
    : {
        ...lines,
        theirs: applyHunks({
          oldLines: lines.base,
          newLines: lines.theirs,
          hunks,
        }),
      };
  return {
    base: encodeText(triple.base.join('')),
    ours: encodeText(triple.ours.join('')),
    theirs: encodeText(triple.theirs.join('')),
    ...(isForced && { favour: 'theirs' as const }),
  };
}
