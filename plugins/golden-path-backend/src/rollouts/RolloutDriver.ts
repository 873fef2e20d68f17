import { LoggerService } from '@backstage/backend-plugin-api';
import {
  RolloutItemRow,
  RolloutRow,
  RolloutStore,
} from '../database/RolloutStore';
import { UpdateStore } from '../database/UpdateStore';
import { describeError } from '../service/describeError';
import { UpdateQueue } from '../updates/UpdateQueue';
import { newUpdateRow } from '../updates/updateRecord';
import { ChangeHosts } from '../updates/UpdateSources';
import { nextStep, RolloutStep, stillAccepted } from './nextStep';
import { RolloutHealth } from './RolloutHealth';
import { stepItems, stepRollout } from './rolloutRecord';

/** Two steps follow each other at most: a wave with nothing to do, and the next. */
const MOST_STEPS = 1000;

/** @internal */
export interface RolloutDriverOptions {
  rollouts: RolloutStore;
  updates: UpdateStore;
  queue: UpdateQueue;
  hosts: ChangeHosts;
  health: RolloutHealth;
  logger: LoggerService;
  /** Called once it is stored that a roll-out is paused by itself, or done. */
  onChanged(row: RolloutRow): Promise<void>;
  now?: () => Date;
}

/**
 * Drives roll-outs: asks what is next, and does it.
 *
 * @remarks
 * A step is one transaction that compares the roll-out's revision. Of two replicas that come to the same step one takes
 * it, and a process that is killed leaves either all of a wave's updates behind or none.
 * @internal
 */
export class RolloutDriver {
  readonly #options: RolloutDriverOptions;
  readonly #now: () => Date;
  readonly #driving = new Map<string, { again: boolean }>();

  constructor(options: RolloutDriverOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Drives every roll-out that runs; one that cannot be is left for the next time. */
  async driveAll(signal: AbortSignal): Promise<void> {
    for (const id of await this.#options.rollouts.running()) {
      if (signal.aborted) {
        return;
      }
      await this.drive(id);
    }
  }

  /** Drives one roll-out as far as it goes now. Never throws. Asked while it does, it looks once more. */
  async drive(id: string): Promise<void> {
    const driving = this.#driving.get(id);
    if (driving) {
      driving.again = true;
      return;
    }
    const own = { again: true };
    this.#driving.set(id, own);
    try {
      while (own.again) {
        own.again = false;
        await this.#drive(id);
      }
    } catch (error) {
      this.#options.logger.error(
        `The roll-out ${id} could not be driven: ${describeError(error)}`,
      );
    } finally {
      this.#driving.delete(id);
    }
  }

  async #drive(id: string): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (!(await this.#step(id))) {
        return;
      }
    }
  }

  /** Returns whether there may be something more to do. */
  async #step(id: string): Promise<boolean> {
    const { rollouts, health } = this.#options;
    const row = await rollouts.get(id);
    if (row?.status !== 'running') {
      return false;
    }
    const entries = await rollouts.entries(id);
    const rollout = stepRollout(row);
    if (rollout.pauseOn.fallingHealth) {
      await health.refresh(entries);
    }
    const items = stepItems(entries);
    const accepted = stillAccepted(rollout, items);
    const step = nextStep({ ...rollout, accepted }, items);
    if (step.type === 'wait') {
      if (accepted.length < rollout.accepted.length) {
        await rollouts.change(row, { accepted: JSON.stringify(accepted) });
      }
      return false;
    }
    await this.#take(row, step, entries);
    return true;
  }

  async #take(
    row: RolloutRow,
    step: Exclude<RolloutStep, { type: 'wait' }>,
    items: RolloutItemRow[],
  ): Promise<void> {
    const { rollouts, onChanged } = this.#options;
    const updated_at = this.#now().toISOString();
    if (step.type === 'start') {
      await this.#start(row, step.wave, items);
      return;
    }
    const changes: Partial<RolloutRow> =
      step.type === 'pause'
        ? {
            status: 'paused',
            reason: step.cause.reason,
            reason_entity: step.cause.entityRef ?? null,
            updated_at,
          }
        : { status: 'done', reason: null, reason_entity: null, updated_at };
    if (await rollouts.change(row, changes)) {
      await onChanged({ ...row, ...changes });
    }
  }

  async #start(
    row: RolloutRow,
    wave: number,
    items: RolloutItemRow[],
  ): Promise<void> {
    const { rollouts, updates, queue, hosts } = this.#options;
    const now = this.#now();
    const own = items.filter(item => item.wave === wave);
    const urls = await rollouts.sourceUrls(own.map(item => item.entity_ref));
    const wanted = own.map(item => {
      const sourceUrl = urls.get(item.entity_ref);
      return newUpdateRow(
        {
          entityRef: item.entity_ref,
          layer: item.layer,
          template: row.template,
          from: item.from_version,
          to: row.version,
          inputDigest: row.input_digest,
          sourceUrl,
          noun: sourceUrl && hosts.find(sourceUrl)?.noun,
          rolloutId: row.id,
          createdBy: row.created_by,
        },
        now,
      );
    });
    await rollouts.change(
      row,
      { current_wave: wave, updated_at: now.toISOString() },
      async transaction => {
        const kept = await updates.ask(wanted, transaction);
        const failed = kept.filter(({ state }) => state === 'failed');
        await updates.requeue(
          failed.map(({ id }) => id),
          {},
          { now, transaction },
        );
        await rollouts.link(
          transaction,
          own.map((item, index) => ({ item, update: kept[index] })),
        );
      },
    );
    queue.notify();
  }
}
