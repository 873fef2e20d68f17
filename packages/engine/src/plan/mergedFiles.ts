import type { HunkDecision, PlanConflictKind, PlanNotice } from '../model';
import type { FileMode, SourceFile } from '../render';
import { statusOf } from './compareUnit';
import { isSameContent } from './contents';
import { type FileOutcome, outcomeOf } from './FileOutcome';
import { type FileUnit, unitPath } from './FileUnit';
import { droppedByTemplate, missingInService } from './goneFiles';
import { conflictWithoutBase, keptAsDecided } from './keptFiles';
import type { MergedText } from './mergeTexts';

const REASONS: Partial<Record<PlanConflictKind, string>> = {
  content: 'Both sides changed the same lines; the service’s stay',
  binary: 'Both sides changed it, and it is no text that could be merged',
  mode: 'Both sides changed what kind of file it is, each in its own way',
};

/** A file that belongs to both: what each side did to it is brought together, and where that fails the service's stays. */
export function mergedOutcome(
  unit: FileUnit,
  decision: HunkDecision | undefined,
  text: MergedText | undefined,
): FileOutcome {
  const { base, ours, theirs, comparison } = unit;
  if (!theirs) {
    return droppedByTemplate(unit, decision);
  }
  if (!ours) {
    return missingInService(unit, decision);
  }
  if (comparison.isConverged || !comparison.isChanged) {
    return outcomeOf(unit, {
      status: statusOf(unit),
      hunks: text?.hunks ?? [],
      ...(comparison.isChanged && { change: 'present' }),
      notices: movedByService(unit),
    });
  }
  if (unit.blockedBy !== undefined) {
    return placeConflict(
      unit,
      text,
      `The service has a file of its own at '${theirs.path}', where the template moved or added this one`,
    );
  }
  if (decision === 'keep') {
    return keptAsDecided(unit, text);
  }
  if (!base || !comparison.base) {
    return conflictWithoutBase(unit, decision, text);
  }
  return bothSides({ unit, base, ours, theirs }, decision, text);
}

type Sides = {
  unit: FileUnit;
  base: NonNullable<FileUnit['base']>;
  ours: SourceFile;
  theirs: SourceFile;
};

function bothSides(
  sides: Sides,
  decision: HunkDecision | undefined,
  text: MergedText | undefined,
): FileOutcome {
  const { unit, base, ours, theirs } = sides;
  const isTaken = decision === 'take';
  const path = mergedPath(sides, isTaken);
  if (path === undefined) {
    return placeConflict(
      unit,
      text,
      `The service moved it to '${ours.path}', the template to '${theirs.path}'`,
    );
  }
  // A link and a file have nothing to merge: the one is taken or the other
  const isClash = isKindChanged(unit) && unit.comparison.isEdited && !isTaken;
  const mode = isClash ? undefined : mergedMode(sides, isTaken);
  const content: Content = isClash
    ? { content: ours.content }
    : mergedContent(unit, isTaken, text);
  const conflict = content.conflict ?? (mode ? undefined : 'mode');
  const result: SourceFile = {
    path,
    mode: mode ?? ours.mode,
    content: content.content,
  };
  const isMove = path !== ours.path;
  const isSame =
    !isMove &&
    result.mode === ours.mode &&
    isSameContent(result.content, ours.content);
  const idle = conflict || content.isDeclined ? 'keep' : 'none';
  const busy = isMove ? 'move' : 'change';
  const hunks = text?.hunks ?? [];
  const isMigrated =
    isSame && hunks.length > 0 && hunks.every(h => h.status === 'present');
  const status = isMigrated ? 'edited' : statusOf(unit);
  return outcomeOf(unit, {
    path,
    status: conflict ? 'conflict' : status,
    action: isSame ? idle : busy,
    ...(conflict && { conflict, reason: REASONS[conflict] }),
    hunks,
    ...(!isSame && { write: result }),
    ...(isMove && { remove: ours.path }),
    entry: conflict ? 'held' : 'new',
    notices: [
      ...movedByService(unit),
      ...(isMove && unit.comparison.isEdited
        ? movedByTemplate(base.path, path)
        : []),
      ...(text ? versionNotices(path, text) : []),
    ],
    change: changeOf(conflict, isSame),
  });
}

function changeOf(conflict: PlanConflictKind | undefined, isSame: boolean) {
  if (conflict) {
    return 'conflict';
  }
  return isSame ? 'present' : 'applicable';
}

function placeConflict(
  unit: FileUnit,
  text: MergedText | undefined,
  reason: string,
): FileOutcome {
  return outcomeOf(unit, {
    status: 'conflict',
    action: 'keep',
    conflict: 'rename',
    reason,
    hunks: text?.hunks ?? [],
    entry: 'held',
    change: 'conflict',
  });
}

/** Where the file is to be; `undefined` when each side moved it elsewhere. */
function mergedPath(
  { base, ours, theirs }: Sides,
  isTaken: boolean,
): string | undefined {
  if (theirs.path === base.path || ours.path === theirs.path) {
    return ours.path;
  }
  return ours.path === base.path || isTaken ? theirs.path : undefined;
}

function mergedMode(
  { base, ours, theirs }: Sides,
  isTaken: boolean,
): FileMode | undefined {
  if (theirs.mode === base.entry.mode) {
    return ours.mode;
  }
  return ours.mode === base.entry.mode || ours.mode === theirs.mode || isTaken
    ? theirs.mode
    : undefined;
}

type Content = {
  content: Uint8Array;
  conflict?: PlanConflictKind;
  /** True when changes are left out by decision. */
  isDeclined?: boolean;
};

function mergedContent(
  unit: FileUnit,
  isTaken: boolean,
  text: MergedText | undefined,
): Content {
  const { ours, comparison } = unit;
  const { base, theirs } = comparison;
  if (!ours || !base || !theirs) {
    throw new Error(`'${unitPath(unit)}' is not known to both sides`);
  }
  if (text) {
    return {
      content: text.content,
      ...(text.isConflict && { conflict: 'content' }),
      isDeclined: text.hunks.some(({ status }) => status === 'declined'),
    };
  }
  if (isSameContent(base, theirs) || isSameContent(ours.content, theirs)) {
    return { content: ours.content };
  }
  if (isSameContent(ours.content, base) || isTaken) {
    return { content: theirs };
  }
  return { content: ours.content, conflict: 'binary' };
}

/** Whether one of the versions is a symbolic link and another is not. */
export function isKindChanged({ base, ours, theirs }: FileUnit): boolean {
  const kinds = [base?.entry.mode, ours?.mode, theirs?.mode].flatMap(mode =>
    mode === undefined ? [] : [mode === '120000'],
  );
  return kinds.includes(true) && kinds.includes(false);
}

function movedByService({ base, ours, theirs }: FileUnit): PlanNotice[] {
  if (!base || !ours || ours.path === base.path || ours.path === theirs?.path) {
    return [];
  }
  return [
    {
      kind: 'moved-by-service',
      path: ours.path,
      message: `The service moved '${base.path}' to '${ours.path}'; the template's changes go there`,
    },
  ];
}

function movedByTemplate(from: string, to: string): PlanNotice[] {
  return [
    {
      kind: 'moved-by-template',
      path: to,
      message: `The template moved '${from}' to '${to}'; the service's edits go there`,
    },
  ];
}

function versionNotices(path: string, { bumps }: MergedText): PlanNotice[] {
  return bumps.map(({ key, ours, theirs, wins }) => {
    const higher = wins === 'ours' ? ours : theirs;
    const lower = wins === 'ours' ? theirs : ours;
    const sides =
      wins === 'ours' ? ['service', 'template'] : ['template', 'service'];
    return {
      kind: 'version-bump' as const,
      path,
      message: `Both sides moved ${key}: ${higher} of the ${sides[0]} is higher than ${lower} of the ${sides[1]}, and stays`,
    };
  });
}
