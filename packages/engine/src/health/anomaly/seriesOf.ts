import { chargesIn, coveredShare, shareInWindow } from '../cost/charges';
import { eventsOfKind } from '../eventsOfKind';
import { readNewFindings } from '../findings/newFindings';
import { createContext } from '../healthContext';
import { assertOptions, type HealthOptions } from '../healthOptions';
import { changeFailRate } from '../metrics/changeFailRate';
import { changeLeadTime } from '../metrics/changeLeadTime';
import {
  hasSucceeded,
  type MetricContext,
  MIN_MEDIAN_N,
} from '../metrics/metricContext';
import { pipelineRunsIn } from '../toil/pipelineRuns';
import type { MetricSeries } from './metricSeries';
import { type Item, SeriesMaker, type Shape } from './SeriesMaker';

const DAY_MS = 86_400_000;

function counts(
  maker: SeriesMaker,
  shape: Pick<Shape, 'metric' | 'worseWhen'>,
  items: readonly Item[],
): MetricSeries[] {
  return maker.make(
    { ...shape, kind: 'count', unit: 'count' },
    items.map(({ at }) => at),
    1,
    bucket => {
      const { found, evidence } = maker.within(items, bucket);
      return {
        value: found.length,
        n: found.length,
        exposure: bucket.days,
        evidence,
      };
    },
  );
}

function deliverySeries(
  context: MetricContext,
  maker: SeriesMaker,
): MetricSeries[] {
  const succeeded = context.deployments
    .filter(hasSucceeded)
    .map(({ finishedAt, events, changes }) => ({
      at: finishedAt,
      events,
      changes: changes?.length ?? 0,
    }));
  const times = succeeded.map(({ at }) => at);
  const incidents = context.incidents.flatMap(({ startedAt, events }) =>
    startedAt === undefined ? [] : [{ at: startedAt, events }],
  );
  return [
    ...(context.sources.deployments === 'connected'
      ? [
          ...counts(
            maker,
            { metric: 'deploymentFrequency', worseWhen: 'lower' },
            succeeded,
          ),
          ...maker.make(
            {
              metric: 'changeFailRate',
              kind: 'rate',
              unit: 'ratio',
              worseWhen: 'higher',
            },
            context.sources.failures === 'connected' ? times : [],
            1,
            ({ from, to }) => {
              const { value, n, numerator, denominator, evidence } =
                changeFailRate({ ...context, from, to });
              return { value, n, numerator, denominator, evidence };
            },
          ),
          ...maker.make(
            {
              metric: 'changeLeadTime',
              kind: 'duration',
              unit: 'seconds',
              worseWhen: 'higher',
            },
            succeeded.flatMap(({ at, changes }) =>
              new Array<number>(changes).fill(at),
            ),
            MIN_MEDIAN_N,
            ({ from, to }) => {
              const { status, value, n, evidence } = changeLeadTime({
                ...context,
                from,
                to,
              });
              return { value: status === 'ok' ? value : null, n, evidence };
            },
          ),
        ]
      : []),
    ...(context.sources.incidents === 'connected'
      ? counts(maker, { metric: 'incidents', worseWhen: 'higher' }, incidents)
      : []),
  ];
}

function findingSeries(
  context: MetricContext,
  maker: SeriesMaker,
): MetricSeries[] {
  if (eventsOfKind(context.events, 'scan-finished').length === 0) {
    return [];
  }
  const compared = readNewFindings(
    context,
    ({ finishedAt }) => finishedAt >= maker.start,
  )
    .filter(release => release.compared)
    .map(({ release, found, events: ids }) => ({
      at: release.finishedAt,
      events: ids,
      found: found.length,
    }));
  return maker.make(
    {
      metric: 'findingsPerRelease',
      kind: 'count',
      unit: 'count',
      worseWhen: 'higher',
    },
    compared.map(({ at }) => at),
    1,
    bucket => {
      const { found: releases, evidence } = maker.within(compared, bucket);
      return {
        value:
          releases.length === 0
            ? null
            : releases.reduce((sum, { found }) => sum + found, 0),
        n: releases.length,
        exposure: releases.length,
        evidence,
      };
    },
  );
}

function rerunSeries(
  context: MetricContext,
  maker: SeriesMaker,
): MetricSeries[] {
  const runs = pipelineRunsIn(context)
    .filter(({ numbered }) => numbered)
    .map(({ finishedAt, isRerun, attempts }) => ({
      at: finishedAt,
      isRerun,
      events: attempts.map(({ event }) => event.id),
    }));
  return maker.make(
    { metric: 'rerunRate', kind: 'rate', unit: 'ratio', worseWhen: 'higher' },
    runs.map(({ at }) => at),
    1,
    bucket => {
      const { found, evidence } = maker.within(runs, bucket);
      const numerator = found.filter(({ isRerun }) => isRerun).length;
      const denominator = found.length;
      return {
        value: denominator === 0 ? null : numerator / denominator,
        n: denominator,
        numerator,
        denominator,
        evidence,
      };
    },
  );
}

/** The cost of running the service; only where one currency covers the whole day or week. */
function costSeries(
  context: MetricContext,
  maker: SeriesMaker,
): MetricSeries[] {
  const charges = chargesIn(context).filter(
    ({ line, category, to }) =>
      line === 'run' && category !== 'tax' && to > maker.start,
  );
  const currencies = new Set(charges.map(({ currency }) => currency));
  const longest = charges.reduce(
    (days, { from, to }) => Math.max(days, (to - from) / DAY_MS),
    0,
  );
  if (currencies.size !== 1 || longest > 7) {
    return [];
  }
  const [currency] = currencies;
  return maker.make(
    {
      metric: 'cost',
      kind: 'cost',
      unit: 'currency',
      currency,
      worseWhen: 'higher',
    },
    charges.map(({ from }) => from),
    longest > 1 ? Infinity : 0.9,
    bucket => {
      const within = charges.filter(
        charge => shareInWindow(charge, bucket) > 0,
      );
      return {
        value:
          coveredShare(within, bucket) < 1
            ? null
            : within.reduce(
                (sum, charge) =>
                  sum + charge.amount * shareInWindow(charge, bucket),
                0,
              ),
        n: within.length,
        evidence: context.orderEvidence(within.map(({ event }) => event)),
      };
    },
  );
}

/**
 * The history of an entity's metrics for `detectAnomalies`, up to 26 weeks back from `now`: deployments, change fail rate,
 * lead time, incidents, new findings, re-runs and cost, by day or week of the entity's time zone. The window of the
 * options plays no part. Metrics without a source are left out.
 *
 * @throws RangeError as `computeHealth`.
 *
 * @public
 */
export function seriesOf(options: HealthOptions): MetricSeries[] {
  assertOptions(options);
  const context = createContext(options);
  const maker = new SeriesMaker(context);
  return [
    ...deliverySeries(context, maker),
    ...findingSeries(context, maker),
    ...rerunSeries(context, maker),
    ...costSeries(context, maker),
  ];
}
