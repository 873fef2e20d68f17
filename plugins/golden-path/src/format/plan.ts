import type {
  HunkStatus,
  PlanConflictKind,
  PlanFile,
  PlanHunk,
  UpdatePlan,
} from '@goldenpath/engine';
import { countText } from './count';
import { shareText } from './share';
import type { Wording } from './tone';

/** The parts in which the files of a plan are shown, those that need a person first. */
export type PlanGroup =
  | 'conflicts'
  | 'restored'
  | 'changed'
  | 'kept'
  | 'unchanged';

/** The parts in their order, with what they hold. */
export const PLAN_GROUPS: {
  group: PlanGroup;
  title: string;
  explanation: string;
}[] = [
  {
    group: 'conflicts',
    title: 'Conflicts',
    explanation:
      'Changed here and in the template. As long as nothing is decided your lines stay.',
  },
  {
    group: 'restored',
    title: 'Restored',
    explanation:
      'The template owns these. They are put back as it has them, unless you keep yours.',
  },
  {
    group: 'changed',
    title: 'Changed',
    explanation: 'What the update writes, moves or deletes.',
  },
  {
    group: 'kept',
    title: 'Kept',
    explanation:
      'The template has another version of these; yours stay as they are.',
  },
  {
    group: 'unchanged',
    title: 'Unchanged',
    explanation: 'Nothing is done to these.',
  },
];

/** The part in which a file is shown. */
export function planGroupOf(
  file: Pick<PlanFile, 'action' | 'conflict'>,
): PlanGroup {
  if (file.conflict !== undefined) {
    return 'conflicts';
  }
  switch (file.action) {
    case 'restore':
      return 'restored';
    case 'keep':
      return 'kept';
    case 'none':
      return 'unchanged';
    default:
      return 'changed';
  }
}

const HUNKS: Record<HunkStatus, Wording> = {
  present: {
    label: 'Already here',
    tone: 'good',
    meaning: 'The service has this change of the template already.',
  },
  applicable: {
    label: 'Can be taken',
    tone: 'busy',
    meaning: 'The change can be taken without touching what was edited here.',
  },
  conflict: {
    label: 'In conflict',
    tone: 'bad',
    meaning: 'The same lines were edited here.',
  },
  declined: {
    label: 'Left out',
    tone: 'neutral',
    meaning: 'Not taken, as a decision or an exception says.',
  },
};

/** How a change of the template stands to the service, in words. */
export function hunkWording(status: HunkStatus): Wording {
  return HUNKS[status];
}

const ACTIONS: Record<PlanFile['action'], Wording> = {
  none: {
    label: 'Nothing to do',
    tone: 'neutral',
    meaning: 'The update does not touch it.',
  },
  add: { label: 'Added', tone: 'busy', meaning: 'New in the template.' },
  change: {
    label: 'Changed',
    tone: 'busy',
    meaning: 'Changes of the template are merged into it.',
  },
  delete: {
    label: 'Deleted',
    tone: 'warn',
    meaning: 'The template has it no more and nobody edited it here.',
  },
  move: {
    label: 'Moved',
    tone: 'busy',
    meaning: 'The template moved it; your edits go with it.',
  },
  restore: {
    label: 'Restored',
    tone: 'warn',
    meaning: 'The template owns it; what was edited or deleted here is undone.',
  },
  keep: {
    label: 'Kept',
    tone: 'neutral',
    meaning: 'It stays as it is although the template has another.',
  },
};

const CONFLICTS: Record<PlanConflictKind, string> = {
  content: 'The same lines were changed here and in the template.',
  'add/add': 'The template adds a file where the service has one of its own.',
  binary: 'Changed here and in the template, and it is no text to merge.',
  mode: 'Whether it may be run was changed here and, in another way, in the template.',
  'file/folder': 'One side has a folder where the other has a file.',
  rename: 'Moved here and in the template, to different places.',
  'no-base':
    'What the template once wrote cannot be reproduced, so that your edits cannot be told from its own.',
};

/** What the update does to a file, in words; a conflict before all else. */
export function planFileWording(
  file: Pick<PlanFile, 'action' | 'conflict'>,
): Wording {
  return file.conflict === undefined
    ? ACTIONS[file.action]
    : {
        label: 'Conflict',
        tone: 'bad',
        meaning: CONFLICTS[file.conflict],
      };
}

/** Why a file is in conflict, in a sentence. */
export function conflictText(kind: PlanConflictKind): string {
  return CONFLICTS[kind];
}

/** `2 files in conflict keep your lines`. */
export function conflictsText(count: number): string {
  return `${countText(count, 'file')} in conflict ${
    count === 1 ? 'keeps' : 'keep'
  } your lines`;
}

/** `2 files are restored`. */
export function restoredText(count: number): string {
  return `${countText(count, 'file')} ${count === 1 ? 'is' : 'are'} restored`;
}

/** What an update would do, in a sentence. */
export function planSummaryText(plan: UpdatePlan): string {
  const count = (group: PlanGroup) =>
    plan.files.filter(file => planGroupOf(file) === group).length;
  const changed = count('changed');
  const conflicts = count('conflicts');
  const restored = count('restored');
  const parts = [
    ...(changed > 0
      ? [
          `${countText(changed, 'file')} ${
            changed === 1 ? 'changes' : 'change'
          }`,
        ]
      : []),
    ...(conflicts > 0 ? [conflictsText(conflicts)] : []),
    ...(restored > 0 ? [restoredText(restored)] : []),
  ];
  return parts.length === 0
    ? `No file changes; only the lock file moves to ${plan.template.to}.`
    : `${parts.join(', ')}.`;
}

/** How much of what the template changed the service has: `63 % migrated: 12 of 19 changes are here already`. */
export function migratedText(migrated: UpdatePlan['migrated']): string {
  return migrated.share === null
    ? 'The template changed nothing that concerns this service.'
    : `${shareText(migrated.share)} migrated: ${
        migrated.present
      } of ${countText(migrated.total, 'change')} of the template ${
        migrated.present === 1 ? 'is' : 'are'
      } here already`;
}

/** The parts of `migrated`, best first. */
export const MIGRATED_ORDER = [
  'present',
  'applicable',
  'conflict',
  'declined',
] as const satisfies readonly HunkStatus[];

/** A change of the template as a patch of its own. */
export function hunkPatch(hunk: PlanHunk): string {
  const isContext = (line: string) => line.startsWith(' ');
  const first = hunk.lines.findIndex(line => !isContext(line));
  const context = first < 0 ? hunk.lines.length : first;
  const removed = hunk.lines.filter(line => line.startsWith('-')).length;
  const added = hunk.lines.filter(line => line.startsWith('+')).length;
  const around = hunk.lines.filter(isContext).length;
  // The numbers are of the changed lines alone, and of none the line before; the lines around begin earlier.
  const from = (start: number, count: number) =>
    Math.max((count === 0 ? start + 1 : start) - context, 1);
  const range = (start: number, count: number, shown: number) =>
    `${shown === 0 ? start : from(start, count)},${shown}`;
  return [
    `@@ -${range(hunk.oldStart, hunk.oldLines, removed + around)} +${range(
      hunk.newStart,
      hunk.newLines,
      added + around,
    )} @@`,
    ...hunk.lines,
  ].join('\n');
}
