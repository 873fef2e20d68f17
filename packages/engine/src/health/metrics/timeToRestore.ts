import type { Metric } from '../../model';
import { summarise } from '../quantiles';
import {
  counted,
  durationOf,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  secondsBetween,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Time to restore, all incidents whatever their cause: from start to resolution, in seconds; median, with
 * the mean beside it, over the resolved incidents that started in the window. Open incidents, earlier ones
 * included, are listed with their age. The 2023 ladder knows no band for it.
 */
export function timeToRestore(context: MetricContext): Metric {
  const missing = withoutSource('seconds', [
    [context.sources.incidents, 'incidents'],
  ]);
  if (missing) {
    return missing;
  }
  const started = context.incidents.filter(
    ({ startedAt }) => startedAt !== undefined && startedAt < context.to,
  );
  const inWindow = started.filter(({ startedAt }) =>
    isInWindow(startedAt!, context),
  );
  const resolved = inWindow.filter(
    ({ resolvedAt }) => resolvedAt !== undefined,
  );
  const open = started.filter(
    ({ resolvedAt, skewed }) => resolvedAt === undefined && !skewed,
  );
  const spans = resolved.map(
    ({ startedAt, resolvedAt }) => secondsBetween(startedAt, resolvedAt)!,
  );
  const summary = durationOf(spans);
  const mean = summarise(spans)?.mean;
  const skewed = inWindow.filter(incident => incident.skewed).length;
  const unstarted = context.incidents.filter(
    ({ startedAt, resolvedAt }) =>
      startedAt === undefined && isInWindow(resolvedAt!, context),
  ).length;
  return {
    ...summary,
    ...(mean !== undefined && { mean }),
    open: open.map(({ id, startedAt }) => ({
      id,
      seconds: Math.max(0, (context.now - startedAt!) / 1000),
    })),
    ...noteOf(
      inWindow.length === 0 && 'no incident in the window',
      tooFew(summary, MIN_MEDIAN_N, 'resolved incident'),
      open.length > 0 &&
        `${counted(open.length, 'incident')} still open: not in the median`,
      skewed > 0 &&
        `${counted(skewed, 'incident')} left out: resolved before the start`,
      unstarted > 0 &&
        `${counted(unstarted, 'incident')} left out: the start is not known`,
    ),
    evidence: context.orderEvidence(
      [...resolved, ...open].flatMap(({ events }) => events),
    ),
  };
}
