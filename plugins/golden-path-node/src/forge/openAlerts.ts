import type { ForgeData } from '@goldenpath/engine';

/** An alert that nobody has closed. @public */
export interface OpenAlert {
  severity: 'critical' | 'high' | 'medium' | 'low';
  createdAt: string;
}

const DAY_MS = 86_400_000;

/** Counts open alerts by severity, with the ages of the oldest in whole days. @public */
export function countOpenAlerts(
  alerts: OpenAlert[],
  options: { now: Date; url?: string },
): NonNullable<NonNullable<ForgeData['alerts']>['dependencies']> {
  const of = (severity: OpenAlert['severity']) =>
    alerts.filter(alert => alert.severity === severity);
  const oldest = (severity: OpenAlert['severity']) => {
    const times = of(severity).map(({ createdAt }) => Date.parse(createdAt));
    return times.length
      ? Math.max(
          0,
          Math.floor((options.now.getTime() - Math.min(...times)) / DAY_MS),
        )
      : undefined;
  };
  return {
    critical: of('critical').length,
    high: of('high').length,
    medium: of('medium').length,
    low: of('low').length,
    oldestCriticalDays: oldest('critical'),
    oldestHighDays: oldest('high'),
    url: options.url,
  };
}
