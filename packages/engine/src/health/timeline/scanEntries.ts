import type { ScanEvent } from '../deliveryEvent';
import { scanKey } from '../findings/findingIdentity';
import { openFindingsReader } from '../findings/newFindings';
import { hasScanned } from '../findings/releaseScans';
import { eventsOfKind } from '../eventsOfKind';
import { isInWindow, type MetricContext } from '../metrics/metricContext';
import { optional, type TimelineEntry } from './timelineEntry';

/** The scans of the window, each with the last one before it by the same tool for the same category that scanned. */
function pairScans(
  context: MetricContext,
): { event: ScanEvent; before?: ScanEvent }[] {
  const latest = new Map<string, ScanEvent>();
  const pairs: { event: ScanEvent; before?: ScanEvent }[] = [];
  for (const event of eventsOfKind(context.events, 'scan-finished')) {
    if ((event.environment ?? context.environment) === context.environment) {
      const key = scanKey(event);
      if (isInWindow(event.at.getTime(), context)) {
        pairs.push({ event, before: latest.get(key) });
      }
      if (hasScanned(event)) {
        latest.set(key, event);
      }
    }
  }
  return pairs;
}

/**
 * The scans of the window, each compared with the one before it by the same tool for the same category. One that failed or
 * brought no results found nothing out, which is not the same as nothing found. A scan that names no environment looked at
 * code or an artifact, and is shown for every environment.
 */
export function scanEntries(context: MetricContext): TimelineEntry[] {
  const pairs = pairScans(context);
  const read = openFindingsReader(
    pairs.flatMap(({ event, before }) => (before ? [event, before] : [])),
    context.events,
  );
  return pairs.map(({ event, before }) => {
    const known = before && hasScanned(event) ? read(before).open : undefined;
    return {
      id: `scan:${event.source}:${event.id}`,
      kind: 'scan',
      at: event.at.toISOString(),
      title: `Scan by ${event.scan.tool}${
        event.scan.category === '' ? '' : ` (${event.scan.category})`
      }`,
      outcome: hasScanned(event) ? 'succeeded' : 'failed',
      ...optional('sha', event.sha),
      ...optional(
        'newFindings',
        known &&
          [...read(event).open.keys()].filter(id => !known.has(id)).length,
      ),
      ...optional('url', event.url ?? event.scan.url),
      evidence: context.orderEvidence([
        ...(before ? [before.id] : []),
        event.id,
      ]),
    };
  });
}
