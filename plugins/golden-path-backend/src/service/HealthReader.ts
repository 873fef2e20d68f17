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
/** About what one report may take of the memory: some tens of megabytes. */
const MOST_EVENTS = 20_000;
const DEPLOYMENTS = [
  'dev.cdevents.service.deployed.',
  'dev.cdevents.service.upgraded.',
  'dev.cdevents.service.rolledback.',
];
const PIPELINES = ['dev.cdevents.pipelinerun.finished.'];
const INCIDENTS = ['dev.cdevents.incident.'];
/** Everything a metric reads; the runs of tests, of which there are most, are not among them. */
const COUNTED = [
  ...DEPLOYMENTS,
  ...PIPELINES,
  ...INCIDENTS,
  'dev.cdevents.change.created.',
  'dev.cdevents.change.merged.',
  'dev.cdevents.artifact.packaged.',
  'dev.cdevents.artifact.published.',
];

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
      types: COUNTED,
      from: new Date(from.getTime() - MARGIN_DAYS * DAY_MS),
      to: now,
      limit: MOST_EVENTS,
    });
    const instrumented = await this.#instrumented(entityRef);
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

  async #instrumented(entityRef: string) {
    const events = this.#events;
    return {
      deployments:
        (await events.has({ entityRef, types: DEPLOYMENTS })) ||
        // Without an environment a pipeline built or tested, and deployed nothing
        (await events.has({
          entityRef,
          types: PIPELINES,
          withEnvironment: true,
        })),
      incidents: await events.has({ entityRef, types: INCIDENTS }),
    };
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
