import type { FlagObservation, Metric } from '../../model';
import type { Ladder } from '../bands';
import type { DeliveryEvent } from '../deliveryEvent';
import type { Deployment } from '../deployments';
import type { FailureLink } from '../failureLinks';
import type { Incident } from '../incidents';
import { summarise } from '../quantiles';
import { wilsonInterval } from '../wilson';
import { rememberSpans } from './rememberedSpans';

export { hasSucceeded } from '../previousDeployment';

/** Fewest deployments from which a rate is judged. */
export const MIN_RATE_N = 5;
/** Fewest spans from which a median is judged. */
export const MIN_MEDIAN_N = 3;

/** Whether a kind of event can be had at all, and whether its source was heard of lately. */
export type SourceState = 'connected' | 'absent' | 'stale';

/** What a team may set; see `HealthOptions`. */
export interface MetricSettings {
  /** The ladder that bands are read from. */
  ladder: Ladder;
  /** IANA name; decides in day and week buckets, and what is off-hours. */
  timeZone: string;
  /** 1 Monday to 7 Sunday; whole hours or fractions of the day in the time zone. */
  workingHours: { days: readonly number[]; start: number; end: number };
  /** Minutes one manual step takes, by kind; only for estimates. */
  manualMinutes: Readonly<Record<'trigger' | 'rollback' | 'retry', number>>;
  /** Cost of one minute of a pipeline, if that is known. */
  ciCostPerMinute?: { amount: number; currency: string };
  /** Days a flag of a type may live; null: for ever. */
  flagLifetimes: Readonly<Record<FlagObservation['type'], number | null>>;
}

/** What all metrics of one report are computed from. Times in milliseconds since the epoch. */
export interface MetricContext {
  from: number;
  to: number;
  now: number;
  attributionWindowMs: number;
  countSuspected: boolean;
  sources: {
    deployments: SourceState;
    incidents: SourceState;
    /** Anything that can tell of a failure: incidents, rollbacks, fixes, failed rollouts, alerts. */
    failures: SourceState;
  };
  /** Whether nothing at all was heard of the entity for too long. */
  silent: boolean;
  /** By finish time, with those outside the window. */
  deployments: readonly Deployment[];
  incidents: readonly Incident[];
  failures: ReadonlyMap<Deployment, readonly FailureLink[]>;
  /** Deployments that were not planned, but made for an incident or a bug. */
  rework: ReadonlySet<Deployment>;
  /** When a change was proposed, by its commit, in milliseconds since the epoch. */
  proposedAt: (sha: string) => number | undefined;
  /** All events of the entity up to `now`, in the order of `orderEvents`; those of other environments included. */
  events: readonly DeliveryEvent[];
  environment: string;
  settings: MetricSettings;
  /** Puts event ids in the order of the events, each once. */
  orderEvidence: (ids: Iterable<string>) => string[];
}

export function isInWindow(
  time: number,
  { from, to }: Pick<MetricContext, 'from' | 'to'>,
): boolean {
  return time >= from && time < to;
}

/** Whether the deployment touched the environment; a rollback or a named cause says so, too. */
export function hasReached(
  deployment: Deployment,
  { failures }: MetricContext,
): boolean {
  return (
    deployment.reached ??
    (failures.get(deployment) ?? []).some(
      ({ kind }) => kind === 'explicit' || kind === 'rolled-back',
    )
  );
}

/** The links that make a deployment count as failed: confirmed ones, and suspected ones on request. */
export function countedLinks(
  deployment: Deployment,
  { failures, countSuspected }: MetricContext,
): readonly FailureLink[] {
  return (failures.get(deployment) ?? []).filter(
    ({ confidence }) => countSuspected || confidence === 'confirmed',
  );
}

/** The metric when its source is missing or silent, or `undefined` when it can be computed. */
export function withoutSource(
  unit: Metric['unit'],
  needs: readonly (readonly [SourceState, string])[],
): Metric | undefined {
  for (const [status, state] of [
    ['not-instrumented', 'absent'],
    ['stale', 'stale'],
  ] as const) {
    const missing = needs.find(([actual]) => actual === state);
    if (missing) {
      const [, source] = missing;
      return {
        status,
        value: null,
        unit,
        n: 0,
        note:
          status === 'stale'
            ? `nothing was heard of the source of ${source} for too long`
            : `no source of ${source} is connected`,
        evidence: [],
      };
    }
  }
  return undefined;
}

/** One text out of those that apply. */
export function noteOf(
  ...notes: readonly (string | false | undefined)[]
): Pick<Metric, 'note'> {
  const text = notes.filter(Boolean).join('; ');
  return text === '' ? {} : { note: text };
}

/** A number with its noun, in the plural where that is due. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Status, value, counts and interval of a rate. */
export function rateOf(
  numerator: number,
  denominator: number,
): Pick<
  Metric,
  'status' | 'value' | 'unit' | 'n' | 'numerator' | 'denominator' | 'interval'
> {
  const counts = {
    unit: 'ratio',
    n: denominator,
    numerator,
    denominator,
  } as const;
  if (denominator === 0) {
    return { status: 'no-data', value: null, ...counts };
  }
  return {
    status: denominator < MIN_RATE_N ? 'insufficient' : 'ok',
    value: numerator / denominator,
    ...counts,
    interval: wilsonInterval(numerator, denominator),
  };
}

/** Status, median and quantiles of spans in seconds. */
export function durationOf(
  spans: readonly number[],
): Pick<Metric, 'status' | 'value' | 'unit' | 'n' | 'quantiles'> {
  const summary = summarise(spans);
  if (!summary) {
    return { status: 'no-data', value: null, unit: 'seconds', n: 0 };
  }
  return {
    status: spans.length < MIN_MEDIAN_N ? 'insufficient' : 'ok',
    value: summary.median,
    unit: 'seconds',
    n: spans.length,
    quantiles: rememberSpans(
      summary.quantiles,
      spans.map(seconds => ({ seconds, ended: true })),
    ),
  };
}

/** What is missing for a judgement, in words. */
export function tooFew(
  { status, n }: Pick<Metric, 'status' | 'n'>,
  least: number,
  noun: string,
): string | false {
  return (
    status === 'insufficient' && `${counted(n, noun)} of at least ${least}`
  );
}

/** Seconds from one instant to another, both in milliseconds; `undefined` when one is not known. */
export function secondsBetween(
  start: number | undefined,
  end: number | undefined,
): number | undefined {
  return start === undefined || end === undefined
    ? undefined
    : (end - start) / 1000;
}

/** Splits spans in seconds into those that can be and the number of negative ones. */
export function splitSpans(spans: readonly (number | undefined)[]): {
  valid: number[];
  negative: number;
} {
  const known = spans.filter(span => span !== undefined);
  const valid = known.filter(span => span >= 0);
  return { valid, negative: known.length - valid.length };
}
