import {
  computeHealth,
  DeliveryEvent,
  hasOnlyBurnAlerts,
  HealthOptions,
  HealthReport,
} from '@goldenpath/engine';
import { EventStore } from '../database/EventStore';
import { HealthConfig } from '../health/config';
import {
  DEPLOYMENT_TYPES,
  INCIDENT_TYPES,
  PIPELINE_TYPES,
  SENT_TYPES,
} from '../health/countedTypes';
import { EventLog } from '../health/EventLog';
import { Instrumented } from '../health/instrumented';

/** How far before the window events may still matter: what was deployed, when changes were proposed, what was usual. */
const MARGIN_DAYS = 180;
const DAY_MS = 86_400_000;

/** @internal */
export interface HealthRequest {
  entityRef: string;
  environment?: string;
  from?: Date;
  to?: Date;
  now: Date;
}

/** Computes downstream health from stored delivery events; nothing is kept. @internal */
export class HealthReader {
  readonly #events: Pick<EventStore, 'has' | 'lastHeard'>;
  readonly #log: EventLog;
  readonly #config: HealthConfig;
  readonly #timeZoneOf: (entityRef: string) => Promise<string | undefined>;

  constructor(options: {
    events: Pick<EventStore, 'has' | 'lastHeard'>;
    log: EventLog;
    config: HealthConfig;
    /** The time zone an entity names for itself. */
    timeZoneOf: (entityRef: string) => Promise<string | undefined>;
  }) {
    this.#events = options.events;
    this.#log = options.log;
    this.#config = options.config;
    this.#timeZoneOf = options.timeZoneOf;
  }

  /** The report of one entity over `[from, to)`, by default the configured number of days up to `now`. */
  async report(request: HealthRequest): Promise<{
    report: HealthReport;
    /** Which kinds of event were ever reported. */
    instrumented: Instrumented;
  }> {
    const { options, instrumented } = await this.load(request);
    return { report: computeHealth(options), instrumented };
  }

  /** What a report is computed from. */
  async load(request: HealthRequest): Promise<{
    options: HealthOptions;
    instrumented: Instrumented;
    /** Environments that were reported from. */
    environments: string[];
  }> {
    const { entityRef, now } = request;
    const config = this.#config;
    const to = request.to ?? now;
    const from =
      request.from ?? new Date(to.getTime() - config.windowDays * DAY_MS);
    const oldest = new Date(from.getTime() - MARGIN_DAYS * DAY_MS);
    oldest.setUTCHours(0, 0, 0, 0);
    const [events, seen, lastHeard, timeZone] = await Promise.all([
      this.#log.read(entityRef, oldest),
      this.#instrumented(entityRef),
      this.#lastHeard(entityRef),
      this.#timeZoneOf(entityRef),
    ]);
    // Alerts of an error budget come in words of incidents, and are none.
    const instrumented = {
      ...seen,
      incidents: seen.incidents && !hasOnlyBurnAlerts(events),
    };
    return {
      instrumented,
      environments: environmentsOf(events),
      options: {
        events,
        entityRef,
        environment: request.environment ?? config.environment,
        from,
        to,
        now,
        attributionWindowHours: config.attributionWindowHours,
        countSuspected: config.countSuspected,
        staleAfterHours: config.staleAfterHours,
        timeZone: timeZone ?? config.timeZone,
        workingHours: config.workingHours,
        manualMinutes: config.manualMinutes,
        ciCostPerMinute: config.ciCostPerMinute,
        instrumented,
        lastHeard,
      },
    };
  }

  async #instrumented(entityRef: string): Promise<Instrumented> {
    const events = this.#events;
    const [deployments, pipelines, incidents] = await Promise.all([
      events.has({ entityRef, types: DEPLOYMENT_TYPES }),
      events.has({ entityRef, types: PIPELINE_TYPES, withEnvironment: true }),
      events.has({ entityRef, types: INCIDENT_TYPES }),
    ]);
    return { deployments: deployments || pipelines, incidents };
  }

  /**
   * Any event that was sent of the entity is a sign of life: a quiet month of incidents alone is no silence. What the
   * backend fetches by itself, such as measured objectives, is none: it goes on after a pipeline has fallen silent.
   */
  async #lastHeard(entityRef: string): Promise<HealthOptions['lastHeard']> {
    const heard = await this.#events.lastHeard({
      entityRef,
      types: SENT_TYPES,
    });
    return { deployments: heard, incidents: heard };
  }
}

function environmentsOf(events: readonly DeliveryEvent[]): string[] {
  const found = new Set<string>();
  for (const { kind, environment } of events) {
    if (
      environment !== undefined &&
      (kind === 'deployment-finished' || kind.startsWith('incident-'))
    ) {
      found.add(environment);
    }
  }
  return [...found].sort();
}
