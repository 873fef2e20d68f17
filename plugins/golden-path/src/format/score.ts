import type { Score, Scorecard } from '@goldenpath/engine';

function floor(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  // Binary noise such as 80.9999999999 must not cost a point.
  return String(Math.floor(Number((value * factor).toFixed(6))) / factor);
}

/** Whether what is not known leaves the score open. */
export function isInterval(score: Score): boolean {
  return (
    score.low !== null &&
    score.high !== null &&
    Math.abs(score.high - score.low) > 1e-6
  );
}

/**
 * A score for people: `81`, or `62 to 81` when facts are missing. Rounded down, so that 99.6 never reads as 100, and
 * with a decimal where whole numbers would hide the interval.
 */
export function scoreText(score: Score): string {
  if (score.low === null || score.high === null) {
    return 'No score';
  }
  if (!isInterval(score)) {
    return floor(score.low, 0);
  }
  const decimals = floor(score.low, 0) === floor(score.high, 0) ? 1 : 0;
  return `${floor(score.low, decimals)} to ${floor(score.high, decimals)}`;
}

/** What a scorecard's number means, sentence by sentence. */
export function explainScore(scorecard: Scorecard): string[] {
  const { score, coverage } = scorecard;
  if (score.low === null || score.high === null) {
    return ['No check of this path applies here, so there is no score.'];
  }
  const sentences = isInterval(score)
    ? [
        `The score lies between ${floor(score.low, 1)} and ${floor(
          score.high,
          1,
        )} of 100: what is not known counts as failed in the lower number and as passed in the higher one.`,
      ]
    : ['The share of the weight of all counting checks that pass, of 100.'];
  if (coverage !== null) {
    sentences.push(
      `${floor(coverage * 100, 0)}% of the weight is known from fresh facts.`,
    );
  }
  if (
    score.adjusted !== null &&
    score.raw !== null &&
    score.adjusted !== score.raw
  ) {
    sentences.push(
      `With waived checks left out it is ${floor(score.adjusted, 1)}.`,
    );
  }
  return sentences;
}

/** The rung reached and the next one, as a sentence. */
export function levelText(scorecard: Scorecard): string {
  const reached = scorecard.level
    ? `Level ${scorecard.level}`
    : 'No level reached yet';
  return scorecard.nextLevel
    ? `${reached}; next is ${scorecard.nextLevel}`
    : reached;
}

/** The score with waived checks counted as what they are, and with them left out; `undefined` where there is no score. */
export function rawAndAdjusted(
  score: Score,
): { raw: string; adjusted: string } | undefined {
  const { raw, adjusted } = score;
  return raw === null
    ? undefined
    : {
        raw: floor(raw, 1),
        adjusted: adjusted === null ? 'none' : floor(adjusted, 1),
      };
}
