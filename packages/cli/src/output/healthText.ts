import type { HealthReport, Metric } from '@goldenpath/engine';
import { Duration } from 'luxon';

const NAMES: Record<string, string> = {
  deploymentFrequency: 'Deployment frequency',
  changeLeadTime: 'Change lead time',
  changeFailRate: 'Change fail rate',
  failedDeploymentRecoveryTime: 'Failed deployment recovery time',
  deploymentReworkRate: 'Deployment rework rate',
  timeToRestore: 'Time to restore',
};

function amount({ value, unit }: Metric): string {
  if (value === null) {
    return '';
  }
  switch (unit) {
    case 'seconds':
      return Duration.fromObject({ minutes: Math.round(value / 60) })
        .rescale()
        .toHuman();
    case 'ratio':
      return `${Math.round(value * 1000) / 10} %`;
    case 'per-day':
      return `${Math.round(value * 100) / 100} a day`;
    default:
      return String(value);
  }
}

/** A health report for a terminal: a line a metric, the status in words where there is no judgement. */
export function healthText({
  entityRef,
  environment,
  window,
  metrics,
}: HealthReport): string {
  return [
    `${entityRef}, ${environment}, ${window.from} to ${window.to}`,
    ...Object.entries(metrics).map(([name, metric]) => {
      const parts = [
        amount(metric),
        metric.status === 'ok' ? metric.band ?? '' : metric.status,
        `n=${metric.n}`,
        metric.note ?? '',
      ].filter(Boolean);
      return `  ${NAMES[name] ?? name}: ${parts.join(', ')}`;
    }),
  ].join('\n');
}
