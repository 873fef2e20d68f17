import type { HealthMetricName, HealthReport, Metric } from '../../model';
import { computeHealth, type HealthOptions } from '../computeHealth';
import { poissonInterval } from '../findings/poissonInterval';
import { censoredMedian } from '../kaplanMeier';
import {
  durationOf,
  MIN_MEDIAN_N,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
} from '../metrics/metricContext';
import {
  type PoolableHealth,
  poolableHealth,
  type PoolableMetric,
} from './poolableHealth';

/** Health of several entities as if they were one. @public */
export interface PooledHealth {
  environment: string;
  window: HealthReport['window'];
  entities: number;
  /** Entities with a deployment source. */
  instrumented: number;
  /** A metric that cannot be pooled, such as an error budget, is left out. `evidence` is in the reports of the entities. */
  metrics: Partial<Record<HealthMetricName, Metric>>;
}

type Pooled = Omit<Metric, 'evidence' | 'note'> & Pick<Metric, 'note'>;
type Pool = (measured: readonly PoolableMetric[]) => Pooled;

function sumOf(
  metrics: readonly PoolableMetric[],
  pick: (metric: PoolableMetric) => number | undefined,
): number {
  return metrics.reduce((sum, metric) => sum + (pick(metric) ?? 0), 0);
}

function entityCount(count: number): string {
  return count === 1 ? '1 entity' : `${count} entities`;
}

/** Adds up the counts that stand in parts; every other part belongs to one entity. */
function countParts(metrics: readonly PoolableMetric[]): Pick<Metric, 'parts'> {
  const sums = new Map<string, number>();
  for (const part of metrics.flatMap(({ parts }) => parts ?? [])) {
    if (part.unit === 'count' && part.denominator === undefined) {
      sums.set(part.name, (sums.get(part.name) ?? 0) + (part.value ?? 0));
    }
  }
  return sums.size === 0
    ? {}
    : {
        parts: [...sums].map(([name, value]) => ({
          name,
          value,
          unit: 'count',
          evidence: [],
        })),
      };
}

const poolRate: Pool = measured => {
  const rate = rateOf(
    sumOf(measured, ({ numerator }) => numerator),
    sumOf(measured, ({ denominator }) => denominator),
  );
  const present = (name: 'pending' | 'suspected') =>
    measured.some(metric => metric[name] !== undefined)
      ? { [name]: sumOf(measured, metric => metric[name]) }
      : {};
  return {
    ...rate,
    ...present('pending'),
    ...present('suspected'),
    ...countParts(measured),
    ...noteOf(tooFew(rate, MIN_RATE_N, 'observation')),
  };
};

/** The denominators are the days of the window, which are the same for all. */
const poolFrequency: Pool = measured => {
  const n = sumOf(measured, metric => metric.n);
  const days = measured.find(({ denominator }) => denominator)?.denominator;
  return {
    status: days === undefined ? 'no-data' : 'ok',
    value: days === undefined ? null : n / days,
    unit: 'per-day',
    n,
    numerator: n,
    ...(days !== undefined && { denominator: days }),
    note: 'deployments of all entities together',
  };
};

const poolDuration: Pool = measured => {
  const known = measured.filter(({ n, open = [] }) => n + open.length > 0);
  const spans = known.map(metric => metric.spans);
  const missing = spans.filter(each => each === undefined).length;
  const open = measured.flatMap(metric => metric.open ?? []);
  const withOpen = open.length > 0 ? { open } : {};
  if (missing > 0 && known.some(({ n }) => n > 0)) {
    return {
      status: 'insufficient',
      value: null,
      unit: 'seconds',
      n: sumOf(measured, ({ n }) => n),
      ...withOpen,
      note: `the spans of ${entityCount(
        missing,
      )} are not at hand, and medians are not averaged`,
    };
  }
  const all = spans.flatMap(each => each ?? []);
  const ended = durationOf(
    all.filter(span => span.ended).map(({ seconds }) => seconds),
  );
  if (ended.n === all.length) {
    return {
      ...ended,
      ...withOpen,
      ...noteOf(tooFew(ended, MIN_MEDIAN_N, 'span')),
    };
  }
  const { quantiles: _, ...summary } = ended;
  const value = censoredMedian(all);
  return {
    ...summary,
    value,
    status: summary.status === 'ok' && value !== null ? 'ok' : 'insufficient',
    ...withOpen,
    note: `${all.length - ended.n} still open, in the median as lasting longer`,
  };
};

const poolFindings: Pool = measured => {
  const found = sumOf(measured, ({ numerator }) => numerator);
  const releases = sumOf(measured, ({ denominator }) => denominator);
  const enough = releases < MIN_RATE_N ? 'insufficient' : 'ok';
  return {
    status: releases === 0 ? 'no-data' : enough,
    value: releases === 0 ? null : found / releases,
    unit: 'count',
    n: releases,
    numerator: found,
    denominator: releases,
    ...(releases > 0 && { interval: poissonInterval(found, releases) }),
  };
};

const poolCost: Pool = measured => {
  const charged = measured.filter(({ numerator }) => numerator !== undefined);
  const currencies = new Set(charged.map(({ currency }) => currency));
  const changes = sumOf(charged, ({ denominator }) => denominator);
  if (currencies.size > 1) {
    return {
      status: 'no-data',
      value: null,
      unit: 'currency',
      n: changes,
      note: `charges in ${[...currencies]
        .sort()
        .join(' and ')} are not added up`,
    };
  }
  const [currency] = currencies;
  const cost = sumOf(charged, ({ numerator }) => numerator);
  const enough = changes < MIN_RATE_N ? 'insufficient' : 'ok';
  return {
    status: changes === 0 ? 'no-data' : enough,
    value: changes === 0 ? null : cost / changes,
    unit: 'currency',
    ...(currency && { currency }),
    n: changes,
    numerator: cost,
    denominator: changes,
  };
};

/** Hours of hand work add up. */
const poolSum: Pool = measured => {
  const valued = measured.filter(({ value }) => value !== null);
  return {
    status: valued.length === 0 ? 'no-data' : 'ok',
    value: valued.length === 0 ? null : sumOf(valued, m => m.value!),
    unit: 'seconds',
    n: sumOf(measured, ({ n }) => n),
  };
};

/** How each metric is pooled. Budgets of different objectives are not: neither added nor averaged do they mean anything. */
const POOLS: Partial<Record<HealthMetricName, Pool>> = {
  deploymentFrequency: poolFrequency,
  changeLeadTime: poolDuration,
  changeFailRate: poolRate,
  failedDeploymentRecoveryTime: poolDuration,
  deploymentReworkRate: poolRate,
  timeToRestore: poolDuration,
  deliveryFailureRate: poolRate,
  findingsPerRelease: poolFindings,
  costPerChange: poolCost,
  flagStaleness: poolRate,
  rerunRate: poolRate,
  approvalWait: poolDuration,
  toil: poolSum,
  offHours: poolRate,
  testTime: poolDuration,
  scanTime: poolDuration,
  aiShare: poolRate,
};

function poolMetric(pool: Pool, metrics: readonly PoolableMetric[]): Metric {
  const left = (status: Metric['status']) =>
    metrics.filter(metric => metric.status === status).length;
  const absent = left('not-instrumented');
  const stale = left('stale');
  const measured = metrics.filter(({ status }) =>
    ['ok', 'insufficient', 'no-data'].includes(status),
  );
  const coverage = noteOf(
    absent + stale > 0 &&
      `${measured.length} of ${entityCount(metrics.length)}`,
    absent > 0 && `${absent} not instrumented`,
    stale > 0 && `${stale} not heard of for too long`,
  ).note;
  const { note, ...pooled } =
    measured.length > 0
      ? pool(measured)
      : {
          status:
            stale > 0 ? ('stale' as const) : ('not-instrumented' as const),
          value: null,
          unit: metrics[0].unit,
          n: 0,
          note: undefined,
        };
  return { ...pooled, ...noteOf(coverage, note), evidence: [] };
}

/**
 * Pools the reports of several entities over one window: rates by adding numerators and denominators, frequencies by
 * adding deployments over the same days, durations from the spans behind them, costs by adding cost and changes of one
 * currency. Never averages a rate or a median: a duration whose spans are not at hand makes the pooled one `insufficient`,
 * with a note. Entities without a source are counted and
 * left out, never taken for good. No bands: they are meant for one application.
 *
 * @throws RangeError for no report, or for reports of different windows or environments.
 *
 * @public
 */
export function poolHealth(reports: readonly PoolableHealth[]): PooledHealth {
  if (reports.length === 0) {
    throw new RangeError('there is no report to pool: give at least one');
  }
  const [{ window, environment }] = reports;
  for (const report of reports) {
    if (
      report.environment !== environment ||
      Date.parse(report.window.from) !== Date.parse(window.from) ||
      Date.parse(report.window.to) !== Date.parse(window.to)
    ) {
      throw new RangeError(
        `the report of ${report.entityRef} is about another window or environment: pool reports of the same`,
      );
    }
  }
  return {
    environment,
    window,
    entities: reports.length,
    instrumented: reports.filter(
      ({ metrics }) =>
        metrics.deploymentFrequency.status !== 'not-instrumented',
    ).length,
    metrics: Object.fromEntries(
      Object.entries(POOLS).map(([name, pool]) => [
        name,
        poolMetric(
          pool,
          reports.map(({ metrics }) => metrics[name as HealthMetricName]),
        ),
      ]),
    ),
  };
}

/**
 * As `poolHealth`, from the events of each entity, so that durations are pooled, too.
 *
 * @throws RangeError as `computeHealth` and `poolHealth`.
 *
 * @public
 */
export function poolHealthFromEvents(
  entities: readonly HealthOptions[],
): PooledHealth {
  return poolHealth(
    entities.map(options => poolableHealth(computeHealth(options))),
  );
}
