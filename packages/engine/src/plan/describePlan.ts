import { NO_DRIFT } from '../drift/statuses';
import type { HunkStatus, PlanFile, UpdatePlan } from '../model';
import { textOnce } from './contents';
import type { FileOutcome } from './FileOutcome';
import { diffLines } from './hunks';
import type { MergedHunk } from './textDraft';
import { unifiedPatch } from './unifiedPatch';

const NO_MODE = '000000';

/** A file of the plan, as people and programs read it. */
export function planFile(outcome: FileOutcome): PlanFile {
  const { unit, path, status, action, conflict, reason, write, remove } =
    outcome;
  const { base, ours, theirs } = unit;
  const isOwned = unit.class === 'managed' || unit.class === 'merged';
  const before = ours?.content;
  const oldText = before ? textOnce(before) : '';
  const newText = write ? textOnce(write.content) : '';
  const isBinary = [before, write?.content, theirs?.content].some(
    content => content && textOnce(content) === undefined,
  );
  const isChanged = write !== undefined || remove !== undefined;
  const patch =
    isChanged && oldText !== undefined && newText !== undefined
      ? unifiedPatch(oldText, newText)
      : undefined;
  const modeAfter = write?.mode ?? NO_MODE;
  const hasNewMode = write && ours && ours.mode !== write.mode;
  return {
    path,
    ...(base && base.path !== path && { movedFrom: base.path }),
    status,
    class: unit.class,
    drifted: isOwned && !NO_DRIFT.includes(status),
    action,
    ...(conflict && { conflict }),
    ...(reason !== undefined && { reason }),
    hunks: outcome.hunks.map(planHunk),
    ...(patch !== undefined && { patch }),
    ...(isBinary && { binary: true }),
    ...(hasNewMode && { mode: { from: ours.mode, to: modeAfter } }),
  };
}

function planHunk({ id, status, hunk, oldLines, newLines }: MergedHunk) {
  return {
    id,
    status,
    oldStart: lineNumber(hunk.oldStart, hunk.oldCount),
    oldLines: hunk.oldCount,
    newStart: lineNumber(hunk.newStart, hunk.newCount),
    newLines: hunk.newCount,
    lines: diffLines({ oldLines, newLines, hunk }),
  };
}

/** Of an empty range the line before it, as unified diffs have it. */
function lineNumber(start: number, count: number): number {
  return count === 0 ? start : start + 1;
}

/** How many changes of the template the service has, can take, or cannot. Files that are the service's do not count. */
export function countMigrated(
  outcomes: readonly FileOutcome[],
): UpdatePlan['migrated'] {
  const counts: Record<HunkStatus, number> = {
    present: 0,
    applicable: 0,
    conflict: 0,
    declined: 0,
  };
  for (const { unit, hunks, change, conflict } of outcomes) {
    const isWhole =
      hunks.length === 0 || conflict === 'add/add' || conflict === 'no-base';
    if (unit.class !== 'managed' && unit.class !== 'merged') {
      // Nothing that the service would migrate to
    } else if (!isWhole) {
      hunks.forEach(({ status }) => {
        counts[status] += 1;
      });
    } else if (change) {
      counts[change] += 1;
    }
  }
  const total =
    counts.present + counts.applicable + counts.conflict + counts.declined;
  return {
    ...counts,
    total,
    share: total === 0 ? null : counts.present / total,
  };
}
