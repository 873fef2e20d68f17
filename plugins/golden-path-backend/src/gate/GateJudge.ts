import { LoggerService } from '@backstage/backend-plugin-api';
import {
  GateDecision,
  GateDeployment,
  gateDeployments,
  judgeDecision,
} from '@goldenpath/engine';
import { GateStore, ShownDecisionRow } from '../database/GateStore';
import { describeError } from '../service/describeError';
import { HealthReader } from '../service/HealthReader';

const BATCH = 100;
const MOST_BATCHES = 20;
const AGAIN_MS = 60 * 60_000;

interface Deployments {
  deployments: GateDeployment[];
  attributionWindowHours: number | undefined;
}

/**
 * Finds out what became of the deployments the gate was asked about. Each decision is looked at every hour until its
 * outcome is final; one that cannot be judged now is looked at later, and holds up no other.
 * @internal
 */
export class GateJudge {
  readonly #options: {
    store: GateStore;
    health: Pick<HealthReader, 'load'>;
    logger: LoggerService;
    onDecision: (entityRef: string) => Promise<void>;
  };
  readonly #now: () => Date;

  constructor(options: {
    store: GateStore;
    health: Pick<HealthReader, 'load'>;
    logger: LoggerService;
    /** Called when an outcome changed. */
    onDecision: (entityRef: string) => Promise<void>;
    now?: () => Date;
  }) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Judges what is due, in batches, as long as there is something and the task may run. */
  async judgeDue(signal?: AbortSignal): Promise<number> {
    const { store } = this.#options;
    const now = this.#now();
    let judged = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const due = await store.due(now, BATCH);
      const known = new Map<string, Promise<Deployments>>();
      for (const row of due) {
        signal?.throwIfAborted();
        await this.#judge(row, now, known);
        judged += 1;
      }
      if (due.length < BATCH) {
        break;
      }
    }
    return judged;
  }

  async #judge(
    row: ShownDecisionRow,
    now: Date,
    known: Map<string, Promise<Deployments>>,
  ): Promise<void> {
    const { store, logger, onDecision } = this.#options;
    const again = new Date(now.getTime() + AGAIN_MS);
    try {
      const key = JSON.stringify([row.entity_ref, row.environment]);
      const reading = known.get(key) ?? this.#deployments(row, now);
      known.set(key, reading);
      const decision: GateDecision = JSON.parse(row.decision);
      const outcome = judgeDecision({
        decision,
        now,
        nextAskedAt: await store.nextAskedAt(row),
        ...(await reading),
      });
      const before: GateDecision['outcome'] =
        row.outcome === null ? undefined : JSON.parse(row.outcome);
      const kept = await store.judged(
        row,
        outcome,
        outcome.result === 'pending' ? again : null,
      );
      if (kept && outcome.result !== (before?.result ?? 'pending')) {
        await onDecision(row.entity_ref);
      }
    } catch (error) {
      logger.warn(
        `The outcome of decision ${row.id} was not found out: ${describeError(
          error,
        )}`,
      );
      await store.judged(row, undefined, again);
    }
  }

  async #deployments(row: ShownDecisionRow, now: Date): Promise<Deployments> {
    const { options } = await this.#options.health.load({
      entityRef: row.entity_ref,
      environment: row.environment,
      now,
    });
    return {
      deployments: gateDeployments(options),
      attributionWindowHours: options.attributionWindowHours,
    };
  }
}
