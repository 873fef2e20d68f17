import type {
  HealthMetricName,
  Metric,
  ObjectiveBudget,
} from '@goldenpath/engine';
import { humanDuration } from './duration';
import { metricNumber, percentText } from './metric';
import type { Tone, Wording } from './tone';

type Alert = ObjectiveBudget['alerts'][number];

/** What is left of an error budget: `62% left`, `overdrawn by 4%`. */
export function budgetLeft(remaining: number | null): string {
  if (remaining === null) {
    return 'not known';
  }
  if (remaining < 0) {
    return `overdrawn by ${percentText(-remaining)}`;
  }
  return remaining === 0 ? 'used up' : `${percentText(remaining)} left`;
}

/** The number of a metric for people, judged or not; what is left of a budget says so. */
export function numberOf(
  name: HealthMetricName,
  metric: Metric,
): string | undefined {
  const number = metricNumber(metric);
  return number !== undefined && name === 'errorBudget'
    ? budgetLeft(metric.value)
    : number;
}

/** How what is left is meant; never good, since a budget is there to be used. */
export function budgetTone(remaining: number | null): Tone {
  if (remaining === null) {
    return 'unsure';
  }
  if (remaining <= 0) {
    return 'bad';
  }
  return remaining <= 0.25 ? 'warn' : 'neutral';
}

/** When the budget will be gone at the pace of the last hour. */
export function budgetEnd(objective: ObjectiveBudget): string | undefined {
  const { hoursLeft, remaining } = objective;
  if (remaining === null) {
    return undefined;
  }
  if (remaining <= 0 || hoursLeft === 0) {
    return 'The budget is gone.';
  }
  return hoursLeft === null
    ? 'Nothing was burnt in the last hour, as far as there was traffic.'
    : `Gone in ${humanDuration(
        hoursLeft * 3_600,
      )} at the pace of the last hour.`;
}

/** A promise in words: `99.9% over 30 days, by occurrences`. */
export function objectivePromise(objective: ObjectiveBudget): string {
  const methods = {
    Occurrences: 'by good events',
    Timeslices: 'by good slices of time',
    RatioTimeslices: 'by the mean of slices of time',
  };
  return `${(objective.target * 100).toLocaleString('en-GB', {
    maximumFractionDigits: 6,
  })}% over ${objective.periodDays} days, ${methods[objective.method]}`;
}

const STATES: Record<Exclude<Alert['state'], 'firing'>, Wording> = {
  quiet: {
    label: 'Quiet',
    tone: 'neutral',
    meaning: 'At least one of both windows is not above the threshold.',
  },
  'no-traffic': {
    label: 'No traffic',
    tone: 'unsure',
    meaning: 'Nothing was served in a window, so it neither fires nor clears.',
  },
  'low-traffic': {
    label: 'Too little traffic',
    tone: 'unsure',
    meaning:
      'Above the threshold, but from so few bad events that it may be chance.',
  },
  unreachable: {
    label: 'Can never fire',
    tone: 'unsure',
    meaning:
      'The objective promises so little that not even a full outage reaches the threshold.',
  },
  unknown: {
    label: 'Unknown',
    tone: 'unsure',
    meaning: 'A window was not measured.',
  },
};

/** The state of a burn alert in words. */
export function alertWording(alert: Alert): Wording {
  return alert.state === 'firing'
    ? {
        label: alert.severity === 'page' ? 'Firing: page' : 'Firing: ticket',
        tone: alert.severity === 'page' ? 'bad' : 'warn',
        meaning: `Both windows burn more than ${alert.threshold} times as fast as the budget allows.`,
      }
    : STATES[alert.state];
}

/** How fast the budgets of a metric are being used, by their alerts. */
export function burnState(metric: Metric): Wording {
  const alerts = (metric.objectives ?? []).flatMap(
    objective => objective.alerts,
  );
  const firing = alerts.filter(({ state }) => state === 'firing');
  const page = firing.find(({ severity }) => severity === 'page');
  if (page) {
    return {
      ...alertWording(page),
      label: 'Burning fast, a page alert fires',
    };
  }
  if (firing.length > 0) {
    return {
      ...alertWording(firing[0]),
      label: 'Burning steadily, a ticket alert fires',
    };
  }
  const quiet = alerts.filter(({ state }) => state === 'quiet').length;
  return quiet > 0
    ? {
        label: 'No burn alert fires',
        tone: 'neutral',
        meaning: `${quiet} of ${alerts.length} alerts could be judged.`,
      }
    : {
        label: 'Burn not known',
        tone: 'unsure',
        meaning: 'No alert could be judged.',
      };
}
