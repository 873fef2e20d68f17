import { HistoryEntry } from '@goldenpath/backstage-plugin-golden-path-common';
import { DriftReport, Scorecard } from '@goldenpath/engine';
import { Knex } from 'knex';
import { replaceDriftTemplates } from './DriftTemplateStore';
import { replaceFacts, StoredFact } from './FactStore';
import { DriftRow, HistoryRow, ResultRow } from './tables';

/** Everything one evaluation of an entity brought. @internal */
export interface Evaluation {
  entityRef: string;
  at: Date;
  owner?: string;
  facts: StoredFact[];
  scorecards: Scorecard[];
  /** Scored paths whose outcome is new, with what changed. */
  changes: { scorecard: Scorecard; changes: HistoryEntry['changes'] }[];
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
];

/** Writes of an evaluation: all of it or nothing. @internal */
export class EvaluationStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Replaces the entity's current state, and appends to its history what changed. */
  async write(evaluation: Evaluation): Promise<void> {
    const { entityRef, at } = evaluation;
    await this.#knex.transaction(async transaction => {
      await replaceFacts({ transaction, entityRef, facts: evaluation.facts });
      await replaceResults(transaction, evaluation);
      for (const { scorecard, changes } of evaluation.changes) {
        await transaction<HistoryRow>('history').insert({
          entity_ref: entityRef,
          path: scorecard.path.name,
          path_version: scorecard.path.version,
          level: scorecard.level,
          score: JSON.stringify(scorecard.score),
          changes: JSON.stringify(changes),
          at: at.toISOString(),
        });
      }
      await replaceDrift(transaction, evaluation);
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

async function replaceResults(
  transaction: Knex.Transaction,
  evaluation: Evaluation,
): Promise<void> {
  const { entityRef, scorecards } = evaluation;
  await transaction<ResultRow>('results')
    .where({ entity_ref: entityRef })
    .whereNotIn(
      'path',
      scorecards.map(scorecard => scorecard.path.name),
    )
    .delete();
  if (scorecards.length > 0) {
    await transaction<ResultRow>('results')
      .insert(scorecards.map(scorecard => resultRow(scorecard, evaluation)))
      .onConflict(['entity_ref', 'path'])
      .merge();
  }
}

function resultRow(scorecard: Scorecard, evaluation: Evaluation): ResultRow {
  const counted = scorecard.checks.filter(check => check.stage === 'enforce');
  return {
    entity_ref: evaluation.entityRef,
    path: scorecard.path.name,
    path_version: scorecard.path.version,
    level: scorecard.level,
    score_raw: scorecard.score.raw,
    score_adjusted: scorecard.score.adjusted,
    score_low: scorecard.score.low,
    score_high: scorecard.score.high,
    failing: counted.filter(check => check.verdict === 'fail').length,
    unknown: counted.filter(check =>
      ['unknown', 'stale', 'error'].includes(check.verdict),
    ).length,
    owner: evaluation.owner ?? null,
    scorecard: JSON.stringify(scorecard),
    evaluated_at: scorecard.evaluatedAt,
  };
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
