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

/** `100 * credit / weight`, or `null` when nothing is weighed. */
function share(credit: number, weight: number): number | null {
  return weight > 0 ? 100 * (credit / weight) : null;
}

/**
 * Adds up the score of one entity, 0 to 100 and not rounded, over its enforced checks that apply.
 *
 * @remarks
 * `raw` is the credit earned, weighted; `unknown`, `stale` and `error` earn none, and a waived check counts as what it
 * is. `low` is `raw`; `high` gives the checks that are not known full credit. `adjusted` is `raw` without the waived
 * checks. With the policy `exclude` checks that are not known are left out of all sums, with `fail` they have failed:
 * in both there is no interval and `high` is `raw`. A sum over no check is `null`, never 0 or 100.
 * `coverage` is the share of the weight that is known, 0 to 1, under every policy.
 *
 * Sums of floating-point numbers depend on their order: checks are to be added in the order of their ids.
 */
export class ScoreSums {
  private weight = 0;
  private earned = 0;
  private possible = 0;
  private unwaivedWeight = 0;
  private unwaivedEarned = 0;
  private knownWeight = 0;
  private applicableWeight = 0;

  constructor(private readonly policy: UnknownPolicy) {}

  /** Adds one enforced check that applies. */
  add(
    weight: number,
    verdict: Exclude<Verdict, 'waived' | 'not-applicable'>,
    credit: number,
    waived: boolean,
  ): void {
    const isKnown = verdict === 'pass' || verdict === 'fail';
    this.applicableWeight += weight;
    if (isKnown) {
      this.knownWeight += weight;
    } else if (this.policy === 'exclude') {
      return;
    }
    const earned = isKnown ? weight * credit : 0;
    this.weight += weight;
    this.earned += earned;
    this.possible += isKnown ? earned : weight;
    if (!waived) {
      this.unwaivedWeight += weight;
      this.unwaivedEarned += earned;
    }
  }

  result(): { score: Score; coverage: number | null } {
    const raw = share(this.earned, this.weight);
    const high =
      this.policy === 'interval' ? share(this.possible, this.weight) : raw;
    const adjusted = share(this.unwaivedEarned, this.unwaivedWeight);
    return {
      score: { raw, adjusted, low: raw, high },
      coverage:
        this.applicableWeight > 0
          ? this.knownWeight / this.applicableWeight
          : null,
    };
  }
}

/** The score over a set of checks in any order; see {@link ScoreSums}. */
export function computeScore(
  checks: ScoredCheck[],
  policy: UnknownPolicy,
): { score: Score; coverage: number | null } {
  const sums = new ScoreSums(policy);
  for (const { stage, weight, verdict, credit, waived } of [...checks].sort(
    (a, b) => (a.id < b.id ? -1 : 1),
  )) {
    if (stage === 'enforce' && verdict !== 'not-applicable') {
      sums.add(weight, verdict, credit, waived);
    }
  }
  return sums.result();
}
