import {
  type Check,
  type GoldenPath,
  LOCK_FILE,
  type MutationResult,
  type Scorecard,
  type TemplateMutation,
  type TemplateMutations,
} from '../model';
import type { SourceFile } from '../render';
import { applyEdits, mutationEdits } from './applyEdits';

/** A rendered row that faults are planted in. @public */
export type MutationTarget = {
  row: string;
  files: readonly SourceFile[];
  /** Of the files as they are. */
  card: Scorecard;
};

/**
 * Whether a check judges the lock, so that a fault planted for it must leave the lock as it was stamped.
 *
 * @public
 */
export function readsLock(check: Pick<Check, 'when' | 'pass'>): boolean {
  return /\brepository\.lock\b/.test(`${check.when ?? ''} ${check.pass}`);
}

/**
 * Plants one fault and compares the scorecards before and after.
 *
 * @param options.score - scores files; with `stamp` the lock is written anew for them, as if the template had rendered
 * the fault, so that an edit of a managed file is not also an edit by hand.
 *
 * @public
 */
export function tryMutation(options: {
  mutation: TemplateMutation;
  check: Check | undefined;
  target: MutationTarget;
  score: (files: SourceFile[], options: { stamp: boolean }) => Scorecard;
}): MutationResult {
  const { mutation, check, target, score } = options;
  const result = {
    check: mutation.check,
    title: mutation.title,
    row: target.row,
  };
  if (!check) {
    const reason = `The path has no check '${mutation.check}'`;
    return { ...result, flipped: [], killed: false, reason };
  }
  let after: Scorecard;
  try {
    const edits = mutationEdits(mutation);
    const editsLock = edits.some(
      edit =>
        ('file' in edit && edit.file === LOCK_FILE) ||
        ('remove' in edit && edit.remove === LOCK_FILE),
    );
    after = score(applyEdits(target.files, edits), {
      stamp: !editsLock && !readsLock(check),
    });
  } catch (error) {
    const reason = `The fault could not be planted: ${
      error instanceof Error ? error.message : String(error)
    }`;
    return { ...result, flipped: [], killed: false, reason };
  }
  const verdicts = new Map(after.checks.map(one => [one.id, one.verdict]));
  const flipped = target.card.checks
    .map(({ id, verdict }) => ({
      check: id,
      before: verdict,
      after: verdicts.get(id) ?? 'error',
    }))
    .filter(flip => flip.before !== flip.after);
  const reason = whyNotKilled(mutation.check, target.card, flipped);
  return {
    ...result,
    flipped,
    killed: reason === undefined,
    ...(reason !== undefined && { reason }),
  };
}

function whyNotKilled(
  check: string,
  before: Scorecard,
  flipped: MutationResult['flipped'],
): string | undefined {
  const own = flipped.find(flip => flip.check === check);
  const others = flipped.filter(flip => flip.check !== check);
  const verdict = before.checks.find(({ id }) => id === check)?.verdict;
  if (verdict !== 'pass' && verdict !== 'not-applicable') {
    return `Without the fault the check is '${verdict}', so nothing can be shown`;
  }
  if (!own) {
    return `The check still says '${verdict}': it does not see the fault`;
  }
  if (own.after !== 'fail') {
    return `The check says '${own.after}', not 'fail'`;
  }
  return others.length > 0
    ? `Other checks flipped too: ${others
        .map(flip => `${flip.check} (${flip.before} to ${flip.after})`)
        .join(', ')}`
    : undefined;
}

/**
 * Which checks of a path a repository alone decides, and which of these have neither a planted fault nor a reason for
 * having none.
 *
 * @public
 */
export function mutationCoverage(
  path: GoldenPath,
  mutations: TemplateMutations,
): { checks: string[]; uncovered: string[] } {
  const checks = path.spec.checks
    .filter(({ facts }) => facts.every(source => source === 'repository'))
    .map(({ id }) => id);
  const covered = new Set([
    ...mutations.mutations.map(({ check }) => check),
    ...mutations.without.map(({ check }) => check),
  ]);
  return { checks, uncovered: checks.filter(id => !covered.has(id)) };
}
