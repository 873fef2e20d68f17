import type { RolloutStage, Score, UnknownPolicy, Verdict } from '../model';

/** What the score needs to know of a check. */
export type ScoredCheck = {
  id: string;
  weight: number;
  stage: RolloutStage;
  /** The verdict without any waiver. */
  verdict: Exclude<Verdict, 'waived'>;
  /** 0 to 1. */
  credit: number;
  waived: boolean;
};

function isKnown(check: ScoredCheck): boolean {
  return check.verdict === 'pass' || check.verdict === 'fail';
}

function weightOf(checks: ScoredCheck[]): number {
  return checks.reduce((sum, check) => sum + check.weight, 0);
}

/** `100 * sum(weight * credit) / sum(weight)`, or `null` when nothing is weighed. */
function weighted(
  checks: ScoredCheck[],
  creditOf: (check: ScoredCheck) => number,
): number | null {
  const credit = checks.reduce(
    (sum, check) => sum + check.weight * creditOf(check),
    0,
  );
  const weight = weightOf(checks);
  return weight > 0 ? 100 * (credit / weight) : null;
}

function earned(check: ScoredCheck): number {
  return isKnown(check) ? check.credit : 0;
}

function possible(check: ScoredCheck): number {
  return isKnown(check) ? check.credit : 1;
}

/**
 * The score of one entity, 0 to 100 and not rounded, over its enforced checks that apply.
 *
 * @remarks
 * `raw` is the credit earned, weighted; `unknown`, `stale` and `error` earn none, and a waived check counts as what it
 * is. `low` is `raw`; `high` gives the checks that are not known full credit. `adjusted` is `raw` without the waived
 * checks. With the policy `exclude` checks that are not known are left out of all sums, with `fail` they have failed:
 * in both there is no interval and `high` is `raw`. A sum over no check is `null`, never 0 or 100.
 * `coverage` is the share of the weight that is known, 0 to 1, under every policy.
 */
export function computeScore(
  checks: ScoredCheck[],
  policy: UnknownPolicy,
): { score: Score; coverage: number | null } {
  const applicable = checks
    .filter(
      check => check.stage === 'enforce' && check.verdict !== 'not-applicable',
    )
    // Sums of floating-point numbers depend on their order: this fixes it.
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const counted =
    policy === 'exclude' ? applicable.filter(isKnown) : applicable;
  const raw = weighted(counted, earned);
  const adjusted = weighted(
    counted.filter(check => !check.waived),
    earned,
  );
  const high = policy === 'interval' ? weighted(counted, possible) : raw;
  const weight = weightOf(applicable);
  return {
    score: { raw, adjusted, low: raw, high },
    coverage: weight > 0 ? weightOf(applicable.filter(isKnown)) / weight : null,
  };
}
