import type { FlagObservation } from '../../model';
import type { FlagsEvent } from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import { isInWindow, type MetricContext } from '../metrics/metricContext';
import { optional, type TimelineEntry } from './timelineEntry';

function sharesOf({ variants }: FlagObservation): string | undefined {
  return variants
    ?.map(({ name, share }) => `${name} ${Math.round(share * 100)} %`)
    .sort()
    .join(', ');
}

/** What is another than before, in words; `undefined` when nothing is. */
function changeOf(
  before: FlagObservation | undefined,
  after: FlagObservation | undefined,
): string | undefined {
  if (!after || after.archived) {
    return before && !before.archived ? 'removed' : undefined;
  }
  if (!before || before.archived) {
    return after.enabled ? 'created, on' : 'created, off';
  }
  if (before.enabled !== after.enabled) {
    return after.enabled ? 'switched on' : 'switched off';
  }
  const shares = sharesOf(after);
  return after.enabled && shares !== undefined && shares !== sharesOf(before)
    ? `now ${shares}`
    : undefined;
}

function entriesBetween(
  before: FlagsEvent,
  after: FlagsEvent,
): TimelineEntry[] {
  const byKey = ({ observed }: FlagsEvent) =>
    new Map(observed.flags.map(flag => [flag.key, flag]));
  const [old, current] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap(key => {
    const what = changeOf(old.get(key), current.get(key));
    return what === undefined
      ? []
      : [
          {
            id: `flag:${after.source}:${after.id}:${key}`,
            kind: 'flag' as const,
            at: after.at.toISOString(),
            title: `Flag ${key} ${what}`,
            ...optional('url', current.get(key)?.url ?? after.url),
            evidence: [before.id, after.id],
          },
        ];
  });
}

/**
 * What became of flags between one observation and the next by the same provider. When exactly is not known: the time is
 * that of the observation that shows it. The first observation shows no change.
 */
export function flagEntries(context: MetricContext): TimelineEntry[] {
  const latest = new Map<string, FlagsEvent>();
  return eventsOfKind(context.events, 'flags-observed')
    .filter(event => isInEnvironment(event, context.environment))
    .flatMap(event => {
      const { provider } = event.observed;
      const before = latest.get(provider);
      latest.set(provider, event);
      return before && isInWindow(event.at.getTime(), context)
        ? entriesBetween(before, event)
        : [];
    });
}
