import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Knex } from 'knex';
import { isOneOf, rawRows } from './manyRows';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const ROWS_PER_STATEMENT = 50;
const READ_AT_ONCE = 500;

/** Files above this many bytes are not kept. @internal */
export const LARGEST_CONTENT = 2_000_000;

/** @internal */
export interface Content {
  /** `sha256:` and 64 hex digits. */
  sha256: string;
  content: Uint8Array;
}

/** @internal */
export interface ContentRow {
  digest: string;
  size: number;
  content: Buffer;
}

/** Contents ready to be written, so that nothing is compressed inside of a transaction. @internal */
export type PackedContents = ContentRow[];

/** Contents of files by their digest, each stored once. @internal */
export class ContentStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Compresses those that are not stored yet. */
  async pack(contents: readonly Content[]): Promise<PackedContents> {
    const wanted = new Map(contents.map(one => [one.sha256, one.content]));
    const known = await this.#known([...wanted.keys()]);
    const rows: PackedContents = [];
    for (const [digest, content] of wanted) {
      if (!known.has(digest)) {
        rows.push({
          digest,
          size: content.length,
          content: await compress(content),
        });
      }
    }
    // One order for all, so that replicas that write the same do not wait for each other in a circle
    return rows.sort((a, b) => (a.digest < b.digest ? -1 : 1));
  }

  /** Writes what was packed; what another replica wrote meanwhile stays. */
  async write(
    transaction: Knex.Transaction,
    packed: PackedContents,
  ): Promise<void> {
    for (let at = 0; at < packed.length; at += ROWS_PER_STATEMENT) {
      await transaction<ContentRow>('contents')
        .insert(packed.slice(at, at + ROWS_PER_STATEMENT))
        .onConflict('digest')
        .ignore();
    }
  }

  /** Those of the contents that are stored. */
  async read(digests: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const wanted = [...new Set(digests)];
    const found = new Map<string, Uint8Array>();
    for (let at = 0; at < wanted.length; at += READ_AT_ONCE) {
      const some = isOneOf(
        this.#knex,
        'digest',
        wanted.slice(at, at + READ_AT_ONCE),
      );
      const rows = rawRows<ContentRow>(
        await this.#knex.raw(
          `SELECT digest, content FROM contents WHERE ${some.sql}`,
          [some.bind],
        ),
      );
      for (const row of rows) {
        found.set(row.digest, await decompress(row.content));
      }
    }
    return found;
  }

  async #known(digests: string[]): Promise<Set<string>> {
    const all = isOneOf(this.#knex, 'digest', digests);
    const rows = rawRows<Pick<ContentRow, 'digest'>>(
      await this.#knex.raw(`SELECT digest FROM contents WHERE ${all.sql}`, [
        all.bind,
      ]),
    );
    return new Set(rows.map(row => row.digest));
  }
}
