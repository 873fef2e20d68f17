import { NotFoundError } from '@backstage/errors';
import { Anomaly } from '@goldenpath/engine';
import { Knex } from 'knex';

interface AnomalyRow {
  entity_ref: string;
  environment: string;
  anomaly_id: string;
  metric: string;
  at: string;
  /** 0 or 1 on SQLite. */
  worse: boolean | number;
  anomaly: string;
  first_seen_at: string;
  ended_at: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  acknowledged_reason: string | null;
  notified_at: string | null;
}

/** An anomaly with the entity it is about. @internal */
export interface EntityAnomaly {
  entityRef: string;
  environment: string;
  anomaly: Anomaly;
}

/** The last acknowledgement of a metric: its baseline starts anew there. @internal */
export interface Acknowledgement {
  metric: string;
  at: string;
}

/** Anomalies as they were found, with what people said of them. @internal */
export class AnomalyStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Makes `found` what is open of an entity in an environment; what is no longer found has ended. */
  async replace(options: {
    entityRef: string;
    environment: string;
    found: Anomaly[];
    now: Date;
  }): Promise<void> {
    const { entityRef, environment, found } = options;
    const now = options.now.toISOString();
    const place = { entity_ref: entityRef, environment };
    await this.#knex.transaction(async transaction => {
      if (found.length > 0) {
        await transaction<AnomalyRow>('anomalies')
          .insert(
            found.map(anomaly => ({
              ...place,
              anomaly_id: anomaly.id,
              metric: anomaly.metric,
              at: anomaly.at,
              worse: anomaly.worse,
              anomaly: JSON.stringify(anomaly),
              first_seen_at: now,
              ended_at: null,
            })),
          )
          .onConflict(['entity_ref', 'environment', 'anomaly_id'])
          .merge(['anomaly', 'worse', 'ended_at']);
      }
      await transaction<AnomalyRow>('anomalies')
        .where(place)
        .whereNull('ended_at')
        .whereNotIn(
          'anomaly_id',
          found.map(({ id }) => id),
        )
        .update({ ended_at: now });
    });
  }

  /**
   * Open anomalies of an entity, the newest first, and those of `acknowledgedSince` that somebody took as the new normal:
   * they are no longer found, and it should still be seen who said so.
   */
  async shown(
    entityRef: string,
    environment: string,
    acknowledgedSince: Date,
  ): Promise<Anomaly[]> {
    const rows = await this.#knex<AnomalyRow>('anomalies')
      .where({ entity_ref: entityRef, environment })
      .where(query =>
        query
          .whereNull('ended_at')
          .orWhere('acknowledged_at', '>=', acknowledgedSince.toISOString()),
      )
      .orderBy([{ column: 'at', order: 'desc' }, { column: 'anomaly_id' }]);
    return rows.map(toAnomaly);
  }

  /** The newest acknowledgement of each metric. */
  async acknowledgements(
    entityRef: string,
    environment: string,
  ): Promise<Acknowledgement[]> {
    const rows: { metric: string; last: string }[] =
      await this.#knex<AnomalyRow>('anomalies')
        .where({ entity_ref: entityRef, environment })
        .whereNotNull('acknowledged_at')
        .groupBy('metric')
        .select('metric')
        .max({ last: 'acknowledged_at' });
    return rows.map(({ metric, last }) => ({ metric, at: last }));
  }

  /** Throws a `NotFoundError` when the entity has no such anomaly. */
  async acknowledge(options: {
    entityRef: string;
    id: string;
    by: string;
    reason: string;
    now: Date;
  }): Promise<EntityAnomaly> {
    const { entityRef, id, by, reason, now } = options;
    const [row] = await this.#knex<AnomalyRow>('anomalies')
      .where({ entity_ref: entityRef, anomaly_id: id })
      .update({
        acknowledged_at: now.toISOString(),
        acknowledged_by: by,
        acknowledged_reason: reason,
      })
      .returning('*');
    if (!row) {
      throw new NotFoundError(`${entityRef} has no anomaly '${id}'`);
    }
    return {
      entityRef,
      environment: row.environment,
      anomaly: toAnomaly(row),
    };
  }

  /** Open anomalies for the worse that nobody acknowledged and nobody was told of. */
  async untold(limit: number): Promise<EntityAnomaly[]> {
    const rows = await this.#knex<AnomalyRow>('anomalies')
      .where({ worse: true })
      .whereNull('notified_at')
      .whereNull('ended_at')
      .whereNull('acknowledged_at')
      .orderBy(['first_seen_at', 'entity_ref', 'anomaly_id'])
      .limit(limit);
    return rows.map(row => ({
      entityRef: row.entity_ref,
      environment: row.environment,
      anomaly: toAnomaly(row),
    }));
  }

  async told(anomalies: EntityAnomaly[], now: Date): Promise<void> {
    for (const { entityRef, environment, anomaly } of anomalies) {
      await this.#knex<AnomalyRow>('anomalies')
        .where({
          entity_ref: entityRef,
          environment,
          anomaly_id: anomaly.id,
        })
        .update({ notified_at: now.toISOString() });
    }
  }

  /** How many open anomalies for the worse each entity has. */
  async counts(environment: string): Promise<Map<string, number>> {
    const rows: { entity_ref: string; count: number | string }[] =
      await this.#knex<AnomalyRow>('anomalies')
        .where({ environment, worse: true })
        .whereNull('ended_at')
        .whereNull('acknowledged_at')
        .groupBy('entity_ref')
        .select('entity_ref')
        .count({ count: '*' });
    return new Map(rows.map(row => [row.entity_ref, Number(row.count)]));
  }

  async forget(entityRefs: string[]): Promise<void> {
    await this.#knex('anomalies').whereIn('entity_ref', entityRefs).delete();
  }
}

function toAnomaly(row: AnomalyRow): Anomaly {
  const anomaly: Anomaly = JSON.parse(row.anomaly);
  return row.acknowledged_at === null
    ? anomaly
    : {
        ...anomaly,
        acknowledged: {
          by: row.acknowledged_by!,
          at: row.acknowledged_at,
          reason: row.acknowledged_reason!,
        },
      };
}
