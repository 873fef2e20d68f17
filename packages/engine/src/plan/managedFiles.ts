import type { HunkDecision } from '../model';
import { statusOf } from './compareUnit';
import { type FileOutcome, outcomeOf, theirFile } from './FileOutcome';
import type { FileUnit } from './FileUnit';
import {
  droppedByTemplate,
  missingInService,
  namesToForget,
} from './goneFiles';
import { conflictWithoutBase, keptAsDecided } from './keptFiles';
import type { MergedText } from './mergeTexts';
import type { MergedHunk } from './textDraft';

/** A file that belongs to the template: it follows the new version, also where the service changed or deleted it. */
export function managedOutcome(
  unit: FileUnit,
  decision: HunkDecision | undefined,
  text: MergedText | undefined,
): FileOutcome {
  const { base, ours, theirs, comparison } = unit;
  const status = statusOf(unit);
  if (!theirs) {
    return droppedByTemplate(unit, decision);
  }
  if (!ours && (!base || unit.isAbsent)) {
    return missingInService(unit, decision);
  }
  if (ours && (comparison.isConverged || (!base && decision !== 'take'))) {
    return comparison.isConverged
      ? outcomeOf(unit, {
          status,
          hunks: text?.hunks ?? [],
          ...(comparison.isChanged && { change: 'present' }),
        })
      : conflictWithoutBase(unit, decision, text);
  }
  if (decision === 'keep') {
    return keptAsDecided(unit, text, ours ? [] : namesToForget(unit));
  }
  if (!comparison.isEdited) {
    return outcomeOf(unit, {
      status,
      action: 'change',
      write: theirFile(unit),
      hunks: text?.hunks ?? [],
      ...(comparison.isChanged && { change: 'applicable' }),
    });
  }
  return outcomeOf(unit, {
    status,
    path: theirs.path,
    action: 'restore',
    write: theirFile(unit),
    reason: ours
      ? 'Belongs to the template, so that the edit is taken back'
      : 'Belongs to the template, so that it is put back',
    hunks: (text?.hunks ?? []).map(taken),
    notices: [
      {
        kind: 'restored',
        path: theirs.path,
        message: ours
          ? `'${theirs.path}' belongs to the template, and the service edited it; the edit is taken back`
          : `'${theirs.path}' belongs to the template, and the service deleted it; it is put back`,
      },
    ],
    ...(comparison.isChanged && { change: 'applicable' }),
  });
}

/** A restore takes every change, whatever it meets. */
function taken(hunk: MergedHunk): MergedHunk {
  return hunk.status === 'present' ? hunk : { ...hunk, status: 'applicable' };
}
