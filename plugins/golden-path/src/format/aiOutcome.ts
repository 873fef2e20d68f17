import type { AiOutcomes } from '@goldenpath/engine';
import { decimal, percentText } from './metric';
import type { Wording } from './tone';

type Comparison = AiOutcomes['comparisons'][number];

/** Fewest deployments on each side for anything to be said. */
export const MINIMUM_ARM = 10;

const OUTCOMES: Record<Comparison['outcome'], string> = {
  changeFail: 'Deployment failed',
  rework: 'Rework was needed',
  slowRecovery: 'Recovery was slow',
  newFinding: 'A new finding came with it',
};

export function outcomeTitle(comparison: Comparison): string {
  return OUTCOMES[comparison.outcome];
}

/** Whether there are enough on both sides; otherwise nothing is said of a difference, whatever the numbers are. */
export function isComparable(comparison: Comparison): boolean {
  const { status, verdict, exposed, unexposed, difference } = comparison;
  return (
    status === 'ok' &&
    verdict !== 'too-few' &&
    difference !== null &&
    exposed.n >= MINIMUM_ARM &&
    unexposed.n >= MINIMUM_ARM
  );
}

/** `1 of 14 (7.1%)`. */
export function armText(arm: Comparison['exposed']): string {
  return arm.n < MINIMUM_ARM
    ? `${arm.events} of ${arm.n}`
    : `${arm.events} of ${arm.n} (${percentText(arm.events / arm.n)})`;
}

function points(share: number): string {
  const number = decimal(Math.abs(share) * 100);
  if (number === '0') {
    return '0';
  }
  return `${share < 0 ? '−' : '+'}${number}`;
}

/** `+0.7 points (−13 to +25)`; `undefined` with too few on a side. */
export function differenceText(comparison: Comparison): string | undefined {
  const { difference, interval } = comparison;
  if (!isComparable(comparison) || difference === null) {
    return undefined;
  }
  return `${points(difference)} points${
    interval ? ` (${points(interval.low)} to ${points(interval.high)})` : ''
  }`;
}

/** What may be concluded. */
export function verdictOf(comparison: Comparison): Wording {
  if (!isComparable(comparison)) {
    return {
      label: 'Too few to say',
      tone: 'unsure',
      meaning: `Fewer than ${MINIMUM_ARM} on a side.`,
    };
  }
  const labels = {
    worse: { label: 'Worse with AI', tone: 'warn' },
    better: { label: 'Better with AI', tone: 'neutral' },
    'no-difference-shown': { label: 'No difference shown', tone: 'neutral' },
    'too-few': { label: 'Too few to say', tone: 'unsure' },
  } as const;
  return { ...labels[comparison.verdict], meaning: comparison.message };
}

/** What stands behind a comparison, sentence by sentence. */
export function comparisonNotes(comparison: Comparison): string[] {
  const { needed, pValue, probabilityWorse, stratified } = comparison;
  const notes = [comparison.message];
  if (isComparable(comparison)) {
    if (stratified) {
      const { difference, interval } = stratified;
      notes.push(
        `Among changes of like size: ${points(difference)} points (${points(
          interval.low,
        )} to ${points(interval.high)}).`,
      );
    }
    if (pValue !== undefined) {
      notes.push(`Fisher’s exact test: p = ${pValue.toPrecision(2)}.`);
    }
    if (probabilityWorse !== undefined) {
      notes.push(
        `Probability that it is worse: ${percentText(probabilityWorse)}.`,
      );
    }
  }
  if (needed) {
    notes.push(
      `${needed.toLocaleString(
        'en-GB',
      )} more deployments on each side would be needed to see a doubling.`,
    );
  }
  return notes;
}
