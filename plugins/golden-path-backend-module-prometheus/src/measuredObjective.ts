import type { SloContent } from '@goldenpath/engine';

/** An objective as measured at one time. @internal */
export interface MeasuredObjective {
  environment: string;
  at: Date;
  content: SloContent;
  /** Share of the period's error budget that is left; absent when nothing was measured. */
  remaining?: number;
}

const DAY_SECONDS = 86_400;

/** The windows of the two-window burn-rate alerts, as Prometheus writes them. @internal */
export const ALERT_WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** What is left of a budget when this share of the period's events was bad. @internal */
export function remainingOf(errorRate: number, target: number): number {
  return 1 - errorRate / (1 - target);
}

/** @internal */
export function periodSeconds(days: number): number {
  return days * DAY_SECONDS;
}
