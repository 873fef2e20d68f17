import { ServiceEdit } from '@goldenpath/engine';
import { Knex } from 'knex';

const ROWS_PER_STATEMENT = 50;
const MOST_EDITS = 200;
const LONGEST_PATCH = 20_000;

interface ServiceEditRow {
  entity_ref: string;
  layer_id: string;
  template_ref: string;
  fingerprint: string;
  path: string;
  patch: string;
}

/** An edit that services share. @internal */
export interface SharedEdit {
  fingerprint: string;
  path: string;
  /** As one of `services` has it: what stands around the edit is that service's. */
  patch: string;
  services: string[];
}

/** What services changed in the files their templates gave them. @internal */
export class ServiceEditStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Replaces the edits of one layer; at most 200 are kept, and none that is longer than 20 kB. */
  async replace(options: {
    entityRef: string;
    layerId: string;
    templateRef: string;
    edits: readonly ServiceEdit[];
  }): Promise<void> {
    const { entityRef, layerId, templateRef } = options;
    const edits = new Map(
      options.edits
        .filter(({ patch }) => patch.length <= LONGEST_PATCH)
        .map(edit => [edit.fingerprint, edit]),
    );
    const rows = [...edits.values()].slice(0, MOST_EDITS).map(edit => ({
      entity_ref: entityRef,
      layer_id: layerId,
      template_ref: templateRef,
      fingerprint: edit.fingerprint,
      path: edit.path,
      patch: edit.patch,
    }));
    await this.#knex.transaction(async transaction => {
      await transaction<ServiceEditRow>('service_edits')
        .where({ entity_ref: entityRef, layer_id: layerId })
        .delete();
      for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
        await transaction<ServiceEditRow>('service_edits').insert(
          rows.slice(at, at + ROWS_PER_STATEMENT),
        );
      }
    });
  }

  /** Edits that at least `threshold` services of a template share; most services first. */
  async shared(options: {
    templateRef: string;
    threshold: number;
    /** By default every service counts. */
    among?: ReadonlySet<string>;
  }): Promise<SharedEdit[]> {
    const { templateRef, threshold, among } = options;
    const known = this.#knex<ServiceEditRow>('service_edits').where({
      template_ref: templateRef,
    });
    const rows = await known
      .clone()
      .whereIn(
        'fingerprint',
        known
          .clone()
          .groupBy('fingerprint')
          .having(
            this.#knex.raw('count(distinct entity_ref) >= ?', [threshold]),
          )
          .select('fingerprint'),
      )
      .orderBy(['fingerprint', 'entity_ref'])
      .select('fingerprint', 'entity_ref', 'path', 'patch');
    const shared = new Map<string, SharedEdit>();
    for (const { fingerprint, entity_ref, path, patch } of rows) {
      if (among && !among.has(entity_ref)) {
        continue;
      }
      const edit = shared.get(fingerprint);
      if (!edit) {
        shared.set(fingerprint, {
          fingerprint,
          path,
          patch,
          services: [entity_ref],
        });
      } else if (!edit.services.includes(entity_ref)) {
        edit.services.push(entity_ref);
      }
    }
    const enough = [...shared.values()].filter(
      ({ services }) => services.length >= threshold,
    );
    return enough.sort(
      (a, b) =>
        b.services.length - a.services.length ||
        (a.fingerprint < b.fingerprint ? -1 : 1),
    );
  }
}
