import type { FlagObservation } from '../../model';
import type { FlagHistory } from './flagHistory';

const DAY_MS = 86_400_000;
/** A flag that serves one variant for this long has done its work. */
const SETTLED_MS = 30 * DAY_MS;
/** A flag nobody evaluates for this long, while there is traffic, is out of use. */
const UNSEEN_MS = 14 * DAY_MS;

/** How a flag stands. @public */
export interface FlagState {
  flag: FlagObservation;
  provider: string;
  /** When it was last observed: everything below is as of then. */
  observedAt: Date;
  /** Since it was created or, where that is not known, since it was first observed. */
  ageSeconds: number;
  /** Its type may live for ever, so that it never counts as debt. */
  longLived: boolean;
  /** Seconds beyond the lifetime of its type; null while it is within, and for long-lived types. */
  overdueSeconds: number | null;
  /** One variant, or `off`, for 30 days. */
  settled: { on: string; since: Date } | null;
  /** Not evaluated for 14 days while the service has traffic; false also where nobody knows of the one or the other. */
  unseen: boolean;
  /** Marked, or overdue and either settled or unseen. */
  stale: boolean;
  /** Ids of the observations it rests on. */
  evidence: string[];
}

/** Whether a measurement in `(from, to]` saw traffic; the id of the latest. */
function trafficIn(
  traffic: readonly { at: number; event: string }[],
  from: number,
  to: number,
): string | undefined {
  return traffic.findLast(({ at }) => at > from && at <= to)?.event;
}

/** How a flag stands at its latest observation. */
export function flagState(
  history: FlagHistory,
  lifetimes: Readonly<Record<FlagObservation['type'], number | null>>,
  traffic: readonly { at: number; event: string }[],
): FlagState {
  const { flag, observedAt, knownSince, settledOn, settledSince } = history;
  const age = Math.max(0, observedAt - knownSince);
  const lifetime = lifetimes[flag.type];
  const longLived = lifetime === null;
  const overdue = longLived ? 0 : age - lifetime * DAY_MS;
  const isSettled =
    settledOn !== undefined && observedAt - settledSince! >= SETTLED_MS;
  const idleSince =
    history.evaluatedAt === undefined
      ? undefined
      : history.evaluatedAt ?? knownSince;
  const isIdle = idleSince !== undefined && observedAt - idleSince >= UNSEEN_MS;
  const seenTraffic = isIdle
    ? trafficIn(traffic, observedAt - UNSEEN_MS, observedAt)
    : undefined;
  const unseen = seenTraffic !== undefined;
  return {
    flag,
    provider: history.provider,
    observedAt: new Date(observedAt),
    ageSeconds: age / 1000,
    longLived,
    overdueSeconds: overdue > 0 ? overdue / 1000 : null,
    settled: isSettled
      ? { on: settledOn, since: new Date(settledSince!) }
      : null,
    unseen,
    stale: !longLived && (flag.stale || (overdue > 0 && (isSettled || unseen))),
    evidence: seenTraffic ? [...history.events, seenTraffic] : history.events,
  };
}
