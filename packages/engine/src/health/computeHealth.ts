import type { HealthReport } from '../model';
import { aiOutcomes } from './ai/aiOutcomes';
import { createContext } from './healthContext';
import { assertOptions, type HealthOptions } from './healthOptions';
import { metricsIn } from './metrics/metricsIn';
import { paradox } from './paradox/paradox';
import { quickCheck } from './quickCheck';

export type { HealthOptions } from './healthOptions';

/**
 * Computes the downstream health of one entity in one environment over the half-open window `[from, to)`:
 * DORA's five metrics and the time to restore of all incidents. Pure: the same options always give the same
 * report. Durations are in seconds, rates 0 to 1, frequency per day, nothing is rounded. A band comes only
 * with status `ok`; what is not known is never shown as good.
 *
 * @throws RangeError for an empty window, an invalid date or an attribution window that is not above 0.
 *
 * @public
 */
export function computeHealth(options: HealthOptions): HealthReport {
  assertOptions(options);
  const context = createContext(options);
  const metrics = metricsIn(context);
  return {
    entityRef: options.entityRef,
    environment: options.environment,
    window: {
      from: options.from.toISOString(),
      to: options.to.toISOString(),
    },
    ladder: context.settings.ladder,
    metrics,
    quickCheck: quickCheck(metrics, context),
    aiOutcomes: aiOutcomes(context),
    paradox: paradox(context),
  };
}
