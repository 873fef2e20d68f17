import { LoggerService } from '@backstage/backend-plugin-api';
import { AppliedWaiver } from '@goldenpath/engine';
import { Knex } from 'knex';
import { isPostgres } from '../database/manyRows';
import { FactContent, ResultStore, ResultWrite } from '../database/ResultStore';
import { ResultRow } from '../database/tables';
import { LoadedPath } from '../paths/loadPaths';
import { describeError } from '../service/describeError';
import { judgeEntity } from './judgeEntity';
import { byEntity, readStoredFacts } from './storedFacts';

/** The paths a pass judges by. @internal */
export interface PassPaths {
  current(): { paths: LoadedPath[] };
  /** An earlier definition of a path. */
  definition(name: string, digest: string): Promise<LoadedPath | undefined>;
}

/** Waivers in force, read in the transaction of the pass. @internal */
export type ReadWaivers = (options: {
  knex: Knex;
  entityRefs: string[];
  now: Date;
}) => Promise<Map<string, EntityWaiver[]>>;

/** A waiver of a check, on one path or, with `null`, on every one. @internal */
export interface EntityWaiver {
  goldenPath: string | null;
  waiver: AppliedWaiver;
}

const MOST_ROWS = 500;
const FEWEST_ROWS = 20;
/** How long replicas with other paths may run side by side before one takes over the other's results. */
const SETTLING_MS = 15 * 60_000;
/** Every result is looked at to find those judged by other paths, so not more often than this while paths stay the same. */
const LOOK_AGAIN_MS = 5 * 60_000;
const BYTES_PER_BATCH = 16_000_000;
/** While the database writes one batch, another is judged. */
const BATCHES_AT_ONCE = 2;

/**
 * Judges again, from stored facts alone, every result that is due: a path says something else, a fact expired, a date of
 * the path or a waiver's end has come.
 *
 * Overview. `results.judge_at` says when a result may be another one though no fact changes. A pass takes batches of due
 * rows, reads the facts and waivers of all their entities at once, judges, and writes all results of the batch as one
 * JSON bind. The number of statements depends on the number of batches, not on that of entities.
 *
 * Sharing. A batch is one transaction. On PostgreSQL it locks its rows and passes over those another replica holds, so
 * that several replicas share a pass and no result is judged twice; a replica that dies gives its rows back with its
 * connection. On SQLite there is one replica.
 *
 * Overlap. On PostgreSQL two batches are under way at once, so that one is judged while the other is written.
 *
 * Memory. A batch holds the facts of its entities, so it is made smaller where facts are large.
 *
 * Faults. A path that cannot be applied to an entity is logged, and the row is put off for an hour instead of being
 * taken again at once.
 * @internal
 */
export class ScorePass {
  readonly #options: {
    knex: Knex;
    logger: LoggerService;
    paths: PassPaths;
    readWaivers: ReadWaivers;
    now: () => Date;
  };
  // Few at first, until it is known how large the facts are
  #rows = MOST_ROWS / 5;
  #lookAgainAt = 0;
  /** Since when this process has had each definition. */
  readonly #inForce = new Map<string, { digest: string; since: Date }>();

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    paths: PassPaths;
    readWaivers: ReadWaivers;
    now?: () => Date;
  }) {
    this.#options = { now: () => new Date(), ...options };
  }

  /**
   * Makes results due that were judged by another definition than the one in force here: those from before this process
   * had it, and those that nobody judged for a while. While a new version of the backend replaces an old one, each has
   * paths of its own, and neither must undo what the other has just judged.
   */
  async expireOtherDefinitions(): Promise<void> {
    const { knex, paths, now } = this.#options;
    const store = new ResultStore({ knex });
    const at = now();
    const { paths: loaded } = paths.current();
    const isNew = loaded.some(
      ({ path, digest }) =>
        this.#inForce.get(path.metadata.name)?.digest !== digest,
    );
    if (!isNew && at.getTime() < this.#lookAgainAt) {
      return;
    }
    this.#lookAgainAt = at.getTime() + LOOK_AGAIN_MS;
    for (const { path, digest } of loaded) {
      const { name } = path.metadata;
      const known = this.#inForce.get(name);
      if (known?.digest !== digest) {
        this.#inForce.set(name, { digest, since: at });
      }
      const settled = new Date(at.getTime() - SETTLING_MS);
      const { since } = this.#inForce.get(name)!;
      await store.expireOtherDefinitions(name, {
        digest,
        judgedBefore: since > settled ? since : settled,
        now: at,
      });
    }
  }

  /** Judges until nothing is due. Returns how many results it looked at. */
  async run(signal?: AbortSignal): Promise<number> {
    const { knex, paths, now } = this.#options;
    const startedAt = now();
    const current = new Map(
      paths.current().paths.map(path => [path.path.metadata.name, path]),
    );
    // Looked up before any transaction: SQLite has but one connection
    const earlier = new Map<string, LoadedPath>();
    const store = new ResultStore({ knex });
    for (const due of await store.dueDefinitions(startedAt)) {
      const known =
        current.get(due.path)?.digest === due.digest
          ? current.get(due.path)
          : await paths.definition(due.path, due.digest);
      if (known) {
        earlier.set(`${due.path} ${due.digest}`, known);
      }
    }
    let judged = 0;
    const work = async () => {
      let taken = -1;
      while (taken !== 0 && !signal?.aborted) {
        taken = await this.#batch(current, earlier, startedAt);
        judged += taken;
      }
    };
    const hands = isPostgres(knex) ? BATCHES_AT_ONCE : 1;
    await Promise.all(Array.from({ length: hands }, work));
    return judged;
  }

  async #batch(
    current: Map<string, LoadedPath>,
    earlier: Map<string, LoadedPath>,
    startedAt: Date,
  ): Promise<number> {
    const { knex, readWaivers, now } = this.#options;
    return knex.transaction(async transaction => {
      const store = new ResultStore({ knex: transaction });
      const rows = await store.due({ now: startedAt, limit: this.#rows });
      if (rows.length === 0) {
        return 0;
      }
      const entityRefs = [...new Set(rows.map(row => row.entity_ref))];
      const sources = new Set(
        [...current.values()].flatMap(({ compiled }) => compiled.sources),
      );
      const facts = byEntity(await store.facts(entityRefs, [...sources]));
      const at = now();
      const waivers = await readWaivers({
        knex: transaction,
        entityRefs,
        now: at,
      });
      const writes = rows.map(row =>
        this.#judge(row, {
          loaded: current.get(row.path),
          before: earlier.get(`${row.path} ${row.path_digest}`),
          facts: facts.rows.get(row.entity_ref) ?? [],
          waivers: waivers.get(row.entity_ref) ?? [],
          now: at,
        }),
      );
      await store.write(writes);
      this.#adapt(facts.bytes, rows.length);
      return rows.length;
    });
  }

  #judge(
    row: ResultRow,
    options: {
      loaded: LoadedPath | undefined;
      before: LoadedPath | undefined;
      facts: FactContent[];
      waivers: EntityWaiver[];
      now: Date;
    },
  ): ResultWrite {
    const { loaded, before, facts, waivers, now } = options;
    try {
      if (loaded) {
        return judgeEntity({
          entityRef: row.entity_ref,
          loaded,
          facts: readStoredFacts(facts),
          waivers: waiversOn(row.path, waivers),
          now,
          previous: { row, loaded: before },
        });
      }
    } catch (error) {
      this.#options.logger.error(
        `The path '${row.path}' could not be applied to ${
          row.entity_ref
        }: ${describeError(error)}`,
      );
    }
    const later = new Date(now.getTime() + 3_600_000).toISOString();
    return { row: { ...row, judge_at: later }, unchanged: true };
  }

  #adapt(bytes: number, rows: number): void {
    const fitting = Math.floor((BYTES_PER_BATCH / Math.max(bytes, 1)) * rows);
    this.#rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, fitting));
  }
}

/** The waivers that count on a path. @internal */
export function waiversOn(
  path: string,
  waivers: EntityWaiver[],
): AppliedWaiver[] {
  return waivers.flatMap(({ goldenPath, waiver }) =>
    goldenPath === null || goldenPath === path ? [waiver] : [],
  );
}
