import type { HunkDecision, PlanNotice } from '../model';
import { statusOf } from './compareUnit';
import { type FileOutcome, outcomeOf, theirFile } from './FileOutcome';
import { type FileUnit, unitPath } from './FileUnit';
import { ABSENT } from './leftAlone';

/** A file that the new version no longer has: deleted with it, unless the service made something of it. */
export function droppedByTemplate(
  unit: FileUnit,
  decision: HunkDecision | undefined,
): FileOutcome {
  const { ours, comparison } = unit;
  const status = statusOf(unit);
  if (!ours) {
    return outcomeOf(unit, { status, change: 'present' });
  }
  const reason = 'Removed by the template';
  if (decision === 'take' || (!comparison.isEdited && decision !== 'keep')) {
    return outcomeOf(unit, {
      status,
      action: 'delete',
      remove: ours.path,
      reason,
      change: 'applicable',
    });
  }
  return outcomeOf(unit, {
    status,
    action: 'keep',
    reason: comparison.isEdited
      ? `${reason}, kept since the service changed it`
      : `${reason}, kept as decided`,
    change: 'declined',
    notices: [
      {
        kind: 'deleted-by-template',
        path: ours.path,
        message: `The template no longer has '${unitPath(
          unit,
        )}'; the service's file stays, and is the service's own from now on`,
      },
    ],
  });
}

/** A merged file that the new version has and the service has not. */
export function missingInService(
  unit: FileUnit,
  decision: HunkDecision | undefined,
): FileOutcome {
  const { base, theirs, comparison, isAbsent } = unit;
  const status = statusOf(unit);
  const wasThere = base !== undefined || isAbsent;
  if (decision === 'take' || (!wasThere && decision !== 'keep')) {
    return outcomeOf(unit, {
      status,
      path: theirFile(unit).path,
      action: 'add',
      write: theirFile(unit),
      reason: wasThere ? 'Put back as decided' : 'New in the template',
      change: 'applicable',
    });
  }
  const path = theirs?.path ?? unitPath(unit);
  const hasNews = base !== undefined && comparison.isChanged;
  const notice: PlanNotice = {
    kind: 'deleted-by-service',
    path,
    message: `The template changed '${path}', which the service deleted; it stays deleted`,
  };
  return outcomeOf(unit, {
    status,
    reason: isAbsent ? ABSENT : reasonToStay(wasThere),
    absent: namesToForget(unit),
    notices: hasNews ? [notice] : [],
    ...((hasNews || !base) && { change: 'declined' }),
  });
}

function reasonToStay(wasThere: boolean): string {
  return wasThere
    ? 'Deleted by the service; the deletion stays'
    : 'Left out as decided';
}

/** Paths of the new version that are not to come back. */
export function namesToForget({ theirs }: FileUnit): string[] {
  return theirs ? [theirs.path] : [];
}
