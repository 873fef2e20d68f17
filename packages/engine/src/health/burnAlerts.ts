import type { DeliveryEvent } from './deliveryEvent';
import type { BurnAlert } from './failureLinks';
import { objectivesIn } from './slo/objectives';
import { alertStates } from './slo/alertStates';

/**
 * When fast burns of the error budget began in one environment: alerts that were reported, and measurements in which a
 * page alert fires that did not fire in the measurement before. Alerts that only ask for a ticket burn slowly, and do not
 * point at a deployment.
 *
 * @param events - of one entity, in the order of `orderEvents`.
 */
export function readBurnAlerts(
  events: readonly DeliveryEvent[],
  environment: string,
): BurnAlert[] {
  const alerts: BurnAlert[] = [];
  const open = new Set<string>();
  for (const event of events) {
    if (
      (event.kind === 'incident-opened' ||
        event.kind === 'incident-resolved') &&
      event.environment === environment
    ) {
      if (event.kind === 'incident-resolved') {
        open.delete(event.subjectId);
      } else if (
        event.burnAlert?.severity === 'page' &&
        !open.has(event.subjectId)
      ) {
        open.add(event.subjectId);
        alerts.push({ id: event.id, startedAt: event.at.getTime() });
      }
    }
  }
  for (const { measurements } of objectivesIn({ events, environment })) {
    let burning = false;
    for (const { event, states } of alertStates(measurements)) {
      const fires = states.some(
        ({ severity, state }) => severity === 'page' && state === 'firing',
      );
      if (fires && !burning) {
        alerts.push({ id: event.id, startedAt: event.at.getTime() });
      }
      burning = fires;
    }
  }
  return alerts.sort((a, b) => a.startedAt - b.startedAt);
}
