import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { IngestResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  DeliveryEvent,
  parseDeliveryEvent,
  resolveEntityHints,
} from '@goldenpath/engine';
import { NewEvent } from '../database/EventStore';
import { hintsOfEvent, isWellFormed } from './entityHints';
import { EnvironmentNames } from './EnvironmentNames';
import {
  EventEntity,
  EventEntityResolver,
  ResolveAs,
} from './EventEntityResolver';
import { EventWriter, WriteRequest } from './EventWriter';
import { EventsRequest, parseEventsBody } from './parseEventsBody';

/** How far a sender's clock may be ahead; more is a wrong time zone or a wrong clock. */
const MOST_AHEAD_MINUTES = 15;

/** How event bodies are to be taken. @internal */
export interface TakeOptions {
  /** Whose view of the catalog decides which entities they may be about. */
  as: ResolveAs;
  /** The message they came in; the same again is not taken. */
  delivery?: WriteRequest['delivery'];
  /** What their sender calls its environments; by default as configured for all. */
  environments?: EnvironmentNames;
}

/** Takes delivery events: all of a request or none, each once, and queues the entities they are about. @internal */
export class EventIngest {
  readonly #resolver: EventEntityResolver;
  readonly #writer: EventWriter;
  readonly #environments: EnvironmentNames;
  readonly #now: () => Date;

  constructor(options: {
    resolver: EventEntityResolver;
    writer: EventWriter;
    environments?: EnvironmentNames;
    now?: () => Date;
  }) {
    this.#resolver = options.resolver;
    this.#writer = options.writer;
    this.#environments = options.environments ?? new EnvironmentNames();
    this.#now = options.now ?? (() => new Date());
  }

  /** Resolves once the events are durable. Throws an `InputError` naming event and field; then none was taken. */
  async ingest(
    request: EventsRequest,
    credentials: BackstageCredentials,
  ): Promise<IngestResponse> {
    return this.take(parseEventsBody(request), { as: credentials });
  }

  /** As {@link EventIngest.ingest}, for bodies of CDEvents. */
  async take(
    bodies: readonly unknown[],
    options: TakeOptions,
  ): Promise<IngestResponse> {
    const environments = options.environments ?? this.#environments;
    const parsed = bodies.map((body, index) =>
      this.#parse(
        environments.rename(body),
        bodies.length > 1 ? `Event ${index}: ` : '',
      ),
    );
    const found = await this.#resolver.resolve(parsed, options.as);
    const events = parsed.map((event, index) => newEvent(event, found[index]));
    const { accepted, duplicates } = await this.#writer.write({
      events,
      delivery: options.delivery,
    });
    const entityRefs = new Set<string>();
    const unattached: IngestResponse['unattached'] = [];
    found.forEach((entity, index) => {
      if (entity.status === 'attached') {
        entity.entityRefs.forEach(ref => entityRefs.add(ref));
        return;
      }
      const { source, id } = parsed[index];
      const reason = entity.status === 'ambiguous' ? 'ambiguous' : 'not-found';
      unattached.push({ source, id, reason });
    });
    return {
      accepted,
      duplicates,
      entityRefs: [...entityRefs].sort(),
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
    const { source, id, environment = '' } = event;
    if (![source, id, environment].every(isWellFormed)) {
      throw new InputError(
        `${place}context.id, context.source and the environment must be well-formed Unicode`,
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
  const refs = 'entityRefs' in found ? found.entityRefs : [];
  return {
    source: event.source,
    id: event.id,
    entityRef: refs[0],
    furtherRefs: refs.slice(1),
    type: event.type,
    environment: event.environment ?? null,
    at: event.at,
    body: event.raw,
    text: writeBody(event.raw),
    // What led to an entity the sender may not see, or to several, is not to be attached behind their back
    hints:
      found.status === 'unknown'
        ? resolveEntityHints(event).flatMap(hintsOfEvent)
        : undefined,
  };
}

function writeBody(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    throw new InputError('The event is nested too deeply');
  }
}
