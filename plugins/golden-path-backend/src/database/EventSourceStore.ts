import { Knex } from 'knex';
import type { NewEvent } from './EventStore';
import { writeRows } from './manyRows';
import { EventSourceRow } from './tables';

/** How exactly it is kept when a source was last heard of; every event would otherwise write the same row again. */
const EXACT_TO_MS = 60_000;
const MOST_KNOWN = 50_000;

type SourceKey = Pick<EventSourceRow, 'entity_ref' | 'type' | 'environment'>;

/** Which kinds of event ever came for an entity, and when last; it outlives the events. @internal */
export class EventSourceStore {
  readonly #knex: Knex;
  readonly #now: () => Date;
  /** When the row of a source was last written by this process. */
  readonly #known = new Map<string, number>();

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => new Date());
  }

  /** Records that events came, as part of the transaction that keeps them. */
  async heard(
    transaction: Knex.Transaction,
    events: NewEvent[],
  ): Promise<void> {
    const now = this.#now();
    const sources = new Map<string, SourceKey>();
    for (const event of events) {
      for (const source of sourcesOf(event)) {
        const key = textOf(source);
        const known = this.#known.get(key);
        if (known === undefined || now.getTime() - known >= EXACT_TO_MS) {
          sources.set(key, source);
        }
      }
    }
    // In one order everywhere, so that two writers cannot wait for each other in a circle
    const keys = [...sources.keys()].sort();
    await recordSources(
      transaction,
      keys.map(key => ({
        ...sources.get(key)!,
        received_at: now.toISOString(),
      })),
    );
  }

  /** To be called once the transaction of `heard` is durable. */
  committed(events: NewEvent[]): void {
    const now = this.#now().getTime();
    if (this.#known.size > MOST_KNOWN) {
      this.#known.clear();
    }
    for (const source of events.flatMap(sourcesOf)) {
      const key = textOf(source);
      const known = this.#known.get(key);
      if (known === undefined || now - known >= EXACT_TO_MS) {
        this.#known.set(key, now);
      }
    }
  }

  /** When the newest event came whose type begins like any of `types`. */
  async lastHeard(options: {
    entityRef: string;
    types: string[];
    withEnvironment?: boolean;
    environment?: string;
  }): Promise<Date | undefined> {
    const { entityRef, types, withEnvironment, environment } = options;
    // An entity has a handful of rows; a beginning of a text is found by an index in some collations only
    const rows = await this.#knex<EventSourceRow>('event_sources').where({
      entity_ref: entityRef,
      ...(environment !== undefined && { environment }),
    });
    const instants = rows
      .filter(
        row =>
          (!withEnvironment || row.environment !== '') &&
          types.some(type => row.type.startsWith(type)),
      )
      .map(row => row.received_at)
      .sort();
    const last = instants.at(-1);
    return last === undefined ? undefined : new Date(last);
  }
}

/** Writes that sources were heard of; an older instant changes nothing. @internal */
export async function recordSources(
  transaction: Knex.Transaction,
  rows: EventSourceRow[],
): Promise<void> {
  await writeRows(transaction, {
    columns: {
      entity_ref: 'text',
      type: 'text',
      environment: 'text',
      received_at: 'text',
    },
    rows,
    // `WHERE true` tells SQLite that ON CONFLICT is no join condition
    statement: source =>
      `INSERT INTO event_sources (entity_ref, type, environment, received_at)
       SELECT entity_ref, type, environment, received_at FROM ${source} AS given WHERE true
       ON CONFLICT (entity_ref, type, environment) DO UPDATE SET received_at = excluded.received_at
       WHERE event_sources.received_at < excluded.received_at`,
  });
}

function sourcesOf(event: NewEvent): SourceKey[] {
  const refs = [event.entityRef, ...(event.furtherRefs ?? [])];
  return refs.flatMap(ref =>
    ref === undefined
      ? []
      : [
          {
            entity_ref: ref,
            type: event.type,
            environment: event.environment ?? '',
          },
        ],
  );
}

function textOf({ entity_ref, type, environment }: SourceKey): string {
  return `${entity_ref} ${type} ${environment}`;
}
