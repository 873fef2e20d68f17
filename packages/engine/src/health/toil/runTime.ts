import type { Metric } from '../../model';
import type { DeliveryEvent } from '../deliveryEvent';
import {
  counted,
  durationOf,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  secondsBetween,
  splitSpans,
  tooFew,
  withoutSource,
} from '../metrics/metricContext';

/**
 * The median time from start to end of the runs that ended in the window, in seconds. A run without a known start, or
 * one that ends before it, is left out and said so.
 *
 * @param options - `everSeen`: whether any such event was ever reported; `leftOut`: runs that do not count, with why
 */
export function runTime(
  context: MetricContext,
  options: {
    runs: readonly DeliveryEvent[];
    everSeen: boolean;
    noun: string;
    leftOut?: { runs: readonly DeliveryEvent[]; because: string };
  },
): Metric {
  const { runs, everSeen, noun, leftOut } = options;
  if (!everSeen) {
    return withoutSource('seconds', [['absent', `${noun}s`]])!;
  }
  const ended = (events: readonly DeliveryEvent[]) =>
    events.filter(({ at }) => isInWindow(at.getTime(), context));
  const inWindow = ended(runs);
  const timed = inWindow.filter(({ startedAt }) => startedAt !== undefined);
  const { valid, negative } = splitSpans(
    timed.map(({ startedAt, at }) =>
      secondsBetween(startedAt!.getTime(), at.getTime()),
    ),
  );
  const summary = durationOf(valid);
  const excluded = ended(leftOut?.runs ?? []).length;
  return {
    ...summary,
    ...noteOf(
      inWindow.length === 0 && `no ${noun} in the window`,
      tooFew(summary, MIN_MEDIAN_N, noun),
      inWindow.length > timed.length &&
        `${counted(inWindow.length - timed.length, noun)} without a start time`,
      negative > 0 &&
        `${counted(negative, noun)} left out: ended before the start`,
      excluded > 0 &&
        `${counted(excluded, noun)} left out: ${leftOut!.because}`,
    ),
    evidence: context.orderEvidence(
      timed.filter(({ startedAt, at }) => startedAt! <= at).map(({ id }) => id),
    ),
  };
}
