import { scoredCheck } from '../change/scoredCheck';
import type { Scorecard, UnknownPolicy } from '../model';
import { computeScore } from '../score/score';

const TOLERANCE = 1e-6;

/** How the path of a scorecard counts what is not known, as far as it matters for `raw`. */
function policyOf(card: Scorecard): UnknownPolicy {
  const checks = card.checks.map(scoredCheck);
  const { score } = computeScore(checks, 'interval');
  const { raw, high } = card.score;
  const isLike = (a: number | null, b: number | null) =>
    a === b || (a !== null && b !== null && Math.abs(a - b) < TOLERANCE);
  if (isLike(score.raw, raw)) {
    return isLike(score.high, high) ? 'interval' : 'fail';
  }
  return 'exclude';
}

/**
 * Points of the raw score that an entity gains when one check passes and nothing else changes. 0 for a check that is not
 * enforced, does not apply or passes already.
 */
export function scoreGain(card: Scorecard, id: string): number {
  const policy = policyOf(card);
  const checks = card.checks.map(scoredCheck);
  const passing = checks.map(check =>
    check.id === id && check.verdict !== 'not-applicable'
      ? { ...check, verdict: 'pass' as const, credit: 1 }
      : check,
  );
  const [now, then] = [checks, passing].map(
    list => computeScore(list, policy).score.raw ?? 0,
  );
  return Math.max(0, then - now);
}
