import type { Metric } from '../../model';
import { summarise } from '../quantiles';
import { isDecided, approvalsIn } from '../toil/approvals';
import { workingHoursIn } from '../toil/workingHours';
import {
  counted,
  durationOf,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Approval wait: from the request to the approval or rejection, in seconds; median over those decided in the window.
 * Beside it the same in the working time of the team, and the share that somebody outside the owning group decided.
 * Open requests, earlier ones included, are listed with their age and are not in the median.
 */
export function approvalWait(context: MetricContext): Metric {
  const { orderEvidence, now, to } = context;
  const all = approvalsIn(context);
  if (all.length === 0) {
    return withoutSource('seconds', [['absent', 'approvals']])!;
  }
  const closed = all.filter(
    ({ decidedAt }) =>
      decidedAt !== undefined && isInWindow(decidedAt, context),
  );
  const decided = closed.filter(isDecided);
  const waited = decided.filter(
    ({ requestedAt, decidedAt }) =>
      requestedAt !== undefined && requestedAt <= decidedAt!,
  );
  const open = all.filter(
    ({ requestedAt, decidedAt }) =>
      decidedAt === undefined && requestedAt! < to,
  );
  const told = decided.filter(({ byOthers }) => byOthers !== undefined);
  const workingHours = workingHoursIn(context);
  const working = summarise(
    waited.map(({ requestedAt, decidedAt }) =>
      workingHours.secondsBetween(requestedAt!, decidedAt!),
    ),
  );
  const wait = durationOf(
    waited.map(
      ({ requestedAt, decidedAt }) => (decidedAt! - requestedAt!) / 1000,
    ),
  );
  const { status: _, ...others } = rateOf(
    told.filter(({ byOthers }) => byOthers).length,
    told.length,
  );
  const idsOf = (approvals: typeof all) =>
    orderEvidence(approvals.flatMap(({ events }) => events));
  const ages = open.map(({ requestedAt }) => (now - requestedAt!) / 1000);
  const undecided = closed.length - decided.length;
  return {
    ...wait,
    open: open.map(({ id }, index) => ({ id, seconds: ages[index] })),
    parts: [
      ...(['p50', 'p75', 'p90'] as const).map(quantile => ({
        name:
          quantile === 'p50' ? 'business-hours' : `business-hours-${quantile}`,
        unit: 'seconds' as const,
        value: working?.quantiles[quantile] ?? null,
        n: waited.length,
        note: `only working time in ${context.settings.timeZone}`,
        evidence: idsOf(waited),
      })),
      {
        name: 'waiting-for-others',
        ...others,
        ...noteOf(
          'decided outside the owning group',
          told.length < decided.length &&
            `${counted(
              decided.length - told.length,
              'decision',
            )} left out: not known who decided`,
        ),
        evidence: idsOf(told),
      },
      {
        name: 'open',
        unit: 'count',
        value: open.length,
        evidence: idsOf(open),
      },
      {
        name: 'oldest-open',
        unit: 'seconds',
        value: ages.length === 0 ? null : Math.max(...ages),
        evidence: idsOf(open),
      },
    ],
    ...noteOf(
      decided.length === 0 && 'no approval was decided in the window',
      tooFew(wait, MIN_MEDIAN_N, 'decided approval'),
      open.length > 0 &&
        `${counted(open.length, 'request')} still open: not in the median`,
      decided.length > waited.length &&
        `${counted(
          decided.length - waited.length,
          'decision',
        )} left out: no request before it is known`,
      undecided > 0 &&
        `${counted(undecided, 'request')} closed without a decision`,
    ),
    evidence: idsOf(waited),
  };
}
