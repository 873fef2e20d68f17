import type { Anomaly } from '../../model';
import { type DependencyEdge, DependencyGraph } from './dependencyGraph';

const HOUR_MS = 3_600_000;
const DEFAULT_ATTRIBUTION_WINDOW_HOURS = 24;

/** A deployment that may be behind an anomaly. @public */
export interface CandidateDeployment {
  entityRef: string;
  deploymentId: string;
  /** ISO 8601. */
  finishedAt: string;
  sha?: string;
}

/** @public */
export interface AnomalyGroupInput {
  /** Open anomalies by entity; those that are not for the worse, and acknowledged ones, are passed over. */
  anomalies: Readonly<Record<string, readonly Anomaly[]>>;
  dependencies: readonly DependencyEdge[];
  deployments: readonly CandidateDeployment[];
  /** Hours before the first signal in which a deployment is held to be behind it; 24 by default. */
  attributionWindowHours?: number;
}

/** An anomaly and whose it is. @public */
export interface AnomalySignal {
  entityRef: string;
  anomaly: Anomaly;
}

/** Signals that ask for attention once. @public */
export interface AnomalyGroup {
  /** That of the first signal, so that it stays the same as others join. */
  id: string;
  /** Whose signal came first. */
  entityRef: string;
  /** All of them, that one first. */
  entityRefs: string[];
  /** By time. */
  signals: AnomalySignal[];
  /** The probable change: the latest deployment before the first signal, there or upstream. */
  cause?: CandidateDeployment & {
    /** Steps along the dependencies, 0: the entity's own. */
    distance: number;
  };
  message: string;
}

interface TimedSignal extends AnomalySignal {
  from: number;
  until: number;
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Signals by time; of the same time the most upstream first, because it cannot follow from the others. */
function timedSignals(
  anomalies: AnomalyGroupInput['anomalies'],
  graph: DependencyGraph,
): TimedSignal[] {
  return Object.entries(anomalies)
    .flatMap(([entityRef, own]) =>
      own
        .filter(({ worse, acknowledged }) => worse && !acknowledged)
        .map(anomaly => ({
          entityRef,
          anomaly,
          from: Date.parse(anomaly.at),
          until: Date.parse(anomaly.until ?? anomaly.at),
        })),
    )
    .sort(
      (a, b) =>
        a.from - b.from ||
        graph.upstreamOf(a.entityRef).size -
          graph.upstreamOf(b.entityRef).size ||
        compareText(a.entityRef, b.entityRef) ||
        compareText(a.anomaly.id, b.anomaly.id),
    );
}

/** Whether both lie along one line of dependencies, and neither began much later than the other was seen. */
function belongTogether(
  a: TimedSignal,
  b: TimedSignal,
  graph: DependencyGraph,
  windowMs: number,
): boolean {
  return (
    (graph.upstreamOf(a.entityRef).has(b.entityRef) ||
      graph.upstreamOf(b.entityRef).has(a.entityRef)) &&
    a.from <= b.until + windowMs &&
    b.from <= a.until + windowMs
  );
}

/**
 * The latest deployment, in the entity or upstream of it, that finished before the signal's window was over and no earlier
 * than the attribution window before it began.
 */
function causeOf(
  { entityRef, from, until }: TimedSignal,
  deployments: readonly CandidateDeployment[],
  graph: DependencyGraph,
  windowMs: number,
): AnomalyGroup['cause'] {
  const upstream = graph.upstreamOf(entityRef);
  return deployments
    .flatMap(deployment => {
      const distance = upstream.get(deployment.entityRef);
      const at = Date.parse(deployment.finishedAt);
      return distance !== undefined &&
        at >= from - windowMs &&
        at < Math.max(until, from + 1)
        ? [{ ...deployment, distance, at }]
        : [];
    })
    .sort(
      (a, b) =>
        b.at - a.at ||
        a.distance - b.distance ||
        compareText(a.deploymentId, b.deploymentId),
    )
    .map(({ at: _, ...cause }) => cause)[0];
}

function messageOf(
  signals: readonly AnomalySignal[],
  entityRefs: readonly string[],
  cause: AnomalyGroup['cause'],
): string {
  const metrics = [...new Set(signals.map(({ anomaly }) => anomaly.metric))];
  const others =
    entityRefs.length === 1
      ? ''
      : ` and ${entityRefs.length - 1} along its dependencies`;
  const change = cause
    ? `probable change: deployment ${cause.deploymentId} of ${cause.entityRef} at ${cause.finishedAt}`
    : 'no deployment lies shortly before it';
  return `${entityRefs[0]}${others}: ${metrics.join(', ')}; ${change}`;
}

/**
 * Makes one thing to attend to out of several signals: those of one entity and of what it depends on, and those that
 * the same deployment is probably behind. Pure.
 *
 * @public
 */
export function groupAnomalies(input: AnomalyGroupInput): AnomalyGroup[] {
  const graph = new DependencyGraph(input.dependencies);
  const windowMs =
    (input.attributionWindowHours ?? DEFAULT_ATTRIBUTION_WINDOW_HOURS) *
    HOUR_MS;
  const signals = timedSignals(input.anomalies, graph);
  const causes = signals.map(signal =>
    causeOf(signal, input.deployments, graph, windowMs),
  );
  const groupOf = signals.map((_, index) => index);
  const unite = (a: number, b: number) => {
    const [first, second] = [groupOf[a], groupOf[b]].sort((x, y) => x - y);
    groupOf.forEach((group, index) => {
      if (group === second) {
        groupOf[index] = first;
      }
    });
  };
  const isSameCause = (a: number, b: number) =>
    causes[a] !== undefined &&
    causes[a]?.entityRef === causes[b]?.entityRef &&
    causes[a]?.deploymentId === causes[b]?.deploymentId;
  signals.forEach((signal, index) => {
    for (let other = 0; other < index; other++) {
      if (
        groupOf[other] !== groupOf[index] &&
        (isSameCause(index, other) ||
          belongTogether(signal, signals[other], graph, windowMs))
      ) {
        unite(index, other);
      }
    }
  });
  return [...new Set(groupOf)].map(group => {
    const members = signals
      .filter((_, index) => groupOf[index] === group)
      .map(({ entityRef, anomaly }) => ({ entityRef, anomaly }));
    const entityRefs = [...new Set(members.map(({ entityRef }) => entityRef))];
    const cause = causes[group];
    return {
      id: members[0].anomaly.id,
      entityRef: entityRefs[0],
      entityRefs,
      signals: members,
      ...(cause && { cause }),
      message: messageOf(members, entityRefs, cause),
    };
  });
}
