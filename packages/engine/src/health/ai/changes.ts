import type {
  ChangeEvent,
  DeliveryEvent,
  DeploymentFinishedEvent,
  Disclosure,
} from '../deliveryEvent';
import type { Deployment } from '../deployments';
import { eventsOfKind } from '../eventsOfKind';
import { hasSucceeded, type MetricContext } from '../metrics/metricContext';
import { normaliseSha, ShaIndex } from '../shippedVersion';

/** One change to the code, whoever told of it. Nothing here says who made it. */
export interface ChangeRecord {
  /** Commit, or the change's id where no commit is known. */
  id: string;
  /** When it was merged, else first deployed, in milliseconds since the epoch; `undefined`: only proposed. */
  at?: number;
  mergedAt?: number;
  /** `undefined`: nothing is known of it. */
  disclosure?: Disclosure;
  linesChanged?: number;
  /** Ids of the events that tell of it. */
  events: string[];
}

/** The changes of an entity, each once, and a way to find them by commit. */
export class ChangeIndex {
  /** By id as it was given, which is how most are asked for. */
  readonly #exact = new Map<string, ChangeRecord>();
  readonly #records = new ShaIndex<ChangeRecord>();
  readonly #all: ChangeRecord[] = [];

  /** All changes, in the order in which they became known. */
  get all(): readonly ChangeRecord[] {
    return this.#all;
  }

  find(id: string): ChangeRecord | undefined {
    return this.#exact.get(normaliseSha(id)) ?? this.#records.find(id)[0];
  }

  /** The change known under one of the ids; a new one where there is none. */
  take(ids: readonly string[]): ChangeRecord {
    let record = ids.map(id => this.find(id)).find(known => known);
    if (!record) {
      record = { id: normaliseSha(ids[0]), events: [] };
      this.#all.push(record);
    }
    for (const id of ids) {
      if (!this.#exact.has(normaliseSha(id))) {
        this.#exact.set(normaliseSha(id), record);
        this.#records.add(id, record);
      }
    }
    return record;
  }
}

type Told = Pick<ChangeRecord, 'disclosure' | 'linesChanged'>;

/** Fills in what is not known yet. */
function learn(record: ChangeRecord, told: Told, eventId: string): void {
  record.disclosure ??= told.disclosure;
  record.linesChanged ??= told.linesChanged;
  if (!record.events.includes(eventId)) {
    record.events.push(eventId);
  }
}

function idsOf({ sha, subjectId }: ChangeEvent): string[] {
  return sha === undefined || sha === subjectId
    ? [subjectId]
    : [sha, subjectId];
}

/** The changes a deployment event tells of; one that lists none tells of its own commit. */
function shippedBy(
  event: DeploymentFinishedEvent,
): readonly (Told & { sha: string })[] {
  if (event.changes !== undefined) {
    return event.changes;
  }
  const { sha, disclosure, linesChanged } = event;
  return sha === undefined || disclosure === undefined
    ? []
    : [{ sha, disclosure, linesChanged }];
}

function noteShipments(
  index: ChangeIndex,
  deployments: readonly Deployment[],
): void {
  for (const deployment of deployments.filter(hasSucceeded)) {
    for (const { sha, mergedAt } of deployment.changes ?? []) {
      const record = index.take([sha]);
      record.mergedAt ??= mergedAt;
      record.at ??= record.mergedAt ?? deployment.finishedAt;
    }
  }
}

/**
 * Reads the changes: what the merge says of one counts first, then what deployments say of it, then its proposal; of
 * several events of a kind the latest.
 *
 * @param events - of one entity, in the order of `orderEvents`
 * @param deployments - of the environment, by finish time
 */
export function readChanges(
  events: readonly DeliveryEvent[],
  deployments: readonly Deployment[],
): ChangeIndex {
  const index = new ChangeIndex();
  const merged = eventsOfKind(events, 'change-merged') as ChangeEvent[];
  for (const event of merged) {
    const record = index.take(idsOf(event));
    record.mergedAt ??= event.at.getTime();
    record.at = record.mergedAt;
  }
  for (const event of merged.toReversed()) {
    learn(index.take(idsOf(event)), event, event.id);
  }
  noteShipments(index, deployments);
  for (const event of eventsOfKind(
    events,
    'deployment-finished',
  ).toReversed()) {
    for (const change of shippedBy(event)) {
      learn(index.take([change.sha]), change, event.id);
    }
  }
  const proposed = eventsOfKind(events, 'change-created') as ChangeEvent[];
  for (const event of proposed.toReversed()) {
    learn(index.take(idsOf(event)), event, event.id);
  }
  return index;
}

/** Several metrics and several windows of one report ask for the same. */
const known = new WeakMap<MetricContext['events'], ChangeIndex>();

/** The changes behind a report, read once. */
export function changesIn({
  events,
  deployments,
}: Pick<MetricContext, 'events' | 'deployments'>): ChangeIndex {
  const index = known.get(events) ?? readChanges(events, deployments);
  known.set(events, index);
  return index;
}
