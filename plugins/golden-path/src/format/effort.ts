import type { Effort } from '@goldenpath/engine';

const EFFORTS: Record<Effort, string> = {
  low: 'Low: minutes',
  medium: 'Medium: hours',
  high: 'High: days',
};

/** What a remedy costs a person, in words. */
export function effortText(effort: Effort): string {
  return EFFORTS[effort];
}
