import type { CheckResult, Scorecard } from '../model';
import { climbLadder } from '../score/level';
import { scoreGain } from './scoreGain';

/** What a check that holds would bring to many entities. @public */
export interface CheckGain {
  /** Name of the path; a check id says nothing without it. */
  path: string;
  id: string;
  title: string;
  /** Entities on which it does not hold. */
  open: number;
  /** Entities it would lift to a higher level on its own. */
  lifts: number;
  /** Points of raw score, added up over the entities. */
  gain: number;
}

function isOpen({ stage, verdict }: CheckResult): boolean {
  return (
    stage === 'enforce' &&
    !['pass', 'not-applicable', 'waived'].includes(verdict)
  );
}

function liftsAlone(card: Scorecard, id: string): boolean {
  const { level } = climbLadder(
    card.levels,
    card.checks.map(check =>
      check.id === id ? { ...check, verdict: 'pass' } : check,
    ),
  );
  const rank = (name: string | null) =>
    name === null ? -1 : card.levels.indexOf(name);
  return rank(level) > rank(card.level);
}

/**
 * Per check over the scorecards of a team: how many entities it would lift a level on its own, and how many points it
 * would bring; the most first. Checks that hold everywhere are not listed.
 *
 * @public
 */
export function checksByGain(cards: readonly Scorecard[]): CheckGain[] {
  const found = new Map<string, CheckGain>();
  for (const card of cards) {
    for (const check of card.checks.filter(isOpen)) {
      const key = `${card.path.name}\n${check.id}`;
      const entry = found.get(key) ?? {
        path: card.path.name,
        id: check.id,
        title: check.title,
        open: 0,
        lifts: 0,
        gain: 0,
      };
      entry.open += 1;
      entry.lifts += liftsAlone(card, check.id) ? 1 : 0;
      entry.gain += scoreGain(card, check.id);
      found.set(key, entry);
    }
  }
  return [...found.values()].sort(
    (a, b) => b.lifts - a.lifts || b.gain - a.gain || (a.id < b.id ? -1 : 1),
  );
}
