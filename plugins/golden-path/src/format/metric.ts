import type {
  HealthMetricName,
  HealthReport,
  Metric,
} from '@goldenpath/engine';
import { humanDuration } from './duration';
import type { Wording } from './tone';

/** The five DORA metrics, throughput first. */
export const DORA_METRICS: HealthMetricName[] = [
  'deploymentFrequency',
  'changeLeadTime',
  'changeFailRate',
  'failedDeploymentRecoveryTime',
  'deploymentReworkRate',
];

const NAMES: Record<HealthMetricName, { title: string; definition: string }> = {
  deliveryFailureRate: {
    title: 'Delivery failure rate',
    definition:
      'Deployments that failed before they reached the environment, divided by all that succeeded or failed.',
  },
  errorBudget: {
    title: 'Error budget',
    definition:
      'What is left of the error budget of the objective that is worst off, as a share of all of it.',
  },
  findingsPerRelease: {
    title: 'New security findings per release',
    definition:
      'Findings that were not open before a release and are after it, by fingerprint, divided by the releases that were scanned.',
  },
  costPerChange: {
    title: 'Cloud cost per change',
    definition:
      'What running the service cost over the window, divided by the changes deployed in it.',
  },
  flagStaleness: {
    title: 'Stale flags',
    definition:
      'Active flags that are past their lifetime and settled or unseen, divided by all active flags. Flags of long-lived types never count.',
  },
  rerunRate: {
    title: 'Re-run rate',
    definition: 'Runs of pipelines beyond the first attempt, divided by all.',
  },
  approvalWait: {
    title: 'Waiting for approval',
    definition: 'Median time from asking for an approval to its decision.',
  },
  toil: {
    title: 'Manual toil',
    definition:
      'Time spent waiting, re-running and stepping in by hand, as far as events show it.',
  },
  offHours: {
    title: 'Off-hours deployments',
    definition: 'Deployments outside of working hours, divided by all.',
  },
  testTime: {
    title: 'Test time',
    definition: 'Median duration of a test run.',
  },
  scanTime: {
    title: 'Scan time',
    definition: 'Median duration of a security scan.',
  },
  aiShare: {
    title: 'Disclosed AI-assisted share',
    definition:
      'Changes that say they were made with AI, divided by those that people made. A lower bound: what is not disclosed is not seen.',
  },
  deploymentFrequency: {
    title: 'Deployment frequency',
    definition:
      'Deployments that succeeded in the window, divided by its days.',
  },
  changeLeadTime: {
    title: 'Change lead time',
    definition:
      'Median time from the commit of a change to the end of the first deployment that contains it.',
  },
  changeFailRate: {
    title: 'Change fail rate',
    definition:
      'Deployments that failed after reaching the environment, divided by all that reached it. Those younger than the attribution window are left out of both.',
  },
  failedDeploymentRecoveryTime: {
    title: 'Failed deployment recovery time',
    definition:
      'Median time from the end of a failed deployment to its repair: the incident resolved, the rollback or the fix deployed, whichever came first.',
  },
  deploymentReworkRate: {
    title: 'Deployment rework rate',
    definition:
      'Unplanned deployments made because of an incident, rollbacks included, divided by all that succeeded.',
  },
  timeToRestore: {
    title: 'Time to restore',
    definition:
      'Median time from the start of an incident to its end, whatever caused it.',
  },
};

/** Fewest deployments for a judgement. */
export const MINIMUM_DEPLOYMENTS = 5;

/** Fewest samples for a judgement: 5 deployments for a rate, 3 for a median. */
const MINIMUM_SAMPLE: Partial<Record<Metric['unit'], number>> = {
  ratio: MINIMUM_DEPLOYMENTS,
  'per-day': MINIMUM_DEPLOYMENTS,
  seconds: 3,
};

/** Where the limits of the bands come from. */
export function ladderText(ladder: HealthReport['ladder'] = '2023'): string {
  return `DORA ${ladder} ladder`;
}

/** The bands, lowest first. */
export const BANDS = ['low', 'medium', 'high', 'elite'] as const;

export function metricTitle(name: HealthMetricName): string {
  return NAMES[name].title;
}

export function metricDefinition(name: HealthMetricName): string {
  return NAMES[name].definition;
}

/** A number with one decimal at most, and commas at the thousands. */
export function decimal(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
}

function frequency(perDay: number): string {
  if (perDay === 0) {
    return '0 per day';
  }
  if (perDay >= 1) {
    return `${decimal(perDay)} per day`;
  }
  return perDay >= 1 / 7
    ? `${decimal(perDay * 7)} per week`
    : `${decimal(perDay * 30)} per 30 days`;
}

/** A share in percent, to a decimal; only nothing is `0%`, and only all of it `100%`. */
export function percentText(share: number): string {
  const rounded = decimal(share * 100);
  const misleads =
    (rounded === '0' && share !== 0) || (rounded === '100' && share !== 1);
  return misleads
    ? `${(share * 100).toLocaleString('en-GB', {
        maximumSignificantDigits: share < 0.5 ? 2 : 6,
      })}%`
    : `${rounded}%`;
}

function money(value: number, currency: string | undefined): string {
  if (currency === undefined) {
    return `${decimal(value)} of an unknown currency`;
  }
  try {
    return value.toLocaleString('en-GB', { style: 'currency', currency });
  } catch {
    return `${decimal(value)} ${currency}`;
  }
}

function amount(value: number): string {
  return value !== 0 && Math.abs(value) < 1
    ? value.toLocaleString('en-GB', { maximumSignificantDigits: 2 })
    : decimal(value);
}

/**
 * A number of a metric's unit for people: `3 h 12 min`, `12.5%`, `2.1 per day`, `€7.00`.
 *
 * @param currency - ISO 4217 code, for the unit `currency`
 */
export function metricValue(
  value: number,
  unit: Metric['unit'],
  currency?: string,
): string {
  switch (unit) {
    case 'seconds':
      return humanDuration(value);
    case 'ratio':
      return percentText(value);
    case 'per-day':
      return frequency(value);
    case 'currency':
      return money(value, currency);
    default:
      return amount(value);
  }
}

/** What stands where the number would stand; only `ok` is a judgement. */
export function metricWording(metric: Metric): Wording {
  const value =
    metric.value === null
      ? undefined
      : metricValue(metric.value, metric.unit, metric.currency);
  switch (metric.status) {
    case 'ok':
      return {
        label: value ?? 'No data',
        tone: value === undefined ? 'unsure' : 'neutral',
        meaning:
          metric.note ?? `From ${metric.n} sample${metric.n === 1 ? '' : 's'}.`,
      };
    case 'insufficient': {
      const needed = MINIMUM_SAMPLE[metric.unit];
      const sample = needed ? `n=${metric.n} of ${needed}` : `n=${metric.n}`;
      return {
        label: `Insufficient (${sample})`,
        tone: 'unsure',
        meaning:
          metric.note ??
          (value === undefined
            ? 'Too few samples for a judgement.'
            : `Too few samples for a judgement; so far ${value}.`),
      };
    }
    case 'no-data':
      return {
        label: 'No data',
        tone: 'unsure',
        meaning: metric.note ?? 'Nothing of this kind happened in the window.',
      };
    case 'not-instrumented':
      return {
        label: 'Not instrumented',
        tone: 'unsure',
        meaning:
          metric.note ?? 'No source of what this rests on was ever heard of.',
      };
    default:
      return {
        label: 'Stale',
        tone: 'unsure',
        meaning:
          metric.note ??
          `The events are too old${value ? `; last known ${value}` : ''}.`,
      };
  }
}

/** The number of a metric for people, judged or not, if it has one that is still true. */
export function metricNumber(metric: Metric): string | undefined {
  const current = metric.status === 'ok' || metric.status === 'insufficient';
  return current && metric.value !== null
    ? metricValue(metric.value, metric.unit, metric.currency)
    : undefined;
}

/** The band of a metric, only with status `ok`. */
export function metricBand(metric: Metric): Metric['band'] {
  return metric.status === 'ok' && metric.value !== null
    ? metric.band
    : undefined;
}
