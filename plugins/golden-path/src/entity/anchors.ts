import type { HealthMetricName } from '@goldenpath/engine';

/** Ids on the tab; the card's links point at them. */
export const CHECKS_ANCHOR = 'checks';
export const DRIFT_ANCHOR = 'drift';
export const HEALTH_ANCHOR = 'health';
export const GATE_ANCHOR = 'gate';
export const HISTORY_ANCHOR = 'history';
export const SOURCES_ANCHOR = 'sources';

export function checkAnchor(pathName: string, checkId: string) {
  return `check-${pathName}-${checkId}`;
}

export function decisionAnchor(id: string) {
  return `decision-${id}`;
}

export function metricAnchor(name: HealthMetricName) {
  return `metric-${name}`;
}
