import type { RolloutStage, Verdict } from '../model';

/** What the ladder needs to know of a check. */
export type LadderCheck = {
  level: string;
  stage: RolloutStage;
  verdict: Verdict;
};

/** A rung as the enforced checks of one entity leave it. */
type Rung = { enforced: boolean; holds: boolean; applies: boolean };

/**
 * Finds the level an entity has reached, and the next one it can work for.
 *
 * @remarks
 * A rung can be claimed when every enforced check of it and of the rungs below is `pass`, `not-applicable` or `waived`,
 * and at least one of its own applies. A rung whose enforced checks are all `not-applicable` goes with the one below:
 * claimed when that is, and never at the foot of the ladder. A rung without an enforced check cannot be claimed.
 * `level` is the highest rung claimed, `null` when there is none, as for an entity to which nothing applies.
 * `nextLevel` is the first rung above it with an enforced check that applies; `null` when there is none.
 */
export class Ladder {
  private readonly rungs: Rung[];

  constructor(private readonly levels: readonly string[]) {
    this.rungs = levels.map(() => ({
      enforced: false,
      holds: true,
      applies: false,
    }));
  }

  /** Adds one enforced check of the rung at `index`. */
  add(index: number, verdict: Verdict): void {
    const rung = this.rungs[index];
    if (rung === undefined) {
      return;
    }
    rung.enforced = true;
    if (verdict !== 'not-applicable') {
      rung.applies = true;
      if (verdict !== 'pass' && verdict !== 'waived') {
        rung.holds = false;
      }
    }
  }

  result(): { level: string | null; nextLevel: string | null } {
    let reached = -1;
    for (let index = 0; index < this.rungs.length; index++) {
      const { enforced, holds, applies } = this.rungs[index];
      if (enforced && !holds) {
        break;
      }
      if (enforced && (applies || (index > 0 && reached === index - 1))) {
        reached = index;
      }
    }
    let next = reached + 1;
    while (next < this.rungs.length && !this.rungs[next].applies) {
      next += 1;
    }
    return {
      level: this.levels[reached] ?? null,
      nextLevel: this.levels[next] ?? null,
    };
  }
}

/** The level a set of checks comes to; see {@link Ladder}. */
export function climbLadder(
  levels: string[],
  checks: LadderCheck[],
): { level: string | null; nextLevel: string | null } {
  const ladder = new Ladder(levels);
  for (const { level, stage, verdict } of checks) {
    if (stage === 'enforce') {
      ladder.add(levels.indexOf(level), verdict);
    }
  }
  return ladder.result();
}
