import type { HunkDecision } from '../model';
import { statusOf } from './compareUnit';
import { isSameContent } from './contents';
import { type FileOutcome, outcomeOf, theirFile } from './FileOutcome';
import { type FileUnit, unitPath } from './FileUnit';
import type { MergedText } from './mergeTexts';

/** A file that somebody decided to leave as the service has it: settled, the lock goes on. */
export function keptAsDecided(
  unit: FileUnit,
  text: MergedText | undefined,
  absent: string[] = [],
): FileOutcome {
  return outcomeOf(unit, {
    status: statusOf(unit),
    action: 'keep',
    reason: 'Left as the service has it, as decided',
    hunks: (text?.hunks ?? []).map(hunk =>
      hunk.status === 'present' ? hunk : { ...hunk, status: 'declined' },
    ),
    absent,
    ...(unit.comparison.isChanged && { change: 'declined' }),
  });
}

/**
 * Two different files in one place and nothing known that both come from: the service added one of its own where the
 * template adds one, or what was stamped there cannot be reproduced. Nothing is merged without a base, so that the
 * service's stays until somebody decides, for the whole file or difference by difference.
 */
export function conflictWithoutBase(
  unit: FileUnit,
  decision: HunkDecision | undefined,
  text: MergedText | undefined,
): FileOutcome {
  const { base, ours, theirs, comparison } = unit;
  const path = unitPath(unit);
  if (decision === 'keep') {
    return keptAsDecided(unit, text);
  }
  if (decision === 'take') {
    return outcomeOf(unit, {
      status: statusOf(unit),
      action: 'change',
      write: theirFile(unit, path),
      hunks: text?.hunks ?? [],
      change: 'applicable',
    });
  }
  const isSameText =
    ours && comparison.theirs && isSameContent(ours.content, comparison.theirs);
  if (ours && text && !text.isConflict && !isSameText) {
    const isSame = isSameContent(text.content, ours.content);
    return outcomeOf(unit, {
      status: statusOf(unit),
      action: isSame ? 'keep' : 'change',
      reason: 'As decided, difference by difference',
      ...(!isSame && { write: { ...ours, content: text.content } }),
      hunks: text.hunks,
      change: isSame ? 'declined' : 'applicable',
    });
  }
  if (base) {
    return outcomeOf(unit, {
      status: 'conflict',
      action: 'keep',
      conflict: 'no-base',
      reason:
        'What was stamped cannot be reproduced, so that the edit of the service cannot be told from the change of the template',
      hunks: text?.hunks ?? [],
      entry: 'held',
      change: 'conflict',
    });
  }
  return outcomeOf(unit, {
    status: 'conflict',
    action: 'keep',
    conflict: isSameText && ours?.mode !== theirs?.mode ? 'mode' : 'add/add',
    reason: 'The service has a file of its own where the template adds one',
    hunks: text?.hunks ?? [],
    entry: 'held',
    change: 'conflict',
  });
}
