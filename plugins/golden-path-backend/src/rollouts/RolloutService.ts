import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  createRolloutSchema,
  Rollout,
  RolloutAction,
  RolloutsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { v7 as uuid, validate as isUuid } from 'uuid';
import { z } from 'zod';
import { AdopterRow, DriftLayerStore } from '../database/DriftLayerStore';
import {
  RolloutItemRow,
  RolloutRow,
  RolloutStore,
} from '../database/RolloutStore';
import { UpdateStore } from '../database/UpdateStore';
import { TemplateReading } from '../drift/TemplateReader';
import { callerRef } from '../service/callerRef';
import { EntityAccess } from '../service/EntityAccess';
import { UpdateQueue } from '../updates/UpdateQueue';
import { pauseCauses } from './nextStep';
import { outdatedServices, Target } from './outdatedServices';
import { RolloutDriver } from './RolloutDriver';
import { stepItems, stepRollout, toRollout } from './rolloutRecord';
import { planWaves } from './waves';

const SHOWN = 20;
const CANCELLED = 'The roll-out was cancelled before the request was opened';

const STATUS_AFTER = {
  pause: 'paused',
  resume: 'running',
  cancel: 'cancelled',
} as const satisfies Record<RolloutAction, Rollout['status']>;

type Asked = z.output<typeof createRolloutSchema>;

/** @internal */
export interface RolloutServiceOptions {
  rollouts: RolloutStore;
  updates: UpdateStore;
  queue: UpdateQueue;
  driver: RolloutDriver;
  access: EntityAccess;
  auth: AuthService;
  adopters: Pick<DriftLayerStore, 'ofTemplate'>;
  /** The newest version of a template. */
  readTemplate(templateRef: string): Promise<TemplateReading>;
  now?: () => Date;
}

/** Roll-outs as people start, see and steer them. @internal */
export class RolloutService {
  readonly #options: RolloutServiceOptions;
  readonly #now: () => Date;

  constructor(options: RolloutServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Starts to propose the newest version of a template to the services that the caller may see and that are not up to
   * date. The same caller and key give the same roll-out.
   *
   * Throws an `InputError` when there is no such service, or one that was named is none.
   */
  async create(
    templateRef: string,
    asked: Asked,
    credentials: BackstageCredentials,
  ): Promise<Rollout> {
    const { rollouts, driver, access, auth } = this.#options;
    await access.entity(templateRef, credentials);
    const createdBy = callerRef(credentials, auth);
    let row = await rollouts.byKey(createdBy, asked.idempotencyKey);
    if (!row) {
      const target = await this.#target(templateRef);
      const services = await outdatedServices({
        ...this.#options,
        templateRef,
        target,
        asked,
        credentials,
      });
      const waves = planWaves(asked.waves, services);
      const fresh = this.#newRow(templateRef, target, asked, createdBy);
      row = await rollouts.insert(
        { ...fresh, waves: JSON.stringify(waves.map(({ name }) => name)) },
        waves.flatMap((wave, index) =>
          wave.services.flatMap(({ layers }) =>
            layers.map(layer => newItem(fresh.id, index, layer)),
          ),
        ),
      );
    }
    if (row.template !== templateRef) {
      throw new ConflictError(
        `The idempotency key was used for a roll-out of ${row.template}; use another one`,
      );
    }
    await driver.drive(row.id);
    return this.#view(row.id, credentials);
  }

  /** The newest roll-outs of a template the caller may see. */
  async list(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<RolloutsResponse> {
    const { rollouts, access } = this.#options;
    await access.entity(templateRef, credentials);
    const rows = await rollouts.list(templateRef, SHOWN);
    const shown: RolloutsResponse['items'] = [];
    for (const row of rows) {
      const { items, ...rest } = await this.#toRollout(row, credentials);
      shown.push(rest);
    }
    return { items: shown };
  }

  /** Throws a `NotFoundError` that does not tell whether there is none or its template is hidden. */
  async get(id: string, credentials: BackstageCredentials): Promise<Rollout> {
    return this.#view(id, credentials);
  }

  /**
   * Pauses, resumes or cancels. Resuming accepts what speaks against going on now, and tries again what failed. Of one
   * that is cancelled, requests that are open stay open. Throws a `ConflictError` when it is over.
   */
  async act(
    id: string,
    action: RolloutAction,
    reason: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<Rollout> {
    const { rollouts, driver, queue, auth } = this.#options;
    const row = await this.#row(id, credentials);
    const wanted = STATUS_AFTER[action];
    if (row.status !== wanted) {
      if (row.status === 'done' || row.status === 'cancelled') {
        throw new ConflictError(`This roll-out is ${row.status} already`);
      }
      const by = callerRef(credentials, auth);
      if (!(await this.#change(row, action, reason, by))) {
        throw new ConflictError(
          'This roll-out was changed just now; look at it anew',
        );
      }
      queue.notify();
      await driver.drive(id);
    }
    return this.#toRollout((await rollouts.get(id))!, credentials);
  }

  async #change(
    row: RolloutRow,
    action: RolloutAction,
    reason: string | undefined,
    by: string,
  ): Promise<boolean> {
    const { rollouts, updates } = this.#options;
    const now = this.#now();
    const changes: Partial<RolloutRow> = {
      status: STATUS_AFTER[action],
      reason: reason || null,
      reason_entity: null,
      updated_at: now.toISOString(),
    };
    if (action === 'pause') {
      return rollouts.change(row, {
        ...changes,
        reason: reason || `Paused by ${by}`,
      });
    }
    if (action === 'cancel') {
      return rollouts.change(row, changes, transaction =>
        rollouts.closeQueued(transaction, row.id, { problem: CANCELLED, now }),
      );
    }
    const entries = await rollouts.entries(row.id);
    const causes = pauseCauses(stepRollout(row), stepItems(entries));
    const failed = entries.flatMap(({ update }) =>
      update?.state === 'failed' ? update.id : [],
    );
    return rollouts.change(
      row,
      {
        ...changes,
        reason: null,
        accepted: JSON.stringify(causes.map(({ key }) => key)),
      },
      async transaction => {
        await updates.requeue(failed, {}, { now, transaction });
      },
    );
  }

  async #target(templateRef: string): Promise<Target> {
    const reading = await this.#options.readTemplate(templateRef);
    if (reading.status !== 'read') {
      throw new ServiceUnavailableError(
        `The template could not be read: ${reading.reason}`,
      );
    }
    const { manifest, digest } = reading.template;
    return { version: manifest.version, digest };
  }

  #newRow(
    template: string,
    target: Target,
    asked: Asked,
    createdBy: string,
  ): Omit<RolloutRow, 'waves'> {
    const at = this.#now().toISOString();
    return {
      id: uuid(),
      template,
      version: target.version,
      input_digest: target.digest,
      status: 'running',
      reason: null,
      reason_entity: null,
      current_wave: -1,
      advance_at: asked.advanceAt,
      pause_on: JSON.stringify(asked.pauseOn),
      accepted: '[]',
      idempotency_key: asked.idempotencyKey,
      created_by: createdBy,
      created_at: at,
      updated_at: at,
      revision: 1,
    };
  }

  async #row(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<RolloutRow> {
    const { rollouts, access } = this.#options;
    const row = isUuid(id) ? await rollouts.get(id) : undefined;
    const visible = await access.visible(
      row ? [row.template] : [],
      credentials,
    );
    if (!row || !visible.has(row.template)) {
      throw new NotFoundError(`There is no roll-out '${id}'`);
    }
    return row;
  }

  async #view(id: string, credentials: BackstageCredentials): Promise<Rollout> {
    return this.#toRollout(await this.#row(id, credentials), credentials);
  }

  async #toRollout(
    row: RolloutRow,
    credentials: BackstageCredentials,
  ): Promise<Rollout> {
    const { rollouts, access } = this.#options;
    const entries = await rollouts.entries(row.id);
    return toRollout(row, await access.onlyVisible(entries, credentials));
  }
}

function newItem(
  rolloutId: string,
  wave: number,
  layer: AdopterRow,
): RolloutItemRow {
  return {
    rollout_id: rolloutId,
    entity_ref: layer.entity_ref,
    layer: layer.layer_id,
    from_version: layer.version,
    wave,
    update_id: null,
    health: null,
    health_cause: null,
    health_at: null,
  };
}
