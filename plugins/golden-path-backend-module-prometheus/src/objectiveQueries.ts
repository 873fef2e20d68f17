import type { SloContent } from '@goldenpath/engine';
import type { ObjectiveQuery, PrometheusServer } from './config';
import { dashboardUrl } from './dashboardUrl';
import {
  ALERT_WINDOWS,
  MeasuredObjective,
  periodSeconds,
  remainingOf,
} from './measuredObjective';
import type { Sample } from './PrometheusClient';
import { durationSeconds, escapeLabelValue } from './promql';

const WINDOW_LABEL = 'golden_path_window';
const KIND_LABEL = 'golden_path_kind';
const KINDS = ['bad', 'valid'] as const;

function windowsOf({ periodDays }: ObjectiveQuery): string[] {
  const period = `${Math.round(periodSeconds(periodDays))}s`;
  return [...ALERT_WINDOWS, period];
}

/** Asks for bad and valid events of all windows of an objective, in one query. @internal */
export function objectiveQuery(query: ObjectiveQuery, service: string): string {
  const value = escapeLabelValue(service);
  return windowsOf(query)
    .flatMap(window =>
      KINDS.map(kind => {
        const filled = query[kind]
          .replaceAll('$service', () => value)
          .replaceAll('$window', window);
        const named = `label_replace((${filled}), "${KIND_LABEL}", "${kind}", "", "")`;
        return `label_replace(${named}, "${WINDOW_LABEL}", "${window}", "", "")`;
      }),
    )
    .join(' or ');
}

function windowOf(
  counts: ReadonlyMap<string, number>,
  window: string,
): SloContent['windows'][number] {
  const seconds = durationSeconds(window)!;
  const bad = counts.get(`bad ${window}`);
  const valid = counts.get(`valid ${window}`);
  return bad === undefined || valid === undefined
    ? { seconds, errorRate: null }
    : { seconds, bad, valid };
}

/**
 * An objective of the configuration as measured, or `undefined` when Prometheus knows of no valid event of this service.
 *
 * @throws Error when a query gives more than one number.
 * @internal
 */
export function readObjective(
  samples: readonly Sample[],
  query: ObjectiveQuery,
  server: PrometheusServer,
  service: string,
): MeasuredObjective | undefined {
  const counts = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = `${labels[KIND_LABEL]} ${labels[WINDOW_LABEL]}`;
    if (counts.has(key)) {
      throw new Error(
        `The query '${labels[KIND_LABEL]}' of the objective '${query.objective}' at Prometheus '${server.name}' gives more than one number; put sum(…) around it in goldenPath.prometheus`,
      );
    }
    if (Number.isFinite(value)) {
      counts.set(key, Math.max(0, value));
    }
  }
  const windows = windowsOf(query);
  if (!windows.some(window => counts.has(`valid ${window}`))) {
    return undefined;
  }
  const { objective: name, target, periodDays } = query;
  const { environment } = server;
  const url = dashboardUrl(server, { service, objective: name, environment });
  const last = windowOf(counts, windows.at(-1)!);
  return {
    environment,
    at: samples[0].at,
    remaining: last.valid
      ? remainingOf(Math.min(1, last.bad! / last.valid), target)
      : undefined,
    content: {
      objective: { name, target, periodDays, method: 'Occurrences' },
      windows: windows.map(window => windowOf(counts, window)),
      ...(url ? { url } : {}),
    },
  };
}
