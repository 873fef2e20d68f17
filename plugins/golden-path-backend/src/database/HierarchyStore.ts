import { Knex } from 'knex';
import { writeRows } from './manyRows';
import { HierarchyRow } from './tables';

/** One entity below another: a group, a system or a domain. @internal */
export interface HierarchyEdge {
  entityRef: string;
  parentRef: string;
}

/** What belongs to what, as the last complete scan of the catalog saw it. @internal */
export class HierarchyStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async read(): Promise<HierarchyEdge[]> {
    const rows = await this.#knex<HierarchyRow>('hierarchy');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      parentRef: row.parent_ref,
    }));
  }

  /** Replaces what is stored; nothing is written when nothing changed. */
  async replace(edges: HierarchyEdge[]): Promise<void> {
    const keyOf = (edge: HierarchyEdge) =>
      `${edge.entityRef} ${edge.parentRef}`;
    const wanted = new Map(edges.map(edge => [keyOf(edge), edge]));
    const known = await this.read();
    const same =
      known.length === wanted.size &&
      known.every(edge => wanted.has(keyOf(edge)));
    if (same) {
      return;
    }
    await this.#knex.transaction(async transaction => {
      await transaction('hierarchy').delete();
      const rows = [...wanted.values()].map(edge => ({
        entity_ref: edge.entityRef,
        parent_ref: edge.parentRef,
      }));
      await writeRows(transaction, {
        columns: { entity_ref: 'text', parent_ref: 'text' },
        rows,
        statement: source => `INSERT INTO hierarchy (entity_ref, parent_ref)
          SELECT entity_ref, parent_ref FROM ${source} AS new_ WHERE true
          ON CONFLICT (entity_ref, parent_ref) DO NOTHING`,
      });
    });
  }
}
