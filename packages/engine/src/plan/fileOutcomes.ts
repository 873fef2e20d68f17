import type { HunkDecision, UpdateDecisions } from '../model';
import { isSameContent, textOnce } from './contents';
import { type FileOutcome, namesOf } from './FileOutcome';
import type { FileUnit } from './FileUnit';
import { unownedOutcome, waivedOutcome } from './leftAlone';
import { managedOutcome } from './managedFiles';
import { isKindChanged, mergedOutcome } from './mergedFiles';
import { type MergedText, mergeTexts } from './mergeTexts';
import { decisionOf, type TextMerge } from './textDraft';
import type { TreeMerger } from './TreeMerger';

/** What is to become of each file, by its class, its waiver and what was decided. */
export async function fileOutcomes(
  units: readonly FileUnit[],
  decisions: UpdateDecisions,
  merger: TreeMerger,
): Promise<FileOutcome[]> {
  const merges = new Map<FileUnit, TextMerge>();
  for (const unit of units) {
    const merge = textMergeOf(unit);
    if (merge) {
      merges.set(unit, merge);
    }
  }
  const results = await mergeTexts([...merges.values()], decisions, merger);
  const texts = new Map(
    [...merges.keys()].map((unit, index) => [unit, results[index]]),
  );
  return units.map(unit =>
    fileOutcome(
      unit,
      decisionOf(decisions, namesOf(unit))?.file,
      texts.get(unit),
    ),
  );
}

function fileOutcome(
  unit: FileUnit,
  decision: HunkDecision | undefined,
  text: MergedText | undefined,
): FileOutcome {
  if (unit.class === 'seeded' || unit.class === 'excluded') {
    return unownedOutcome(unit);
  }
  if (unit.waiver) {
    return waivedOutcome(unit, unit.waiver, text);
  }
  return unit.class === 'managed'
    ? managedOutcome(unit, decision, text)
    : mergedOutcome(unit, decision, text);
}

/** The texts to be merged of a file that both sides have and the template changed, if they are texts. */
function textMergeOf(unit: FileUnit): TextMerge | undefined {
  const { ours, theirs, comparison } = unit;
  const { base } = comparison;
  const next = comparison.theirs;
  if (
    (unit.class !== 'managed' && unit.class !== 'merged') ||
    !ours ||
    !theirs ||
    !next ||
    isKindChanged(unit) ||
    (base ? isSameContent(base, next) : isSameContent(ours.content, next))
  ) {
    return undefined;
  }
  const isText = [base, ours.content, next].every(
    content => content === undefined || textOnce(content) !== undefined,
  );
  return isText
    ? { paths: namesOf(unit), base, ours: ours.content, theirs: next }
    : undefined;
}
