import {
  computeHealth,
  DeliveryEvent,
  HealthReport,
  parseDeliveryEvent,
} from '@goldenpath/engine';
import { HealthConfig } from '../config';
import { EventStore } from '../database/EventStore';

/** How far before the window events may still matter: what was deployed, and when changes were proposed. */
const MARGIN_DAYS = 90;
const DAY_MS = 86_400_000;
const DEPLOYMENT =
  /^dev\.cdevents\.(service\.(deployed|upgraded|rolledback)|pipelinerun\.finished)\./;
const INCIDENT = /^dev\.cdevents\.incident\./;

/** Computes downstream health from stored events; nothing is kept. @internal */
export class HealthReader {
  readonly #events: EventStore;
  readonly #config: HealthConfig;

  constructor(options: { events: EventStore; config: HealthConfig }) {
    this.#events = options.events;
    this.#config = options.config;
  }

  /** The report of one entity over `[from, to)`, by default the configured number of days up to `now`. */
  async report(options: {
    entityRef: string;
    environment?: string;
    from?: Date;
    to?: Date;
    now: Date;
  }): Promise<{
    report: HealthReport;
    /** Which kinds of event were ever reported. */
    instrumented: { deployments: boolean; incidents: boolean };
  }> {
    const { entityRef, now } = options;
    const to = options.to ?? now;
    const from =
      options.from ?? new Date(to.getTime() - this.#config.windowDays * DAY_MS);
    const bodies = await this.#events.bodies({
      entityRef,
      from: new Date(from.getTime() - MARGIN_DAYS * DAY_MS),
      to: now,
    });
    const types = await this.#events.types(entityRef);
    const instrumented = {
      deployments: types.some(type => DEPLOYMENT.test(type)),
      incidents: types.some(type => INCIDENT.test(type)),
    };
    const report = computeHealth({
      events: bodies.flatMap(readEvent),
      entityRef,
      environment: options.environment ?? this.#config.environment,
      from,
      to,
      now,
      attributionWindowHours: this.#config.attributionWindowHours,
      instrumented,
    });
    return { report, instrumented };
  }
}

/** An event that an older version took and this one refuses is passed over, and spoils no metric. */
function readEvent(body: unknown): DeliveryEvent[] {
  try {
    return [parseDeliveryEvent(body)];
  } catch {
    return [];
  }
}
