import type { ProofScore, Scorecard, Verdict } from '../model';

const HOLDS = new Set<Verdict>(['pass', 'not-applicable', 'waived']);

/**
 * What a proof keeps of a scorecard: the level, and every check that is not good news.
 *
 * @param wantedLevel - by default the path's top level.
 *
 * @public
 */
export function proofScore(card: Scorecard, wantedLevel?: string): ProofScore {
  const wanted = wantedLevel ?? card.levels[card.levels.length - 1];
  const top = card.levels.indexOf(wanted);
  if (top < 0) {
    throw new Error(
      `The path '${
        card.path.name
      }' has no level '${wanted}'; its levels are ${card.levels.join(', ')}`,
    );
  }
  const verdicts: ProofScore['verdicts'] = {};
  for (const { verdict } of card.checks) {
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return {
    path: { name: card.path.name, version: card.path.version },
    level: card.level,
    wantedLevel: wanted,
    raw: card.score.raw,
    low: card.score.low,
    high: card.score.high,
    verdicts,
    notPassed: card.checks
      .filter(({ verdict }) => !HOLDS.has(verdict))
      .map(({ id, verdict, stage, level, message }) => ({
        check: id,
        verdict,
        holdsBack: stage === 'enforce' && card.levels.indexOf(level) <= top,
        message,
      })),
  };
}
