import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { IngestResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  DeliveryEvent,
  parseDeliveryEvent,
  resolveEntityHints,
} from '@goldenpath/engine';
import { EventStore, NewEvent } from '../database/EventStore';
import { HintStore } from '../database/HintStore';
import { WorkQueue } from '../work/WorkQueue';
import { hintsOfEvent } from './entityHints';
import { EventEntity, EventEntityResolver } from './EventEntityResolver';
import { EventsRequest, parseEventsBody } from './parseEventsBody';

/** How far a sender's clock may be ahead; more is a wrong time zone or a wrong clock. */
const MOST_AHEAD_MINUTES = 15;

/** Takes delivery events: all of a request or none, each once, and queues the entities they are about. @internal */
export class EventIngest {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #hints: HintStore;
  readonly #events: EventStore;
  readonly #queue: WorkQueue;
  readonly #now: () => Date;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    hints: HintStore;
    events: EventStore;
    queue: WorkQueue;
    now?: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#hints = options.hints;
    this.#events = options.events;
    this.#queue = options.queue;
    this.#now = options.now ?? (() => new Date());
  }

  /** Resolves once the events are durable. Throws an `InputError` naming event and field; then none was taken. */
  async ingest(
    request: EventsRequest,
    credentials: BackstageCredentials,
  ): Promise<IngestResponse> {
    const bodies = parseEventsBody(request);
    const parsed = bodies.map((body, index) =>
      this.#parse(body, bodies.length > 1 ? `Event ${index}: ` : ''),
    );
    const resolver = new EventEntityResolver({
      catalog: this.#catalog,
      auth: this.#auth,
      hints: this.#hints,
      credentials,
    });
    const events: NewEvent[] = [];
    const entityRefs = new Set<string>();
    const unattached: IngestResponse['unattached'] = [];
    for (const event of parsed) {
      const found = await resolver.resolve(event);
      events.push(newEvent(event, found));
      if (found.status === 'attached') {
        entityRefs.add(found.entityRef);
      } else {
        const reason = found.status === 'ambiguous' ? 'ambiguous' : 'not-found';
        unattached.push({ source: event.source, id: event.id, reason });
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
      unattached,
    };
  }

  #parse(body: unknown, place: string): DeliveryEvent {
    const event = parseOne(body, place);
    const now = this.#now();
    if (event.at.getTime() > now.getTime() + MOST_AHEAD_MINUTES * 60_000) {
      throw new InputError(
        `${place}context.timestamp: ${event.at.toISOString()} is in the future, here it is ${now.toISOString()}; check the clock and the offset of the sender`,
      );
    }
    return event;
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

function newEvent(event: DeliveryEvent, found: EventEntity): NewEvent {
  return {
    source: event.source,
    id: event.id,
    entityRef: 'entityRef' in found ? found.entityRef : undefined,
    type: event.type,
    environment: event.environment ?? null,
    at: event.at,
    body: event.raw,
    // What led to an entity the sender may not see, or to several, is not to be attached behind their back
    hints:
      found.status === 'unknown'
        ? resolveEntityHints(event).flatMap(hintsOfEvent)
        : undefined,
  };
}
