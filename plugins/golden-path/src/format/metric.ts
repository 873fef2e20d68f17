import type { HealthMetricName, Metric } from '@goldenpath/engine';
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

/** Fewest samples for a judgement: 5 deployments for a rate, 3 for a median. */
const MINIMUM_SAMPLE: Partial<Record<Metric['unit'], number>> = {
  ratio: 5,
  seconds: 3,
};

export function metricTitle(name: HealthMetricName): string {
  return NAMES[name].title;
}

export function metricDefinition(name: HealthMetricName): string {
  return NAMES[name].definition;
}

function decimal(value: number): string {
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

/** A number of a metric's unit for people: `3 h 12 min`, `12.5%`, `2.1 per day`. */
export function metricValue(value: number, unit: Metric['unit']): string {
  switch (unit) {
    case 'seconds':
      return humanDuration(value);
    case 'ratio':
      return `${decimal(value * 100)}%`;
    case 'per-day':
      return frequency(value);
    default:
      return decimal(value);
  }
}

/** What stands where the number would stand; only `ok` is a judgement. */
export function metricWording(metric: Metric): Wording {
  const value =
    metric.value === null ? undefined : metricValue(metric.value, metric.unit);
  switch (metric.status) {
    case 'ok':
      return {
        label: value ?? 'No data',
        tone: value === undefined ? 'unsure' : 'neutral',
        meaning: metric.note ?? `From ${metric.n} samples.`,
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
          metric.note ??
          'No delivery events arrive for this entity. Send deployment and incident events from its pipeline.',
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
    ? metricValue(metric.value, metric.unit)
    : undefined;
}

/** The band of a metric, only with status `ok`. */
export function metricBand(metric: Metric): string | undefined {
  return metric.status === 'ok' && metric.value !== null
    ? metric.band
    : undefined;
}
