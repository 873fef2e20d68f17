import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { CatalogPathRow } from '../database/tables';

/** The golden paths the catalog last gave, for the time it is not there. @internal */
export class CatalogPathStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async list(): Promise<Entity[]> {
    const rows = await this.#knex<CatalogPathRow>('catalog_paths').orderBy(
      'entity_ref',
    );
    return rows.map(({ entity }) => JSON.parse(entity));
  }

  /** Replicas may do this at once: each row is merged, so that none fails on another's. */
  async replace(entities: Entity[]): Promise<void> {
    const rows: CatalogPathRow[] = entities.map(entity => ({
      entity_ref: stringifyEntityRef(entity),
      entity: JSON.stringify(entity),
    }));
    await this.#knex.transaction(async transaction => {
      await transaction<CatalogPathRow>('catalog_paths')
        .whereNotIn(
          'entity_ref',
          rows.map(row => row.entity_ref),
        )
        .delete();
      for (const row of rows) {
        await transaction<CatalogPathRow>('catalog_paths')
          .insert(row)
          .onConflict('entity_ref')
          .merge();
      }
    });
  }
}
