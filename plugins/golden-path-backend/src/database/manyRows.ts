import { Knex } from 'knex';

/** SQL types of a column of JSON rows. @internal */
export type JsonColumn = 'text' | 'integer' | 'double';

/** @internal */
export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).includes('pg');
}

/**
 * Runs one INSERT or UPDATE for many rows. `statement` is given where the rows come from, as a subselect with a column
 * per name of `columns`.
 *
 * On PostgreSQL that is one statement with one JSON bind, so that there is no limit of 65,535 binds; arrays would spare
 * the database the parsing, and cost this process several times as much to write. On SQLite the
 * statement is prepared once and run for each row, inside of the transaction there has to be: there is no way to and
 * fro to save, and a statement with ten thousand places costs more to read than to run.
 * @internal
 */
export async function writeRows(
  knex: Knex,
  options: {
    columns: Record<string, JsonColumn>;
    rows: object[];
    statement: (source: string) => string;
  },
): Promise<void> {
  const { columns, rows, statement } = options;
  const names = Object.keys(columns);
  if (rows.length === 0) {
    return;
  }
  if (isPostgres(knex)) {
    const types = { text: 'text', integer: 'integer', double: 'float8' };
    const typed = names.map(name => `${name} ${types[columns[name]]}`);
    const source = `(SELECT * FROM json_to_recordset(?::json) AS rows_(${typed.join(
      ', ',
    )}))`;
    await knex.raw(statement(source), [JSON.stringify(rows)]);
    return;
  }
  const places = names.map(name => `? AS ${name}`).join(', ');
  const connection = await knex.client.acquireConnection();
  try {
    const prepared = connection.prepare(statement(`(SELECT ${places})`));
    for (const row of rows as Record<string, unknown>[]) {
      prepared.run(names.map(name => row[name] ?? null));
    }
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/**
 * A condition that a column is one of many texts, with one bind. On PostgreSQL an array, which it looks up in the index
 * one by one; a subselect would make it read the whole table.
 * @internal
 */
export function isOneOf(
  knex: Knex,
  column: string,
  values: string[],
): { sql: string; bind: any } {
  return isPostgres(knex)
    ? { sql: `${column} = ANY (?::text[])`, bind: values }
    : {
        sql: `${column} IN (SELECT value FROM json_each(?))`,
        bind: JSON.stringify(values),
      };
}

/** Rows of a raw query, which the two clients hand over differently. @internal */
export function rawRows<T>(result: unknown): T[] {
  return Array.isArray(result)
    ? (result as T[])
    : (result as { rows: T[] }).rows;
}
