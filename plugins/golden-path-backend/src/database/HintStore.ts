import { Knex } from 'knex';
import { StoredHint } from '../events/entityHints';
import { recordSources } from './EventSourceStore';
import { isOneOf, writeRows } from './manyRows';
import {
  EntityEventRow,
  EntityHintRow,
  EntityRow,
  EventHintRow,
  EventRow,
  EventSourceRow,
} from './tables';

const ROWS_PER_STATEMENT = 200;

/** An entity that something an event says leads to. @internal */
export interface HintMatch {
  entityRef: string;
  kind: string;
  value: string;
  detail?: string;
  /** Where the files of the entity are. */
  sourceUrl?: string;
}

/** An event that belongs to no entity yet, though by now there is one it may mean. @internal */
export interface UnattachedEvent {
  row: number;
  body: unknown;
}

/** What entities go by in delivery events, and what events without an entity are looked for by. @internal */
export class HintStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** The entities that go by any of some hints; one statement, however many they are. */
  async find(hints: StoredHint[]): Promise<HintMatch[]> {
    const values = new Map<string, Set<string>>();
    for (const { kind, value } of hints) {
      values.set(kind, (values.get(kind) ?? new Set()).add(value));
    }
    if (values.size === 0) {
      return [];
    }
    const rows: (EntityHintRow & Pick<EntityRow, 'source_url'>)[] =
      await this.#knex('entity_hints')
        .leftJoin('entities', 'entities.entity_ref', 'entity_hints.entity_ref')
        .where(any => {
          for (const [kind, wanted] of values) {
            const { sql, bind } = isOneOf(this.#knex, 'entity_hints.value', [
              ...wanted,
            ]);
            any.orWhereRaw(`(entity_hints.kind = ? AND ${sql})`, [kind, bind]);
          }
        })
        .select('entity_hints.*', 'entities.source_url');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      kind: row.kind,
      value: row.value,
      detail: row.detail ?? undefined,
      sourceUrl: row.source_url ?? undefined,
    }));
  }

  /** Those of some entities that a scan has seen in the catalog. */
  async seen(entityRefs: string[]): Promise<Set<string>> {
    if (entityRefs.length === 0) {
      return new Set();
    }
    const { sql, bind } = isOneOf(this.#knex, 'entity_ref', entityRefs);
    const rows = await this.#knex<EntityRow>('entities')
      .whereRaw(sql, [bind])
      .select('entity_ref');
    return new Set(rows.map(row => row.entity_ref));
  }

  /** Events without an entity that share a hint with one. */
  async attachable(limit: number): Promise<UnattachedEvent[]> {
    const rows: Pick<EventRow, 'id' | 'body'>[] = await this.#knex<EventRow>(
      'events',
    )
      .whereIn(
        'id',
        this.#knex('event_hints')
          .join('entity_hints', join =>
            join
              .on('entity_hints.kind', 'event_hints.kind')
              .on('entity_hints.value', 'event_hints.value'),
          )
          .distinct('event_hints.event_row')
          .limit(limit),
      )
      .select('id', 'body');
    return rows.map(({ id, body }) => ({
      row: Number(id),
      body: JSON.parse(body),
    }));
  }

  /**
   * Gives events the entities they were found to belong to, or none for good; they are not looked for again.
   * `alongside` runs in the same transaction.
   */
  async settle(
    found: Map<number, string[]>,
    alongside: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const rows = [...found.keys()].sort((a, b) => a - b);
    await this.#knex.transaction(async transaction => {
      await attach(transaction, rows, found);
      for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
        const some = rows.slice(at, at + ROWS_PER_STATEMENT);
        await transaction<EventHintRow>('event_hints')
          .whereIn('event_row', some)
          .delete();
        const sources: EventSourceRow[] = await transaction<EntityEventRow>(
          'entity_events',
        )
          .whereIn('id', some)
          .groupBy('entity_ref', 'type', 'environment')
          .orderBy(['entity_ref', 'type', 'environment'])
          .select(
            'entity_ref',
            'type',
            transaction.raw("COALESCE(environment, '') AS environment"),
            transaction.raw('MAX(received_at) AS received_at'),
          );
        await recordSources(transaction, sources);
      }
      await alongside(transaction);
    });
  }
}

async function attach(
  transaction: Knex.Transaction,
  rows: number[],
  found: Map<number, string[]>,
): Promise<void> {
  await writeRows(transaction, {
    columns: { event_row: 'text', entity_ref: 'text' },
    rows: rows.flatMap(row =>
      (found.get(row) ?? []).slice(0, 1).map(ref => ({
        event_row: String(row),
        entity_ref: ref,
      })),
    ),
    statement: source =>
      `UPDATE events SET entity_ref = given.entity_ref FROM ${source} AS given
       WHERE events.id = CAST(given.event_row AS bigint) AND events.entity_ref IS NULL`,
  });
  await writeRows(transaction, {
    columns: { event_row: 'text', entity_ref: 'text' },
    rows: rows.flatMap(row =>
      (found.get(row) ?? []).slice(1).map(ref => ({
        event_row: String(row),
        entity_ref: ref,
      })),
    ),
    statement: source =>
      `INSERT INTO event_entities (event_row, entity_ref, at)
       SELECT events.id, given.entity_ref, events.at FROM ${source} AS given
       JOIN events ON events.id = CAST(given.event_row AS bigint) WHERE true ON CONFLICT DO NOTHING`,
  });
}

/** Replaces all hints of some entities. @internal */
export async function replaceEntityHints(
  transaction: Knex.Transaction,
  entities: { entityRef: string; hints: StoredHint[] }[],
): Promise<void> {
  await removeEntityHints(
    transaction,
    entities.map(({ entityRef }) => entityRef),
  );
  const rows: EntityHintRow[] = entities.flatMap(({ entityRef, hints }) =>
    hints.map(({ kind, value, detail }) => ({
      entity_ref: entityRef,
      kind,
      value,
      detail: detail ?? null,
    })),
  );
  await insertAll(transaction, 'entity_hints', rows);
}

/** @internal */
export async function removeEntityHints(
  transaction: Knex.Transaction,
  entityRefs: string[],
): Promise<void> {
  await transaction<EntityHintRow>('entity_hints')
    .whereIn('entity_ref', entityRefs)
    .delete();
}

/** Remembers what events without an entity are to be looked for by. @internal */
export async function insertEventHints(
  transaction: Knex.Transaction,
  events: { row: number; hints: StoredHint[] }[],
): Promise<void> {
  await writeRows(transaction, {
    columns: { event_row: 'text', kind: 'text', value: 'text' },
    rows: events.flatMap(({ row, hints }) =>
      hints.map(({ kind, value }) => ({ event_row: String(row), kind, value })),
    ),
    statement: source =>
      `INSERT INTO event_hints (event_row, kind, value)
       SELECT CAST(event_row AS bigint), kind, value FROM ${source} AS given`,
  });
}

async function insertAll(
  transaction: Knex.Transaction,
  table: string,
  rows: object[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await transaction(table).insert(rows.slice(at, at + ROWS_PER_STATEMENT));
  }
}
