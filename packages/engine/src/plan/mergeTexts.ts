import type { UpdateDecisions } from '../model';
import { bumpsIn, type VersionBump } from './alignVersions';
import { encodeText, isSameContent } from './contents';
import { applyHunks, type Hunk } from './hunks';
import { keepsOwnLines } from './keepsOwnLines';
import {
  draftOf,
  type MergedHunk,
  mergeOf,
  type TextDraft,
  type TextMerge,
} from './textDraft';
import type { ContentMerge, TreeMerger } from './TreeMerger';

/** Outcome of merging one text. */
export type MergedText = {
  /** The service's lines with every change in it that is taken. */
  content: Uint8Array;
  hunks: MergedHunk[];
  /** Whether a conflict is left that nobody decided. */
  isConflict: boolean;
  bumps: VersionBump[];
};

/**
 * Merges texts change by change: which of the template's changes the service has, which it can take, which meet its own;
 * and the content with those that are taken. Two calls of the merger, whatever the number of texts, and a third where
 * changes are taken beside a conflict.
 */
export async function mergeTexts(
  merges: readonly TextMerge[],
  decisions: UpdateDecisions,
  merger: TreeMerger,
): Promise<MergedText[]> {
  const drafts = merges.map(merge => draftOf(merge, decisions));
  await tellStatuses(drafts, merger);
  const decided = drafts.map(decide);
  const texts = await takeHunks(drafts, decided, merger);
  await leaveUnstable(drafts, decided, texts, merger);
  return texts;
}

async function tellStatuses(
  drafts: readonly TextDraft[],
  merger: TreeMerger,
): Promise<void> {
  const questions = drafts
    .filter(draft => !draft.isSimple)
    .flatMap(draft =>
      draft.hunks.map(hunk => ({
        hunk,
        draft,
        merge: mergeOf(draft, [hunk.hunk]),
      })),
    );
  const answers = await mergeAll(
    merger,
    questions.map(({ merge }) => merge),
  );
  questions.forEach(({ hunk, draft, merge }, index) => {
    const content = answers[index];
    const raises =
      draft.alignment && bumpsIn(draft.alignment, [hunk.hunk]).length > 0;
    if (!content) {
      hunk.status = 'conflict';
    } else if (!raises && isSameContent(content, merge.ours)) {
      hunk.status = 'present';
    } else {
      hunk.status = 'applicable';
    }
  });
}

type Decided = { taken: Hunk[]; forced: boolean; isConflict: boolean };

/** Writes the decisions into the statuses, and says which hunks are taken. */
function decide({ hunks, decision }: TextDraft): Decided {
  const taken: Hunk[] = [];
  let forced = false;
  let isConflict = false;
  for (const hunk of hunks) {
    const chosen =
      decision?.file === 'keep'
        ? 'keep'
        : decision?.hunks?.[hunk.id] ?? decision?.file;
    if (chosen === 'keep' && hunk.status !== 'present') {
      hunk.status = 'declined';
    } else if (chosen === 'take' && hunk.status === 'conflict') {
      hunk.status = 'applicable';
      forced = true;
    }
    if (hunk.status === 'conflict') {
      isConflict = true;
    } else if (hunk.status !== 'declined') {
      taken.push(hunk.hunk);
    }
  }
  return { taken, forced, isConflict };
}

async function takeHunks(
  drafts: readonly TextDraft[],
  decided: readonly Decided[],
  merger: TreeMerger,
): Promise<MergedText[]> {
  const needsMerge = (index: number) =>
    !drafts[index].isSimple &&
    drafts[index].hunks.some(({ status }) => status === 'applicable');
  const merges = drafts.map((draft, index) =>
    needsMerge(index)
      ? mergeOf(draft, decided[index].taken, decided[index].forced)
      : undefined,
  );
  const answers = await mergeAll(
    merger,
    merges.flatMap(merge => merge ?? []),
  );
  let next = 0;
  return drafts.map((draft, index): MergedText => {
    const { taken, forced, isConflict } = decided[index];
    const { hunks, ours } = draft;
    const bumps = draft.alignment?.bumps ?? [];
    const done = (content: Uint8Array): MergedText => ({
      content,
      hunks,
      isConflict,
      bumps,
    });
    const merge = merges[index];
    if (!merge) {
      const isOurs = !hunks.some(({ status }) => status === 'applicable');
      return done(isOurs ? ours : simpleResult(draft, taken));
    }
    const content = answers[next];
    next += 1;
    if (content && (forced || keepsOwnLines({ ...merge, result: content }))) {
      return done(content);
    }
    // Each change fits alone but not all together
    const text = done(ours);
    leaveAlone(text, ours);
    return text;
  });
}

/** Leaves the service's lines as they are; what could have been taken waits with the conflict. */
function leaveAlone(text: MergedText, ours: Uint8Array): void {
  text.content = ours;
  text.isConflict = true;
  for (const hunk of text.hunks) {
    if (hunk.status === 'applicable') {
      hunk.status = 'conflict';
    }
  }
}

/**
 * A text in conflict meets the same base again in the next plan, which must then find there what this one took. Where
 * lines repeat, git may not, and would take a change twice: such a text is left alone.
 */
async function leaveUnstable(
  drafts: readonly TextDraft[],
  decided: readonly Decided[],
  texts: readonly MergedText[],
  merger: TreeMerger,
): Promise<void> {
  const partial = drafts.flatMap((draft, index) => {
    const text = texts[index];
    return text.isConflict &&
      !decided[index].forced &&
      !isSameContent(text.content, draft.ours)
      ? [{ draft, text, next: draftOf({ ...draft, ours: text.content }, {}) }]
      : [];
  });
  await tellStatuses(
    partial.map(({ next }) => next),
    merger,
  );
  for (const { draft, text, next } of partial) {
    const isStable = text.hunks.every(
      ({ status }, at) =>
        status === 'declined' ||
        next.hunks[at].status ===
          (status === 'conflict' ? 'conflict' : 'present'),
    );
    if (!isStable) {
      leaveAlone(text, draft.ours);
    }
  }
}

function simpleResult(draft: TextDraft, taken: readonly Hunk[]): Uint8Array {
  if (taken.length === draft.hunks.length) {
    return draft.theirs;
  }
  const { base, theirs } = draft.lines;
  return encodeText(
    applyHunks({ oldLines: base, newLines: theirs, hunks: taken }).join(''),
  );
}

async function mergeAll(
  merger: TreeMerger,
  merges: readonly ContentMerge[],
): Promise<(Uint8Array | undefined)[]> {
  if (merges.length === 0) {
    return [];
  }
  const results = await merger.mergeContents(merges);
  return results.map(({ content }) => content);
}
