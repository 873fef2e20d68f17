import type { MetricContext } from '../metrics/metricContext';
import { optional, type TimelineEntry } from './timelineEntry';

/** The incidents that lasted at any time of the window, with their end. */
export function incidentEntries(context: MetricContext): TimelineEntry[] {
  const causes = new Map<string, string[]>();
  for (const [deployment, links] of context.failures) {
    for (const id of new Set(
      links.flatMap(({ incident }) => incident?.id ?? []),
    )) {
      causes.set(id, [...(causes.get(id) ?? []), deployment.id]);
    }
  }
  const urls = new Map<string, string>();
  for (const event of context.events) {
    if (
      event.kind === 'incident-opened' ||
      event.kind === 'incident-resolved'
    ) {
      const url = event.url ?? event.ticketUri;
      if (url !== undefined) {
        urls.set(event.subjectId, url);
      }
    }
  }
  return context.incidents.flatMap((incident): TimelineEntry[] => {
    const { id, startedAt, resolvedAt, skewed } = incident;
    const start = startedAt ?? resolvedAt!;
    const end = resolvedAt ?? (skewed ? start : Infinity);
    if (start >= context.to || end < context.from) {
      return [];
    }
    return [
      {
        id: `incident:${id}`,
        kind: 'incident',
        at: new Date(start).toISOString(),
        ...optional(
          'until',
          resolvedAt === undefined
            ? undefined
            : new Date(resolvedAt).toISOString(),
        ),
        title: `Incident ${id}`,
        outcome: resolvedAt === undefined && !skewed ? 'open' : 'resolved',
        ...optional('linked', causes.get(id)),
        ...optional('url', urls.get(id)),
        evidence: context.orderEvidence(incident.events),
      },
    ];
  });
}
