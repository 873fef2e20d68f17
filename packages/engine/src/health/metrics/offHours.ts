import type { Metric, MetricPart } from '../../model';
import type { Deployment } from '../deployments';
import { workingHoursIn } from '../toil/workingHours';
import {
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Off-hours work: of the deployments that finished in the window, whether they succeeded or failed, those that did so
 * outside the working time of the team, by the clock of its time zone.
 */
export function offHours(context: MetricContext): Metric {
  const missing = withoutSource('ratio', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const { orderEvidence } = context;
  const finished = context.deployments.filter(
    ({ outcome, finishedAt }) =>
      (outcome === 'succeeded' || outcome === 'failed') &&
      isInWindow(finishedAt, context),
  );
  const workingHours = workingHoursIn(context);
  const off = finished.filter(
    ({ finishedAt }) => !workingHours.includes(finishedAt),
  );
  const idsOf = (deployments: readonly Deployment[]) =>
    orderEvidence(deployments.flatMap(({ events }) => events));
  const part = (
    name: string,
    note: string,
    deployments: readonly Deployment[],
  ): MetricPart => ({
    name,
    unit: 'count',
    value: finished.length === 0 ? null : deployments.length,
    note,
    evidence: idsOf(deployments),
  });
  const rate = rateOf(off.length, finished.length);
  return {
    ...rate,
    parts: [
      part(
        'free-days',
        'on a day without working time',
        off.filter(({ finishedAt }) => !workingHours.isWorkingDay(finishedAt)),
      ),
      part(
        'before-or-after',
        'before or after the working time of a day',
        off.filter(({ finishedAt }) => workingHours.isWorkingDay(finishedAt)),
      ),
    ],
    ...noteOf(
      finished.length === 0 && 'no deployment in the window',
      tooFew(rate, MIN_RATE_N, 'deployment'),
    ),
    evidence: idsOf(finished),
  };
}
