import type { Waiver } from '../model';
import { statusOf } from './compareUnit';
import { type FileOutcome, outcomeOf } from './FileOutcome';
import type { FileUnit } from './FileUnit';
import type { MergedText } from './mergeTexts';

/** Why a file that the service deleted is none of drift. */
export const ABSENT = 'Deleted by the service on purpose, as the lock records';

/** A file under a waiver: nothing is done, and the lock stays where it is, so that the change is offered again after. */
export function waivedOutcome(
  unit: FileUnit,
  waiver: Waiver,
  text: MergedText | undefined,
): FileOutcome {
  const { isChanged, isConverged } = unit.comparison;
  const status = statusOf(unit);
  const isDrift = status !== 'pristine' && status !== 'converged';
  const hunks = (text?.hunks ?? []).map(hunk => ({
    ...hunk,
    status:
      hunk.status === 'present' ? ('present' as const) : ('declined' as const),
  }));
  return outcomeOf(unit, {
    status: isDrift ? 'waived' : status,
    ...(isDrift && {
      reason: `${status}, waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
    }),
    hunks,
    entry: isChanged && !isConverged ? 'held' : 'new',
    ...(isChanged && { change: isConverged ? 'present' : 'declined' }),
  });
}

/** A file that belongs to the service after its creation, or to nobody. */
export function unownedOutcome(unit: FileUnit): FileOutcome {
  const { base, ours, theirs } = unit;
  const status = statusOf(unit);
  if (unit.class === 'excluded') {
    return outcomeOf(unit, { status, reason: reasonOfAbsence(unit) });
  }
  if (!ours && !base && theirs && !unit.isAbsent) {
    return outcomeOf(unit, {
      status,
      action: 'add',
      write: theirs,
      reason: 'New in the template; the service owns it from then on',
    });
  }
  const moved =
    theirs && ours && theirs.path !== ours.path && theirs.path !== base?.path;
  return outcomeOf(unit, {
    status,
    reason: reasonOfAbsence(unit),
    absent: [
      ...(!ours && theirs ? [theirs.path] : []),
      // The service has it under its old name; a second copy would be of no use
      ...(moved ? [theirs.path] : []),
    ],
  });
}

function reasonOfAbsence({ isAbsent }: FileUnit): string | undefined {
  return isAbsent ? ABSENT : undefined;
}
