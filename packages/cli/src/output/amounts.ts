import type { CheckResult, Score } from '@goldenpath/engine';

// Down, so that nothing reads as 100 that is not; the margin takes up what floating-point sums lose
const percent = (value: number | null) =>
  value === null ? 'no score' : String(Math.floor(value * 10 + 1e-6) / 10);

/** A score for people, as an interval where not everything is known. */
export function scoreText({ low, high }: Score): string {
  return low === high ? percent(low) : `${percent(low)} to ${percent(high)}`;
}

/** Points for people. */
export function pointsText(points: number): string {
  return String(Math.round(points * 10) / 10);
}

/** The places in the repository a verdict rests on, as `file:line`. */
export function placesOf(
  { evidence }: CheckResult,
  most: number,
): { place: string; text: string }[] {
  return evidence
    .filter(item => item.file !== undefined)
    .slice(0, most)
    .map(({ file, line, text }) => ({
      place: line ? `${file}:${line}` : file!,
      text: text ?? '',
    }));
}
