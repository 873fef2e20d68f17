import { LoggerService } from '@backstage/backend-plugin-api';
import { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  computeHealth,
  computeTrends,
  HealthOptions,
  poolableHealth,
} from '@goldenpath/engine';
import { AnomalyStore } from '../database/AnomalyStore';
import { HealthReportStore, StoredHealth } from '../database/HealthReportStore';
import { HealthReader, HealthRequest } from '../service/HealthReader';
import { describeError } from '../service/describeError';
import { findAnomalies } from './findAnomalies';

const LEAST_TREND_POINTS = 12;
/** For how long it is shown that an anomaly was taken as the new normal. */
const ACKNOWLEDGED_WEEKS = 4;
const WEEK_MS = 7 * 86_400_000;
/** Time alone changes a report too: deployments ripen, and windows move. */
const BELIEVED_MS = 5 * 60_000;

/** @internal */
export interface HealthServiceOptions {
  reader: HealthReader;
  reports: HealthReportStore;
  anomalies: AnomalyStore;
  /** Environment when a request names none. */
  environment: string;
  logger: LoggerService;
  /** Tells whoever looks at the entity that its health changed. */
  onChanged(entityRef: string): Promise<void>;
  now?: () => Date;
}

/**
 * Downstream health as pages, facts and roll-ups read it: computed when an event arrives, and kept.
 * @internal
 */
export class HealthService {
  readonly #options: HealthServiceOptions;
  readonly #now: () => Date;

  constructor(options: HealthServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** What is kept of an environment, computed now where that is missing or older than five minutes. */
  async current(
    entityRef: string,
    environment: string = this.#options.environment,
  ): Promise<StoredHealth> {
    const kept = await this.#options.reports.read(entityRef, environment);
    const oldest = this.#now().getTime() - BELIEVED_MS;
    return kept && Date.parse(kept.computedAt) >= oldest
      ? kept
      : this.refresh(entityRef, environment);
  }

  /** Over any window, computed now; the default one as it is kept. */
  async report(request: Omit<HealthRequest, 'now'>): Promise<HealthResponse> {
    const { entityRef, environment, from, to } = request;
    if (!from && !to) {
      return (await this.current(entityRef, environment)).response;
    }
    const now = this.#now();
    const { options, environments } = await this.#options.reader.load({
      ...request,
      now,
    });
    return {
      ...computeHealth(options),
      trends: computeTrends(options, trendPoints(options)),
      computedAt: now.toISOString(),
      environments,
    };
  }

  /**
   * An event of the entity arrived: its health is computed anew, and whoever looks at it is told. What is kept of other
   * environments is dropped, to be computed when somebody asks. Never throws: that health cannot be computed is said
   * where it is read.
   */
  async delivered(entityRef: string): Promise<void> {
    const { reports, environment, logger, onChanged } = this.#options;
    try {
      await reports.forgetOthers(entityRef, environment);
      await this.refresh(entityRef);
      await onChanged(entityRef);
    } catch (error) {
      logger.warn(
        `The downstream health of ${entityRef} was not computed: ${describeError(
          error,
        )}`,
      );
    }
  }

  /** Computes and keeps. */
  async refresh(
    entityRef: string,
    environment: string = this.#options.environment,
  ): Promise<StoredHealth> {
    const { reader, reports, anomalies } = this.#options;
    const now = this.#now();
    const { options, environments, instrumented } = await reader.load({
      entityRef,
      environment,
      now,
    });
    const report = computeHealth(options);
    const found = findAnomalies(
      options,
      await anomalies.acknowledgements(entityRef, environment),
    );
    await anomalies.replace({ entityRef, environment, found, now });
    const response: HealthResponse = {
      ...report,
      trends: computeTrends(options, trendPoints(options)),
      anomalies: await anomalies.shown(
        entityRef,
        environment,
        new Date(now.getTime() - ACKNOWLEDGED_WEEKS * WEEK_MS),
      ),
      computedAt: now.toISOString(),
      environments,
    };
    const stored = {
      response,
      instrumented,
      computedAt: now.toISOString(),
      pool: JSON.stringify(poolableHealth(report)),
    };
    await reports.keep(entityRef, stored);
    return stored;
  }
}

/** Weekly steps back to the window before this one, which a trend is compared with. */
function trendPoints({ from, to }: Pick<HealthOptions, 'from' | 'to'>): number {
  const weeks = Math.ceil((to.getTime() - from.getTime()) / WEEK_MS);
  return Math.max(LEAST_TREND_POINTS, weeks);
}
