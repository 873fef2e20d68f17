import { DriftReport, unmergedFiles } from '@goldenpath/engine';
import { Knex } from 'knex';

const ROWS_PER_STATEMENT = 100;

/** @internal */
export interface DriftLayerRow {
  entity_ref: string;
  layer_id: string;
  template_ref: string;
  version: string;
  input_digest: string | null;
  up_to_date: 0 | 1;
  drifted: number;
  /** `null` where nothing was merged that both sides changed. */
  conflicts: number | null;
  migrated: number | null;
  observed_at: string;
}

/** A layer with what is known of its service. @internal */
export type AdopterRow = DriftLayerRow & {
  title: string | null;
  owner: string | null;
};

/** How each layer of each service stands to its template, for questions about a template. @internal */
export class DriftLayerStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Every layer made from a template, by entity. */
  async ofTemplate(templateRef: string): Promise<AdopterRow[]> {
    return this.#knex('drift_layers as d')
      .leftJoin('entities as e', 'e.entity_ref', 'd.entity_ref')
      .where('d.template_ref', templateRef)
      .orderBy(['d.entity_ref', 'd.layer_id'])
      .select('d.*', 'e.title', 'e.owner');
  }
}

/** Replaces what is kept of an entity's layers. @internal */
export async function replaceDriftLayers(
  transaction: Knex.Transaction,
  options: { entityRef: string; drift?: DriftReport },
): Promise<void> {
  const { entityRef, drift } = options;
  await transaction<DriftLayerRow>('drift_layers')
    .where({ entity_ref: entityRef })
    .delete();
  const rows = (drift?.layers ?? []).map((layer): DriftLayerRow => {
    const { template, counts, drifted } = layer;
    return {
      entity_ref: entityRef,
      layer_id: layer.id,
      template_ref: template.entityRef,
      version: template.version,
      input_digest: template.inputDigest ?? null,
      up_to_date: template.newestVersion === template.version ? 1 : 0,
      drifted,
      conflicts: unmergedFiles(layer).length > 0 ? null : counts.conflict,
      migrated: layer.migrated ?? null,
      observed_at: drift!.observedAt,
    };
  });
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await transaction<DriftLayerRow>('drift_layers').insert(
      rows.slice(at, at + ROWS_PER_STATEMENT),
    );
  }
}
