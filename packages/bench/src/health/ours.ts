import { Knex } from 'knex';
import { timed } from '../measure';
import { entityRef } from '../workload/facts';
import {
  AnomalyStore,
  EntityStore,
  EventLog,
  EventLogStore,
  EventStore,
  HealthReader,
  HealthReportStore,
  HealthService,
} from './backendParts';
import { deployedBody } from './deliveryBody';

const logger = {
  debug() {},
  info() {},
  warn(message: string) {
    throw new Error(message);
  },
  error(message: string) {
    throw new Error(message);
  },
} as never;

/** Downstream health as a backend computes and keeps it, with nothing read yet. */
export function createHealth(
  knex: Knex,
  now?: () => Date,
): { service: HealthService; events: EventStore } {
  const events = new EventStore({ knex });
  const entities = new EntityStore({ knex });
  const service = new HealthService({
    reader: new HealthReader({
      events,
      log: new EventLog({ store: new EventLogStore({ knex }) }),
      config: {
        windowDays: 28,
        attributionWindowHours: 24,
        environment: 'production',
        countSuspected: false,
        staleAfterHours: 672,
        timeZone: 'UTC',
        workingHours: undefined,
        manualMinutes: {},
        ciCostPerMinute: undefined,
        notifications: false,
      },
      timeZoneOf: ref => entities.timeZoneOf(ref),
    }),
    reports: new HealthReportStore({ knex }),
    anomalies: new AnomalyStore({ knex }),
    environment: 'production',
    logger,
    onChanged: async () => {},
    now,
  });
  return { service, events };
}

/** Appends a deployment of an entity to the log. */
export async function appendDeployment(
  events: EventStore,
  options: { id: string; index: number; at: Date },
): Promise<void> {
  const body = deployedBody(options);
  await events.append([
    {
      source: body.context.source,
      id: body.context.id,
      entityRef: entityRef(options.index),
      type: body.context.type,
      environment: 'production',
      at: options.at,
      body,
    },
  ]);
}

/** Milliseconds in which health is computed from nothing known, and anew after an event. */
export async function timeRefreshes(
  knex: Knex,
  options: { entities: number; rounds: number; at: Date; now?: () => Date },
): Promise<{ first: number[]; changed: number[] }> {
  const first: number[] = [];
  const changed: number[] = [];
  for (let round = 0; round < options.rounds + 1; round++) {
    for (let index = 0; index < options.entities; index++) {
      const { service, events } = createHealth(knex, options.now);
      const firstMs = await timed(() => service.refresh(entityRef(index)));
      await appendDeployment(events, {
        ...{ id: `changed-${round}-${index}`, index, at: options.at },
      });
      const changedMs = await timed(() => service.refresh(entityRef(index)));
      // The first round is for the code to become warm
      if (round > 0) {
        first.push(firstMs);
        changed.push(changedMs);
      }
    }
  }
  return { first, changed };
}
