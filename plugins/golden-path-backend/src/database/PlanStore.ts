import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { UpdatePlan } from '@goldenpath/engine';
import { Knex } from 'knex';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** @internal */
export interface PlanRow {
  entity_ref: string;
  layer_id: string;
  template_ref: string;
  key: string;
  plan: Buffer;
  conflicts: number;
  migrated: number | null;
  made_at: string;
}

/** A plan with what it was made from. @internal */
export interface StoredPlan {
  layerId: string;
  /** Over everything it was made from. */
  key: string;
  madeAt: string;
  plan: UpdatePlan;
}

/** The newest plan of each layer of each service, without decisions. @internal */
export class PlanStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async write(entityRef: string, stored: StoredPlan): Promise<void> {
    const { layerId, key, madeAt, plan } = stored;
    await this.#knex<PlanRow>('plans')
      .insert({
        entity_ref: entityRef,
        layer_id: layerId,
        template_ref: plan.template.entityRef,
        key,
        plan: await compress(JSON.stringify(plan)),
        conflicts: plan.conflicts.length,
        migrated: plan.migrated.share,
        made_at: madeAt,
      })
      .onConflict(['entity_ref', 'layer_id'])
      .merge();
  }

  /** The plan of a layer, when it was made from this. */
  async find(
    entityRef: string,
    layerId: string,
    key: string,
  ): Promise<StoredPlan | undefined> {
    const row = await this.#knex<PlanRow>('plans')
      .where({ entity_ref: entityRef, layer_id: layerId, key })
      .first();
    return (
      row && {
        layerId,
        key,
        madeAt: row.made_at,
        plan: JSON.parse((await decompress(row.plan)).toString('utf8')),
      }
    );
  }

  /** Forgets plans of an entity that were made from anything else than these. */
  async forgetOthers(entityRef: string, keys: string[]): Promise<void> {
    await this.#knex<PlanRow>('plans')
      .where({ entity_ref: entityRef })
      .whereNotIn('key', keys)
      .delete();
  }
}
