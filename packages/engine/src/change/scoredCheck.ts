import type { CheckResult, Evidence } from '../model';
import type { ScoredCheck } from '../score/score';

/** The verdict under a waiver, as far as its evidence tells: a scorecard keeps the credit and the evidence of it. */
function verdictUnderWaiver({
  evidence,
  credit,
}: CheckResult): ScoredCheck['verdict'] {
  if (evidence.some(item => item.absent !== undefined)) {
    return 'unknown';
  }
  if (evidence.length === 0) {
    return credit > 0 ? 'fail' : 'error';
  }
  const isExpired = evidence.every(
    ({ value, text }) =>
      value === undefined && text?.startsWith('observed at '),
  );
  return isExpired ? 'stale' : 'fail';
}

/** A check of a scorecard as the score counts it. */
export function scoredCheck(result: CheckResult): ScoredCheck {
  const { id, weight, stage, credit, verdict } = result;
  const isWaived = verdict === 'waived';
  return {
    id,
    weight,
    stage,
    credit,
    verdict: isWaived ? verdictUnderWaiver(result) : verdict,
    waived: isWaived,
  };
}

/**
 * Whether a verdict is for want of a whole source, or of a part that its collector could not get, or of a rule that
 * works: nothing the service did.
 *
 * @public
 */
export function isForCollector(
  verdict: ScoredCheck['verdict'],
  evidence: readonly Evidence[],
): boolean {
  return (
    verdict === 'stale' ||
    verdict === 'error' ||
    (verdict === 'unknown' &&
      evidence.some(e => e.absent === 'source' || e.absent === 'gap'))
  );
}
