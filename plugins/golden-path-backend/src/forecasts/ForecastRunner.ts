import { LoggerService } from '@backstage/backend-plugin-api';
import { UpdatePlan } from '@goldenpath/engine';
import {
  ForecastItemRow,
  ForecastRow,
  ForecastStore,
} from '../database/ForecastStore';
import { Template } from '../drift/templateFiles';
import { describeError } from '../service/describeError';

const AT_ONCE = 2;

/** What one service's plan says of a version; `result` of a stored item. @internal */
export interface ForecastResult {
  files: number;
  conflicts: UpdatePlan['conflicts'];
  restores: number;
  reason?: string;
}

/** @internal */
export interface ForecastRunnerOptions {
  store: ForecastStore;
  logger: LoggerService;
  /** The version to try: the one at the address, or the catalog's where there is none. */
  readTemplate(options: {
    templateRef: string;
    url: string | null;
    signal: AbortSignal;
  }): Promise<Template>;
  plan(options: {
    entityRef: string;
    layerId: string;
    template: Template;
    signal: AbortSignal;
  }): Promise<UpdatePlan>;
}

/**
 * Carries dry runs out, service by service.
 *
 * @remarks
 * What was found is stored as it is found, so that a page shows progress and a dry run whose process died is gone on
 * with by the next one. A service that cannot be planned is `unknown`, with the reason, and keeps no other from its turn.
 * @internal
 */
export class ForecastRunner {
  readonly #options: ForecastRunnerOptions;
  readonly #stopped = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ForecastRunnerOptions) {
    this.#options = options;
  }

  /** Carries out every dry run that waits; does nothing while this process is at it already. */
  async run(signal?: AbortSignal): Promise<void> {
    const stopped = this.#stopped.signal;
    this.#running ??= this.#runAll(
      signal ? AbortSignal.any([signal, stopped]) : stopped,
    ).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Leaves off; what is not planned yet stays so, for the next process. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #runAll(signal: AbortSignal): Promise<void> {
    const { store, logger } = this.#options;
    while (!signal.aborted) {
      const forecast = await store.claim();
      if (!forecast) {
        return;
      }
      try {
        await this.#runOne(forecast, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        const problem = describeError(error);
        logger.warn(`Forecast of ${forecast.template_ref}: ${problem}`);
        await store.finish(forecast, problem);
      }
    }
  }

  async #runOne(forecast: ForecastRow, signal: AbortSignal): Promise<void> {
    const { store, readTemplate } = this.#options;
    const template = await readTemplate({
      templateRef: forecast.template_ref,
      url: forecast.url,
      signal,
    });
    await store.describe(forecast.id, {
      version: template.manifest.version,
      input_digest: template.digest,
    });
    const waiting = (await store.items(forecast.id)).filter(
      ({ outcome }) => outcome === null,
    );
    const next = waiting.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const item of next) {
          signal.throwIfAborted();
          await store.record(
            item,
            await this.#forecast(item, template, signal),
          );
          if (!(await store.hold(forecast))) {
            throw new Error('The dry run was taken over by another process');
          }
        }
      }),
    );
    await store.finish(forecast);
  }

  async #forecast(
    item: ForecastItemRow,
    template: Template,
    signal: AbortSignal,
  ): Promise<Pick<ForecastItemRow, 'outcome' | 'result'>> {
    try {
      const plan = await this.#options.plan({
        entityRef: item.entity_ref,
        layerId: item.layer_id,
        template,
        signal,
      });
      return {
        outcome: outcomeOf(plan),
        result: JSON.stringify(resultOf(plan)),
      };
    } catch (error) {
      signal.throwIfAborted();
      const result: ForecastResult = {
        files: 0,
        conflicts: [],
        restores: 0,
        reason: describeError(error),
      };
      return { outcome: 'unknown', result: JSON.stringify(result) };
    }
  }
}

function outcomeOf(plan: UpdatePlan): 'clean' | 'conflict' | 'unchanged' {
  if (!plan.clean) {
    return 'conflict';
  }
  return plan.files.some(({ action }) => isWritten(action))
    ? 'clean'
    : 'unchanged';
}

function resultOf(plan: UpdatePlan): ForecastResult {
  return {
    files: plan.files.filter(({ action }) => isWritten(action)).length,
    conflicts: plan.conflicts,
    restores: plan.files.filter(({ action }) => action === 'restore').length,
  };
}

function isWritten(action: UpdatePlan['files'][number]['action']): boolean {
  return action !== 'none' && action !== 'keep';
}
