import { Knex } from 'knex';
import { StoredHint } from '../events/entityHints';
import { EntityHintRow, EventHintRow, EventRow } from './tables';

const ROWS_PER_STATEMENT = 200;

/** An entity that something an event says leads to. @internal */
export interface HintMatch {
  entityRef: string;
  value: string;
  detail?: string;
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

  /** The entities that go by any of some hints. */
  async find(hints: StoredHint[]): Promise<HintMatch[]> {
    if (hints.length === 0) {
      return [];
    }
    const rows = await this.#knex<EntityHintRow>('entity_hints').where(any => {
      for (const { kind, value } of hints) {
        any.orWhere({ kind, value });
      }
    });
    return rows.map(row => ({
      entityRef: row.entity_ref,
      value: row.value,
      detail: row.detail ?? undefined,
    }));
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
   * Gives events the entity they were found to belong to, or none for good; they are not looked for again. `alongside`
   * runs in the same transaction.
   */
  async settle(
    found: Map<number, string | undefined>,
    alongside: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const rows = [...found.keys()].sort((a, b) => a - b);
    await this.#knex.transaction(async transaction => {
      for (const row of rows) {
        const entityRef = found.get(row);
        if (entityRef !== undefined) {
          await transaction<EventRow>('events')
            .where({ id: row, entity_ref: null })
            .update({ entity_ref: entityRef });
        }
      }
      for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
        await transaction<EventHintRow>('event_hints')
          .whereIn('event_row', rows.slice(at, at + ROWS_PER_STATEMENT))
          .delete();
      }
      await alongside(transaction);
    });
  }
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
  const rows: EventHintRow[] = events.flatMap(({ row, hints }) =>
    hints.map(({ kind, value }) => ({ event_row: row, kind, value })),
  );
  await insertAll(transaction, 'event_hints', rows);
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
