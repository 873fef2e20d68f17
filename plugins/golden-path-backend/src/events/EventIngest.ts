import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { IngestResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { DeliveryEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { EntityStore } from '../database/EntityStore';
import { EventStore, NewEvent } from '../database/EventStore';
import { WorkQueue } from '../work/WorkQueue';
import { EventEntityResolver } from './EventEntityResolver';
import { EventsRequest, parseEventsBody } from './parseEventsBody';

/** Takes delivery events: all of a request or none, each once, and queues the entities they are about. @internal */
export class EventIngest {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #entities: EntityStore;
  readonly #events: EventStore;
  readonly #queue: WorkQueue;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    entities: EntityStore;
    events: EventStore;
    queue: WorkQueue;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#entities = options.entities;
    this.#events = options.events;
    this.#queue = options.queue;
  }

  /** Resolves once the events are durable. Throws an `InputError` naming event and field; then none was taken. */
  async ingest(
    request: EventsRequest,
    credentials: BackstageCredentials,
  ): Promise<IngestResponse> {
    const bodies = parseEventsBody(request);
    const parsed = bodies.map((body, index) =>
      parseOne(body, bodies.length > 1 ? `Event ${index}: ` : ''),
    );
    const resolver = new EventEntityResolver({
      catalog: this.#catalog,
      auth: this.#auth,
      entities: this.#entities,
      credentials,
    });
    const events: NewEvent[] = [];
    const entityRefs = new Set<string>();
    for (const event of parsed) {
      const { entityRef, known } = await resolver.resolve(event);
      events.push(newEvent(event, entityRef));
      if (known && entityRef) {
        entityRefs.add(entityRef);
      }
    }
    const refs = [...entityRefs].sort();
    const accepted = await this.#events.append(
      events,
      async (transaction, appended) => {
        if (appended > 0) {
          await this.#queue.enqueue(refs, 'delivery-event', { transaction });
        }
      },
    );
    this.#queue.notify();
    return {
      accepted,
      duplicates: events.length - accepted,
      entityRefs: refs,
    };
  }
}

function parseOne(body: unknown, place: string): DeliveryEvent {
  try {
    return parseDeliveryEvent(body);
  } catch (error) {
    if ((error as Error).name === 'DeliveryEventError') {
      throw new InputError(`${place}${(error as Error).message}`);
    }
    throw error;
  }
}

function newEvent(
  event: DeliveryEvent,
  entityRef: string | undefined,
): NewEvent {
  return {
    source: event.source,
    id: event.id,
    entityRef,
    type: event.type,
    environment: event.environment ?? null,
    at: event.at,
    body: event.raw,
  };
}
