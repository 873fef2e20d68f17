import type {
  ChangeEvent,
  DeliveryEvent,
  DeploymentFinishedEvent,
  Disclosure,
} from '../deliveryEvent';
import type { Deployment } from '../deployments';
import { eventsOfKind } from '../eventsOfKind';
import { hasSucceeded, type MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';
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

/** A pull request and the push of its merge tell of the same change, and what one discloses the other need not repeat. */
const STRONGEST_FIRST: readonly Disclosure[] = [
  'ai-assisted',
  'automation',
  'no-disclosure',
];

/** Fills in what is not known yet; of several classes the strongest counts. */
function learn(record: ChangeRecord, told: Told, eventId: string): void {
  record.disclosure = STRONGEST_FIRST.find(
    name => name === record.disclosure || name === told.disclosure,
  );
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
 * Reads the changes, each once however many events tell of it. Of several classes `ai-assisted` wins, then `automation`,
 * then `no-disclosure`. The size is that of the latest merge that gives one, else of the latest deployment or proposal.
 *
 * @param events - of one entity, in the order of `orderEvents`
 * @param deployments - of the environment, by finish time
 */
export function readChanges(
  events: readonly DeliveryEvent[],
  deployments: readonly Deployment[],
): ChangeIndex {
  const index = new ChangeIndex();
  const merged = eventsOfKind(events, 'change-merged');
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
  const proposed = eventsOfKind(events, 'change-created');
  for (const event of proposed.toReversed()) {
    learn(index.take(idsOf(event)), event, event.id);
  }
  return index;
}

/** The changes behind a report. */
export const changesIn = onceFor(
  ({ events, deployments }: Pick<MetricContext, 'events' | 'deployments'>) =>
    readChanges(events, deployments),
);
