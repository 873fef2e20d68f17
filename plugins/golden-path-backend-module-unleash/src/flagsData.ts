import type { FlagObservation } from '@goldenpath/engine';
import { z } from 'zod';

const DAY_MS = 86_400_000;
const UNSEEN_DAYS = 14;

/**
 * The `data` of the `flags` fact: the feature flags of an entity in one environment, without archived ones.
 * @public
 */
export const flagsDataSchema = z.object({
  environment: z.string(),
  /** Flags there are. */
  active: z.int().nonnegative(),
  /** Flags that are on in the environment. */
  enabled: z.int().nonnegative(),
  /** Flags that somebody marked as stale. */
  marked: z.int().nonnegative(),
  /** Flags older than flags of their type are expected to get. */
  overdue: z.int().nonnegative(),
  /**
   * What to clean up: flags that are marked, or overdue and not evaluated for 14 days. Those that serve one variant for
   * a month need history; the metric `flagStaleness` of `health` has them too. Types that may live for ever are never
   * among them.
   */
  stale: z.array(
    z.object({
      key: z.string(),
      type: z.string(),
      ageDays: z.number().nonnegative(),
      /** Days beyond the lifetime of its type. */
      overdueDays: z.number().nonnegative(),
      marked: z.boolean(),
      /** Absent when it was never evaluated. */
      lastEvaluatedAt: z.string().optional(),
    }),
  ),
});

/** @public */
export type FlagsData = z.infer<typeof flagsDataSchema>;

interface Judged {
  flag: FlagObservation;
  type: string;
  ageDays: number;
  overdueDays: number;
  isLongLived: boolean;
}

function daysSince(instant: string, now: Date): number {
  return Math.max(0, now.getTime() - Date.parse(instant)) / DAY_MS;
}

/**
 * The fact about flags.
 *
 * @param types - Unleash's own type of each flag, which may be one of the organisation.
 * @param lifetimes - in days, by type; null for ever. A type that is not listed has none.
 * @internal
 */
export function flagsDataOf(
  flags: readonly FlagObservation[],
  options: {
    environment: string;
    types: ReadonlyMap<string, string>;
    lifetimes: ReadonlyMap<string, number | null>;
    now: Date;
  },
): FlagsData {
  const { environment, types, lifetimes, now } = options;
  const judged = flags.map((flag): Judged => {
    const type = types.get(flag.key) ?? flag.type;
    const lifetime = lifetimes.get(type) ?? null;
    const ageDays = flag.createdAt ? daysSince(flag.createdAt, now) : 0;
    return {
      ...{ flag, type, ageDays, isLongLived: lifetime === null },
      overdueDays: lifetime === null ? 0 : Math.max(0, ageDays - lifetime),
    };
  });
  // Where no flag was ever evaluated, nobody tells Unleash
  const isTold = flags.some(({ lastEvaluatedAt }) => lastEvaluatedAt);
  const isUnseen = ({ flag, ageDays }: Judged) =>
    isTold &&
    (flag.lastEvaluatedAt ? daysSince(flag.lastEvaluatedAt, now) : ageDays) >=
      UNSEEN_DAYS;
  const stale = judged.filter(
    one =>
      !one.isLongLived &&
      (one.flag.stale || (one.overdueDays > 0 && isUnseen(one))),
  );
  return {
    environment,
    active: flags.length,
    enabled: flags.filter(({ enabled }) => enabled).length,
    marked: flags.filter(flag => flag.stale).length,
    overdue: judged.filter(({ overdueDays }) => overdueDays > 0).length,
    stale: stale.map(({ flag, type, ageDays, overdueDays }) => ({
      ...{ key: flag.key, type, marked: flag.stale },
      // Whole days, so that the fact does not change by the minute
      ...{ ageDays: Math.floor(ageDays), overdueDays: Math.floor(overdueDays) },
      ...(flag.lastEvaluatedAt
        ? { lastEvaluatedAt: flag.lastEvaluatedAt }
        : {}),
    })),
  };
}
