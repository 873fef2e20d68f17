import { nextSteps, type Scorecard } from '@goldenpath/engine';

const MOST_STEPS = 3;

/** A scorecard in words for the page on which a person waits for their service. */
export type ScoreInWords = {
  /** One sentence. */
  summary: string;
  /** At most three things to do next, most worth it first. */
  steps: string[];
};

function points(score: number): string {
  return String(Math.round(score));
}

function interval({ score }: Scorecard): string {
  const { raw, low, high } = score;
  if (raw === null || low === null || high === null) {
    return 'no check applies';
  }
  return points(low) === points(high)
    ? `score ${points(raw)} of 100`
    : `score ${points(low)} to ${points(
        high,
      )} of 100, as some things are not known yet`;
}

/** Says what a scorecard comes to and what to do next. */
export function describeScore(card: Scorecard): ScoreInWords {
  const { path, level, nextLevel } = card;
  const title = path.title ?? path.name;
  const standing =
    level === null ? 'is not on the first level yet' : `starts on ${level}`;
  const { steps, others } = nextSteps(card);
  return {
    summary: `${title} ${path.version}: it ${standing}, ${interval(card)}.`,
    steps: [...steps, ...others].slice(0, MOST_STEPS).map(step => {
      const aim =
        steps.includes(step) && nextLevel ? ` (for ${nextLevel})` : '';
      return `${step.id} ${step.title}${aim}: ${step.text}`;
    }),
  };
}
