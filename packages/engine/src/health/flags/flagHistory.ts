import type { FlagObservation } from '../../model';
import type { DeliveryEvent, FlagsEvent } from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';

/** A flag that its provider still lists, and what earlier observations tell of it. Times in milliseconds since the epoch. */
export interface FlagHistory {
  flag: FlagObservation;
  provider: string;
  observedAt: number;
  /** Creation as stated, or the first observation of a flag whose creation is not known. */
  knownSince: number;
  /** The one variant that all traffic gets, or `off`; `undefined` while there are several, or nobody knows. */
  settledOn?: string;
  /** The first of the consecutive observations up to the latest that had it settled so. */
  settledSince?: number;
  /** When it was last evaluated; null: never; `undefined`: the provider does not tell. */
  evaluatedAt: number | null | undefined;
  /** Ids of the observations the above rests on, oldest first. */
  events: string[];
}

/** Shares are sums of floating point numbers. */
const FULL_SHARE = 1 - 1e-9;

function settledOn({ enabled, variants }: FlagObservation): string | undefined {
  return enabled
    ? variants?.find(({ share }) => share >= FULL_SHARE)?.name
    : 'off';
}

/** What is known of a flag after some observations, read in their order. */
interface Known {
  flag: FlagObservation;
  observedAt: number;
  event: string;
  first: { at: number; event: string };
  settled?: { on: string; since: number; event: string };
}

function observe(
  known: Known | undefined,
  flag: FlagObservation,
  { id: event, at }: FlagsEvent,
): Known {
  const observedAt = at.getTime();
  const on = settledOn(flag);
  const before = known?.settled;
  const begun = on === undefined ? undefined : { on, since: observedAt, event };
  return {
    flag,
    observedAt,
    event,
    first: known?.first ?? { at: observedAt, event },
    settled: before && before.on === on ? before : begun,
  };
}

/**
 * The flags that are in use at the latest observation before an instant, by what their consecutive observations tell.
 * An observation lists every flag: one that it does not list is gone, and so are archived ones.
 *
 * @param events - in the order of `orderEvents`
 * @param before - in milliseconds since the epoch, excluded
 */
export function readFlagHistories(
  events: readonly DeliveryEvent[],
  environment: string,
  before: number,
): FlagHistory[] {
  const lists = new Map<
    string,
    { provider: string; flags: Map<string, Known>; evaluates: boolean }
  >();
  for (const event of eventsOfKind(events, 'flags-observed')) {
    const { provider, flags } = event.observed;
    if (event.at.getTime() < before && isInEnvironment(event, environment)) {
      const key = JSON.stringify([event.source, event.subjectId, provider]);
      const known = lists.get(key);
      lists.set(key, {
        provider,
        flags: new Map(
          flags.map(flag => [
            flag.key,
            observe(known?.flags.get(flag.key), flag, event),
          ]),
        ),
        evaluates:
          (known?.evaluates ?? false) ||
          flags.some(({ lastEvaluatedAt }) => lastEvaluatedAt !== undefined),
      });
    }
  }
  return [...lists.values()].flatMap(({ provider, flags, evaluates }) =>
    [...flags.values()]
      .filter(({ flag }) => !flag.archived)
      .map(({ flag, observedAt, event, first, settled }) => ({
        flag,
        provider,
        observedAt,
        knownSince:
          flag.createdAt === undefined ? first.at : Date.parse(flag.createdAt),
        settledOn: settled?.on,
        settledSince: settled?.since,
        evaluatedAt: evaluationOf(flag, evaluates),
        events: [
          ...new Set([
            ...(flag.createdAt === undefined ? [first.event] : []),
            ...(settled ? [settled.event] : []),
            event,
          ]),
        ],
      })),
  );
}

function evaluationOf(
  { lastEvaluatedAt }: FlagObservation,
  evaluates: boolean,
): FlagHistory['evaluatedAt'] {
  if (lastEvaluatedAt !== undefined) {
    return Date.parse(lastEvaluatedAt);
  }
  return evaluates ? null : undefined;
}
