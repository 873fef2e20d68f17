import { Knex } from 'knex';
import type { NewEvent } from './EventStore';
import { isPostgres, rawRows, writeRows } from './manyRows';

const COLUMNS = [
  'source',
  'event_id',
  'entity_ref',
  'type',
  'environment',
  'at',
  'received_at',
  'body',
] as const;

type Row = Record<(typeof COLUMNS)[number], string | null>;

/** An event with its row in the log. */
interface InsertedEvent {
  row: number;
  event: NewEvent;
}

/**
 * Inserts events that are not known by source and id, and returns those it inserted, in the order they were given. On
 * PostgreSQL it is one statement, whatever their number.
 * @internal
 */
export async function insertEvents(
  transaction: Knex.Transaction,
  events: NewEvent[],
  receivedAt: string,
): Promise<InsertedEvent[]> {
  const byKey = new Map<string, NewEvent>();
  for (const event of events) {
    const key = eventKey(event);
    if (!byKey.has(key)) {
      byKey.set(key, event);
    }
  }
  if (byKey.size === 0) {
    return [];
  }
  // In one order everywhere, so that two senders of the same events cannot wait for each other in a circle
  const keys = [...byKey.keys()].sort();
  const rows = keys.map(key => toRow(byKey.get(key)!, receivedAt));
  const ids = isPostgres(transaction)
    ? await insertAll(transaction, rows)
    : await insertEach(transaction, rows);
  const inserted = [...byKey].flatMap(([key, event]) => {
    const row = ids.get(key);
    return row === undefined ? [] : [{ row, event }];
  });
  await writeRows(transaction, {
    columns: { event_row: 'text', entity_ref: 'text', at: 'text' },
    rows: inserted.flatMap(({ row, event }) =>
      (event.furtherRefs ?? []).map(ref => ({
        event_row: String(row),
        entity_ref: ref,
        at: event.at.toISOString(),
      })),
    ),
    statement: source =>
      `INSERT INTO event_entities (event_row, entity_ref, at) SELECT CAST(event_row AS bigint), entity_ref, at FROM ${source} AS given`,
  });
  return inserted;
}

/** One text for what identifies an event. @internal */
export function eventKey({ source, id }: { source: string; id: string }) {
  return JSON.stringify([source, id]);
}

async function insertAll(
  transaction: Knex.Transaction,
  rows: Row[],
): Promise<Map<string, number>> {
  const names = COLUMNS.join(', ');
  const typed = COLUMNS.map(name => `${name} text`).join(', ');
  const result = await transaction.raw(
    `INSERT INTO events (${names}) SELECT ${names} FROM json_to_recordset(?::json) AS rows_(${typed})
     ON CONFLICT (source, event_id) DO NOTHING RETURNING id, source, event_id`,
    [JSON.stringify(rows)],
  );
  return new Map(
    rawRows<{ id: string; source: string; event_id: string }>(result).map(
      row => [
        eventKey({ source: row.source, id: row.event_id }),
        Number(row.id),
      ],
    ),
  );
}

/** There is no way to and fro to save on SQLite: one prepared statement, run for each row. */
async function insertEach(
  transaction: Knex.Transaction,
  rows: Row[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const connection = await transaction.client.acquireConnection();
  try {
    const prepared = connection.prepare(
      `INSERT INTO events (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(
        () => '?',
      ).join(', ')}) ON CONFLICT (source, event_id) DO NOTHING`,
    );
    for (const row of rows) {
      const { changes, lastInsertRowid } = prepared.run(
        COLUMNS.map(name => row[name]),
      );
      if (changes > 0) {
        const key = eventKey({ source: row.source!, id: row.event_id! });
        ids.set(key, Number(lastInsertRowid));
      }
    }
  } finally {
    await transaction.client.releaseConnection(connection);
  }
  return ids;
}

function toRow(event: NewEvent, receivedAt: string): Row {
  return {
    source: event.source,
    event_id: event.id,
    entity_ref: event.entityRef ?? null,
    type: event.type,
    environment: event.environment,
    at: event.at.toISOString(),
    received_at: receivedAt,
    body: event.text ?? JSON.stringify(event.body),
  };
}
