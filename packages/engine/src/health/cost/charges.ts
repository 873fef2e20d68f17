import type { CostContent } from '../../model';
import type { CostEvent, DeliveryEvent } from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import type { MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';

/** What something cost over a period; times in milliseconds since the epoch. */
export interface Charge extends Omit<CostContent, 'from' | 'to'> {
  from: number;
  /** Excluded, and after `from`. */
  to: number;
  /** Id of the event that told of it. */
  event: string;
}

interface Statement {
  at: number;
  events: CostEvent[];
}

/**
 * The charges of the environment. The same source stating the same line, category and column of the same subject
 * over the same period again, at a later time, corrects what it stated before. Charges over an empty period are
 * left out.
 *
 * @param events - in the order of `orderEvents`
 */
function readCharges(
  events: readonly DeliveryEvent[],
  environment: string,
): Charge[] {
  const statements = new Map<string, Statement>();
  for (const event of eventsOfKind(events, 'cost-charged')) {
    if (isInEnvironment(event, environment)) {
      const { from, to, currency, line, category, column } = event.cost;
      const key = JSON.stringify([
        event.source,
        event.subjectId,
        Date.parse(from),
        Date.parse(to),
        currency,
        line,
        category,
        column,
      ]);
      const at = event.at.getTime();
      const known = statements.get(key);
      if (known && known.at === at) {
        known.events.push(event);
      } else {
        statements.set(key, { at, events: [event] });
      }
    }
  }
  return [...statements.values()]
    .flatMap(statement => statement.events)
    .map(({ id, cost }) => ({
      ...cost,
      from: Date.parse(cost.from),
      to: Date.parse(cost.to),
      event: id,
    }))
    .filter(({ from, to }) => from < to);
}

/** The charges behind a report. */
export const chargesIn = onceFor(
  ({ events, environment }: Pick<MetricContext, 'events' | 'environment'>) =>
    readCharges(events, environment),
);

/** How much of a period lies in a window, 0 to 1. */
export function shareInWindow(
  period: { from: number; to: number },
  window: { from: number; to: number },
): number {
  const overlap =
    Math.min(period.to, window.to) - Math.max(period.from, window.from);
  return Math.max(0, overlap) / (period.to - period.from);
}

/** The share of a window that at least one of the periods covers, 0 to 1. */
export function coveredShare(
  periods: readonly { from: number; to: number }[],
  window: { from: number; to: number },
): number {
  let covered = 0;
  let end = window.from;
  for (const { from, to } of [...periods].sort((a, b) => a.from - b.from)) {
    const start = Math.max(from, end);
    const stop = Math.min(to, window.to);
    if (stop > start) {
      covered += stop - start;
      end = stop;
    }
  }
  return covered / (window.to - window.from);
}
