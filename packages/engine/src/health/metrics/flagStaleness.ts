import type { Metric, MetricPart } from '../../model';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import { type FlagState, flagState } from '../flags/flagState';
import { readFlagHistories } from '../flags/flagHistory';
import { readTraffic } from '../flags/serviceTraffic';
import { medianOf } from '../quantiles';
import {
  counted,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

const DAY_SECONDS = 86_400;
const MAX_NAMED = 20;

function reasonsOf(state: FlagState): string {
  const { flag, overdueSeconds, settled, unseen } = state;
  return [
    flag.stale && 'marked stale',
    overdueSeconds !== null &&
      `overdue for ${counted(
        Math.floor(overdueSeconds / DAY_SECONDS),
        'day',
      )} as a flag of type ${flag.type}`,
    settled && `all on '${settled.on}' since ${settled.since.toISOString()}`,
    unseen &&
      (flag.lastEvaluatedAt === undefined
        ? 'never evaluated'
        : `last evaluated ${flag.lastEvaluatedAt}`),
  ]
    .filter(Boolean)
    .join('; ');
}

function flagPart(state: FlagState, context: MetricContext): MetricPart {
  return {
    name: `flag:${state.flag.key}`,
    unit: 'seconds',
    value: state.overdueSeconds,
    note: reasonsOf(state),
    evidence: context.orderEvidence(state.evidence),
  };
}

/**
 * Flag staleness: stale flags of the active ones, as last observed in the window. Stale is a flag that is marked so,
 * or that outlived its type and either serves one variant for 30 days or was not evaluated for 14 days while the
 * service has traffic. Flags of types that live for ever are active and never stale. A flag nobody has looked at
 * since before the window tells nothing.
 */
export function flagStaleness(context: MetricContext): Metric {
  const { events, environment, settings } = context;
  const observations = eventsOfKind(events, 'flags-observed').filter(event =>
    isInEnvironment(event, environment),
  );
  if (observations.length === 0) {
    return withoutSource('ratio', [['absent', 'feature flags']])!;
  }
  if (!observations.some(({ at }) => isInWindow(at.getTime(), context))) {
    return {
      status: 'no-data',
      value: null,
      unit: 'ratio',
      n: 0,
      note: 'the flags were not observed in the window',
      evidence: [],
    };
  }
  const traffic = readTraffic(events, environment);
  const active = readFlagHistories(events, environment, context.to)
    .filter(({ observedAt }) => isInWindow(observedAt, context))
    .map(history => flagState(history, settings.flagLifetimes, traffic));
  const stale = active.filter(state => state.stale);
  const overdue = active.filter(
    ({ overdueSeconds }) => overdueSeconds !== null,
  );
  const evidenceOf = (states: readonly FlagState[]) =>
    context.orderEvidence(states.flatMap(({ evidence }) => evidence));
  const count = (name: string, states: readonly FlagState[]): MetricPart => ({
    name,
    unit: 'count',
    value: states.length,
    evidence: evidenceOf(states),
  });
  const named = [...stale].sort(
    (a, b) => (b.overdueSeconds ?? 0) - (a.overdueSeconds ?? 0),
  );
  const rate = rateOf(stale.length, active.length);
  return {
    ...rate,
    parts: [
      count('active', active),
      count('stale', stale),
      count('overdue', overdue),
      count(
        'settled',
        active.filter(({ settled }) => settled),
      ),
      {
        ...count(
          'unseen',
          active.filter(({ unseen }) => unseen),
        ),
        ...(traffic.length === 0 && {
          value: null,
          note: 'not known: nobody measured whether the service has traffic',
        }),
      },
      {
        ...count(
          'long-lived',
          active.filter(({ longLived }) => longLived),
        ),
        note: 'never counted as debt',
      },
      {
        name: 'median-overdue',
        unit: 'seconds',
        value: medianOf(overdue.map(({ overdueSeconds }) => overdueSeconds!)),
        n: overdue.length,
        evidence: evidenceOf(overdue),
      },
      ...named.slice(0, MAX_NAMED).map(state => flagPart(state, context)),
    ],
    ...noteOf(
      active.length === 0 && 'no active flag',
      tooFew(rate, MIN_RATE_N, 'active flag'),
      named.length > MAX_NAMED &&
        `${counted(named.length - MAX_NAMED, 'stale flag')} not named`,
    ),
    evidence: evidenceOf(active),
  };
}
