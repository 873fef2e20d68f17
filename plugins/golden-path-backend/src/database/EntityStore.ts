import { Knex } from 'knex';
import { StoredHint } from '../events/entityHints';
import { removeEntityHints, replaceEntityHints } from './HintStore';
import { EntityRow } from './tables';

/** What the reconcile scan keeps of a catalog entity. @internal */
export interface SeenEntity {
  entityRef: string;
  /** Changes whenever the entity does. */
  etag: string;
  sourceUrl?: string;
  title?: string;
  /** Full reference. */
  owner?: string;
  /** Full reference. */
  system?: string;
  /** Full reference of the template it was created from. */
  template?: string;
  /** IANA name of the zone its days are counted in. */
  timeZone?: string;
  /** What delivery events may call it. */
  hints: StoredHint[];
}

/** Entities a scan found to be new, changed or covered by another set of paths. @internal */
export interface SeenChanges {
  changed: string[];
  otherPaths: string[];
}

const ROWS_PER_STATEMENT = 200;

/** Which catalog entities exist, and in which state each was last handed to the queue. @internal */
export class EntityStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /**
   * Records entities as seen. `onChanges` runs in the transaction that records them, so that a change is never marked
   * as handled without being queued.
   */
  async see(options: {
    entities: SeenEntity[];
    pathsDigest: string;
    seenAt: Date;
    onChanges(
      changes: SeenChanges,
      transaction: Knex.Transaction,
    ): Promise<void>;
  }): Promise<void> {
    const { entities, pathsDigest, seenAt, onChanges } = options;
    // In one order everywhere, so that two replicas cannot wait for each other in a circle
    const sorted = [...new Map(entities.map(e => [e.entityRef, e])).values()];
    sorted.sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
    for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
      const batch = sorted.slice(start, start + ROWS_PER_STATEMENT);
      await this.#knex.transaction(async transaction => {
        const known = await transaction<EntityRow>('entities').whereIn(
          'entity_ref',
          batch.map(entity => entity.entityRef),
        );
        const changes = compare(batch, known, pathsDigest);
        const changed = new Set(changes.changed);
        await onChanges(changes, transaction);
        await replaceEntityHints(
          transaction,
          batch.filter(({ entityRef }) => changed.has(entityRef)),
        );
        await transaction<EntityRow>('entities')
          .insert(batch.map(entity => toRow(entity, pathsDigest, seenAt)))
          .onConflict('entity_ref')
          .merge();
      });
    }
  }

  /**
   * Records an entity that is evaluated before any scan saw it, so that a push finds it. One that is known is left as
   * it is: that it changed is for the next scan to notice and to queue.
   */
  async meet(
    entity: SeenEntity,
    options: { pathsDigest: string; seenAt: Date },
  ): Promise<void> {
    const { pathsDigest, seenAt } = options;
    await this.#knex.transaction(async transaction => {
      const met = await transaction<EntityRow>('entities')
        .insert(toRow(entity, pathsDigest, seenAt))
        .onConflict('entity_ref')
        .ignore()
        .returning('entity_ref');
      if (met.length > 0) {
        await replaceEntityHints(transaction, [entity]);
      }
    });
  }

  /** Forgets entities not seen since `before`; `onForgotten` runs in the same transaction. */
  async forgetUnseen(options: {
    before: Date;
    onForgotten(refs: string[], transaction: Knex.Transaction): Promise<void>;
  }): Promise<number> {
    const { before, onForgotten } = options;
    let forgotten = 0;
    for (;;) {
      const count = await this.#knex.transaction(async transaction => {
        const rows = await transaction<EntityRow>('entities')
          .where('seen_at', '<', before.toISOString())
          .orderBy('entity_ref')
          .limit(ROWS_PER_STATEMENT)
          .select('entity_ref');
        const refs = rows.map(row => row.entity_ref);
        await onForgotten(refs, transaction);
        await removeEntityHints(transaction, refs);
        await transaction('entities').whereIn('entity_ref', refs).delete();
        return refs.length;
      });
      forgotten += count;
      if (count < ROWS_PER_STATEMENT) {
        return forgotten;
      }
    }
  }

  /** The zone an entity names for itself. */
  async timeZoneOf(entityRef: string): Promise<string | undefined> {
    const row = await this.#knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first('time_zone');
    return row?.time_zone ?? undefined;
  }

  /** Entities whose files are read from an address at or below `url`. */
  async atSource(url: string): Promise<string[]> {
    const prefix = url.endsWith('/') ? url : `${url}/`;
    const pattern = prefix.replace(/[\\%_]/g, '\\$&');
    const rows = await this.#knex<EntityRow>('entities')
      .where('source_url', prefix.slice(0, -1))
      .orWhereRaw("source_url LIKE ? ESCAPE '\\'", [`${pattern}%`])
      .select('entity_ref');
    return rows.map(row => row.entity_ref);
  }
}

function toRow(
  entity: SeenEntity,
  pathsDigest: string,
  seenAt: Date,
): EntityRow {
  return {
    entity_ref: entity.entityRef,
    etag: entity.etag,
    paths_digest: pathsDigest,
    seen_at: seenAt.toISOString(),
    source_url: entity.sourceUrl ?? null,
    title: entity.title ?? null,
    owner: entity.owner ?? null,
    system: entity.system ?? null,
    template: entity.template ?? null,
    time_zone: entity.timeZone ?? null,
  };
}

function compare(
  batch: SeenEntity[],
  known: EntityRow[],
  pathsDigest: string,
): SeenChanges {
  const rows = new Map(known.map(row => [row.entity_ref, row]));
  const changes: SeenChanges = { changed: [], otherPaths: [] };
  for (const { entityRef, etag } of batch) {
    const row = rows.get(entityRef);
    if (row?.etag !== etag) {
      changes.changed.push(entityRef);
    } else if (row.paths_digest !== pathsDigest) {
      changes.otherPaths.push(entityRef);
    }
  }
  return changes;
}
