import { DriftReport } from '@goldenpath/engine';
import { Knex } from 'knex';
import { replaceDriftLayers } from './DriftLayerStore';
import { replaceDriftTemplates } from './DriftTemplateStore';
import { recordFactDays } from './FactDayStore';
import { replaceFacts, StoredFact } from './FactStore';
import { ResultStore, ResultWrite } from './ResultStore';
import { DriftRow, ResultRow } from './tables';

/** Everything one evaluation of an entity brought. @internal */
export interface Evaluation {
  entityRef: string;
  at: Date;
  facts: StoredFact[];
  /** Sources whose content is another one than before. */
  changed: ReadonlySet<string>;
  /** Paths that cover the entity; results on others are forgotten. */
  paths: string[];
  /** Judges on what is stored now, which nobody else changes until it is written. */
  judge(
    previous: ResultRow[],
    transaction: Knex.Transaction,
  ): Promise<ResultWrite[]>;
  drift?: DriftReport;
  /** Digest of each template it was compared with, `null` for one that could not be read. */
  templates?: ReadonlyMap<string, string | null>;
}

const CURRENT_STATE = [
  'facts',
  'snapshots',
  'results',
  'drift',
  'drift_templates',
  'plans',
  'drift_layers',
  'service_edits',
];

/** Writes of an evaluation: all of it or nothing. @internal */
export class EvaluationStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Replaces the entity's current state, and appends to its history what changed. */
  async write(evaluation: Evaluation): Promise<void> {
    const { entityRef, facts, paths } = evaluation;
    await this.#knex.transaction(async transaction => {
      await replaceFacts({ transaction, entityRef, facts });
      await recordFactDays(transaction, evaluation);
      await transaction<ResultRow>('results')
        .where({ entity_ref: entityRef })
        .whereNotIn('path', paths)
        .delete();
      const results = new ResultStore({ knex: transaction });
      const previous = await results.ofEntity(entityRef);
      await results.write(await evaluation.judge(previous, transaction));
      await replaceDrift(transaction, evaluation);
      await replaceDriftLayers(transaction, evaluation);
      await replaceDriftTemplates({
        transaction,
        entityRef,
        templates: evaluation.templates ?? new Map(),
      });
    });
  }

  /**
   * Forgets the current state of an entity that left the catalog or that no path covers any more. History and delivery
   * events stay: they happened, and are there again when the entity comes back.
   */
  async clear(entityRef: string): Promise<void> {
    await this.#knex.transaction(async transaction => {
      for (const table of CURRENT_STATE) {
        await transaction(table).where({ entity_ref: entityRef }).delete();
      }
    });
  }
}

async function replaceDrift(
  transaction: Knex.Transaction,
  evaluation: Evaluation,
): Promise<void> {
  const { entityRef, drift } = evaluation;
  if (!drift) {
    await transaction<DriftRow>('drift')
      .where({ entity_ref: entityRef })
      .delete();
    return;
  }
  await transaction<DriftRow>('drift')
    .insert({
      entity_ref: entityRef,
      report: JSON.stringify(drift),
      observed_at: drift.observedAt,
    })
    .onConflict('entity_ref')
    .merge();
}
