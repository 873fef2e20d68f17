import type {
  HunkDecision,
  PlanConflictKind,
  PlanFile,
  PlanHunk,
  UpdateDecisions,
  UpdatePlan,
} from '@goldenpath/engine';
import { planGroupOf } from '../format/plan';

/** What can be chosen for a file: one answer for all of it, or one for each change. */
export type FileChoice = HunkDecision | 'each';

function withPath(
  decisions: UpdateDecisions,
  path: string,
  next: UpdateDecisions[string],
): UpdateDecisions {
  const { [path]: _, ...others } = decisions;
  const hunks = Object.keys(next.hunks ?? {}).length > 0;
  return next.file === undefined && !hunks
    ? others
    : { ...others, [path]: next };
}

function decisionOf(decisions: UpdateDecisions, path: string) {
  return Object.hasOwn(decisions, path) ? decisions[path] : {};
}

/** Whether a person may decide about a change: those that are here already, or declined, are not asked about. */
export function isDecidable(hunk: PlanHunk): boolean {
  return hunk.status === 'conflict' || hunk.status === 'applicable';
}

const BY_LINES: PlanConflictKind[] = ['content', 'add/add', 'no-base'];

/** The changes of a file that can be decided one by one; none in files that follow the template whole, or are no text. */
export function decidableHunks(file: PlanFile): PlanHunk[] {
  const byLines =
    file.conflict === undefined
      ? planGroupOf(file) === 'changed' && file.class === 'merged'
      : BY_LINES.includes(file.conflict);
  return byLines ? file.hunks.filter(isDecidable) : [];
}

/** What can be chosen for a file as a whole, the usual first; nothing where there is nothing to choose. */
export function fileChoices(file: PlanFile): FileChoice[] {
  if (file.class === 'seeded' || file.class === 'excluded') {
    return [];
  }
  const each = decidableHunks(file).length > 0;
  switch (planGroupOf(file)) {
    case 'restored':
      return ['take', 'keep'];
    case 'conflicts':
      return each ? ['each', 'take', 'keep'] : ['keep', 'take'];
    case 'changed':
      return each ? ['each', 'keep'] : ['take', 'keep'];
    case 'kept':
      return file.status === 'waived' ? [] : ['keep', 'take'];
    default:
      return [];
  }
}

/** What is done when nothing is decided; `undefined` for a conflict, which stays one. */
function usualFileChoice(file: PlanFile): FileChoice | undefined {
  if (planGroupOf(file) === 'conflicts' && decidableHunks(file).length === 0) {
    return undefined;
  }
  return fileChoices(file)[0];
}

/** What is chosen for a file as a whole; `undefined` for a conflict that nobody has decided. */
export function fileChoice(
  decisions: UpdateDecisions,
  file: PlanFile,
): FileChoice | undefined {
  return decisionOf(decisions, file.path).file ?? usualFileChoice(file);
}

/** Decides about a file as a whole; to decide about each change again, `each`. */
export function decideFile(
  decisions: UpdateDecisions,
  file: PlanFile,
  choice: FileChoice,
): UpdateDecisions {
  return withPath(decisions, file.path, {
    ...decisionOf(decisions, file.path),
    file:
      choice === 'each' || choice === usualFileChoice(file)
        ? undefined
        : choice,
  });
}

/** What is chosen for a change; `undefined` for a conflict that nobody has decided. */
export function hunkChoice(
  decisions: UpdateDecisions,
  file: PlanFile,
  hunk: PlanHunk,
): HunkDecision | undefined {
  const { hunks = {} } = decisionOf(decisions, file.path);
  if (Object.hasOwn(hunks, hunk.id)) {
    return hunks[hunk.id];
  }
  return hunk.status === 'applicable' ? 'take' : undefined;
}

/** Decides about one change of a file. */
export function decideHunk(
  decisions: UpdateDecisions,
  file: PlanFile,
  hunk: PlanHunk,
  choice: HunkDecision,
): UpdateDecisions {
  const before = decisionOf(decisions, file.path);
  const { [hunk.id]: _, ...others } = before.hunks ?? {};
  const usual = hunk.status === 'applicable' && choice === 'take';
  return withPath(decisions, file.path, {
    ...before,
    hunks: usual ? others : { ...others, [hunk.id]: choice },
  });
}

/** What is sent: a file decided as a whole needs no decisions about its changes. */
export function decisionsToSend(decisions: UpdateDecisions): UpdateDecisions {
  return Object.fromEntries(
    Object.entries(decisions).map(([path, { file, hunks }]) => [
      path,
      file === undefined ? { hunks } : { file },
    ]),
  );
}

/** Those decisions that still have something to decide in another plan, by path and by the id of the change. */
export function decisionsFor(
  decisions: UpdateDecisions,
  plan: UpdatePlan,
): UpdateDecisions {
  let kept: UpdateDecisions = {};
  for (const file of plan.files) {
    const { file: whole, hunks = {} } = decisionOf(decisions, file.path);
    if (whole && fileChoices(file).includes(whole)) {
      kept = decideFile(kept, file, whole);
    }
    for (const hunk of decidableHunks(file)) {
      if (Object.hasOwn(hunks, hunk.id)) {
        kept = decideHunk(kept, file, hunk, hunks[hunk.id]);
      }
    }
  }
  return kept;
}

/** Whether every conflict in a file is decided. */
export function isSettled(decisions: UpdateDecisions, file: PlanFile): boolean {
  if (file.conflict === undefined) {
    return true;
  }
  const choice = fileChoice(decisions, file);
  return choice === 'each'
    ? decidableHunks(file).every(
        hunk => hunkChoice(decisions, file, hunk) !== undefined,
      )
    : choice !== undefined;
}

/** What the decisions come to. */
export interface DecisionCounts {
  taken: number;
  kept: number;
  /** Files in conflict that are not decided in full. */
  open: number;
  /** Files that are put back as the template has them. */
  restored: number;
}

/** Counts what was decided and what was not; a file decided as a whole counts once. */
export function countDecisions(
  decisions: UpdateDecisions,
  plan: UpdatePlan,
): DecisionCounts {
  const answers = Object.values(decisionsToSend(decisions)).flatMap(
    ({ file, hunks }) => (file ? [file] : Object.values(hunks ?? {})),
  );
  return {
    taken: answers.filter(answer => answer === 'take').length,
    kept: answers.filter(answer => answer === 'keep').length,
    open: plan.files.filter(file => !isSettled(decisions, file)).length,
    restored: plan.files.filter(
      file =>
        planGroupOf(file) === 'restored' &&
        fileChoice(decisions, file) === 'take',
    ).length,
  };
}
