import type { RolloutStage, Verdict } from '../model';

/** What the ladder needs to know of a check. */
export type LadderCheck = {
  level: string;
  stage: RolloutStage;
  verdict: Verdict;
};

/** A rung as the enforced checks of one entity leave it. */
type Rung = { level: string; holds: boolean; applies: boolean };

/**
 * The level an entity has reached, and the next one it can work for.
 *
 * @remarks
 * A rung can be claimed when every enforced check of it and of the rungs below is `pass`, `not-applicable` or `waived`,
 * and at least one of its own applies. A rung whose enforced checks are all `not-applicable` goes with the one below:
 * claimed when that is, and never at the foot of the ladder. A rung without an enforced check cannot be claimed.
 * `level` is the highest rung claimed, `null` when there is none, as for an entity to which nothing applies.
 * `nextLevel` is the first rung above it with an enforced check that applies; `null` when there is none.
 */
export function climbLadder(
  levels: string[],
  checks: LadderCheck[],
): { level: string | null; nextLevel: string | null } {
  const rungs = levels.flatMap((level, index): (Rung & { index: number })[] => {
    const enforced = checks.filter(
      check => check.stage === 'enforce' && check.level === level,
    );
    return enforced.length === 0
      ? []
      : [
          {
            index,
            level,
            holds: enforced.every(({ verdict }) =>
              ['pass', 'not-applicable', 'waived'].includes(verdict),
            ),
            applies: enforced.some(
              ({ verdict }) => verdict !== 'not-applicable',
            ),
          },
        ];
  });
  let reached = -1;
  for (const rung of rungs) {
    if (!rung.holds) {
      break;
    }
    if (rung.applies || (rung.index > 0 && reached === rung.index - 1)) {
      reached = rung.index;
    }
  }
  const next = rungs.find(rung => rung.index > reached && rung.applies);
  return {
    level: levels[reached] ?? null,
    nextLevel: next?.level ?? null,
  };
}
