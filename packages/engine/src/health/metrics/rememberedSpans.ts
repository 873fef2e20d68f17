import type { Metric } from '../../model';
import type { Survival } from '../kaplanMeier';

/** By an object that a metric keeps as it is: its quantiles, or its list of what is open. */
const remembered = new WeakMap<object, readonly Survival[]>();

/**
 * Keeps the spans behind a duration at hand for pooling, as long as the metric lives in this process: medians cannot be
 * pooled, spans can. Nothing of it is in the report, so one that was stored and read again has lost them.
 */
export function rememberSpans<T extends object>(
  holder: T,
  spans: readonly Survival[],
): T {
  remembered.set(holder, spans);
  return holder;
}

/** The spans behind a duration; `undefined` when they are not at hand. */
export function spansBehind({
  open,
  quantiles,
}: Metric): readonly Survival[] | undefined {
  return (
    (open && remembered.get(open)) ?? (quantiles && remembered.get(quantiles))
  );
}
