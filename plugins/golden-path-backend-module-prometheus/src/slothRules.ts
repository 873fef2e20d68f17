import type { PrometheusServer } from './config';
import {
  ALERT_WINDOWS,
  MeasuredObjective,
  periodSeconds,
  remainingOf,
} from './measuredObjective';
import { dashboardUrl } from './dashboardUrl';
import type { Sample } from './PrometheusClient';
import { durationSeconds, escapeLabelValue } from './promql';

const ERROR_RATE = 'slo:sli_error:ratio_rate';
const OBJECTIVE = 'slo:objective:ratio';
const PERIOD_DAYS = 'slo:time_period:days';
const REMAINING = 'slo:period_error_budget_remaining:ratio';

const STANDARD_SECONDS = ALERT_WINDOWS.map(window => durationSeconds(window)!);

/** Asks for everything that Sloth's rules record of a service, in one query. @internal */
export function slothQuery(service: string): string {
  const names = [`${ERROR_RATE}.+`, OBJECTIVE, PERIOD_DAYS, REMAINING];
  return `{__name__=~"${names.join('|')}", sloth_service="${escapeLabelValue(
    service,
  )}"}`;
}

/** Values of one objective in one environment, the worst where there are several series of one. */
interface Recorded {
  name: string;
  environment: string;
  at: Date;
  target?: number;
  periodDays?: number;
  remaining?: number;
  errorRates: Map<number, number>;
}

function record(recorded: Recorded, { labels, value }: Sample): void {
  const name = labels.__name__;
  if (!Number.isFinite(value)) {
    // What had no traffic is not a number
    return;
  }
  if (name === OBJECTIVE) {
    recorded.target = Math.max(recorded.target ?? 0, value);
  } else if (name === PERIOD_DAYS) {
    recorded.periodDays = Math.max(recorded.periodDays ?? 0, value);
  } else if (name === REMAINING) {
    recorded.remaining = Math.min(recorded.remaining ?? 1, value);
  } else if (name.startsWith(ERROR_RATE)) {
    const seconds = durationSeconds(name.slice(ERROR_RATE.length));
    if (seconds !== undefined) {
      const rate = Math.min(1, Math.max(0, value));
      recorded.errorRates.set(
        seconds,
        Math.max(recorded.errorRates.get(seconds) ?? 0, rate),
      );
    }
  }
}

function measuredOf(
  recorded: Recorded,
  server: PrometheusServer,
  service: string,
): MeasuredObjective | string {
  const { name, environment, at, target, periodDays, errorRates } = recorded;
  if (target === undefined || !(target > 0 && target < 1)) {
    return `Prometheus '${server.name}' records nothing usable as ${OBJECTIVE}; load all rules that Sloth makes`;
  }
  if (periodDays === undefined || !(periodDays > 0 && periodDays <= 366)) {
    return `Prometheus '${server.name}' records nothing usable as ${PERIOD_DAYS}; load all rules that Sloth makes`;
  }
  const period = periodSeconds(periodDays);
  const seconds = new Set([...STANDARD_SECONDS, ...errorRates.keys(), period]);
  const rate = errorRates.get(period);
  const remaining =
    recorded.remaining ??
    (rate === undefined ? undefined : remainingOf(rate, target));
  const url = dashboardUrl(server, { service, objective: name, environment });
  return {
    environment,
    at,
    remaining,
    content: {
      objective: { name, target, periodDays, method: 'Occurrences' },
      // The objective is recorded, so that a window without a value is one without traffic
      windows: [...seconds]
        .sort((a, b) => a - b)
        .map(one => ({ seconds: one, errorRate: errorRates.get(one) ?? null })),
      ...(url ? { url } : {}),
    },
  };
}

/**
 * The objectives of a service by Sloth's recording rules, and why some cannot be read, by name.
 * @internal
 */
export function readSlothObjectives(
  samples: readonly Sample[],
  server: PrometheusServer,
  service: string,
): { measured: MeasuredObjective[]; problems: Record<string, string> } {
  const byObjective = new Map<string, Recorded>();
  for (const sample of samples) {
    const name = sample.labels.sloth_slo;
    if (!name) {
      continue;
    }
    const environment = sample.labels.environment || server.environment;
    const key = JSON.stringify([name, environment]);
    const recorded = byObjective.get(key) ?? {
      ...{ name, environment, at: sample.at },
      errorRates: new Map(),
    };
    byObjective.set(key, recorded);
    record(recorded, sample);
  }
  const measured: MeasuredObjective[] = [];
  const problems: Record<string, string> = {};
  for (const recorded of byObjective.values()) {
    const read = measuredOf(recorded, server, service);
    if (typeof read === 'string') {
      problems[recorded.name] = read;
    } else {
      measured.push(read);
    }
  }
  return { measured, problems };
}
