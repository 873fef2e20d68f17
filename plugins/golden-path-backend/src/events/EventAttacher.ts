import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DeliveryEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { HintStore, UnattachedEvent } from '../database/HintStore';
import { WorkQueue } from '../work/WorkQueue';
import { CatalogVisibility } from './CatalogVisibility';
import { EventEntityResolver } from './EventEntityResolver';
import { OnIngested } from './EventWriter';

const EVENTS_PER_STEP = 200;
const MOST_STEPS = 50;

/** @internal */
export interface EventAttacherOptions {
  catalog: CatalogService;
  auth: AuthService;
  hints: HintStore;
  queue: WorkQueue;
  onIngested?: OnIngested;
}

/**
 * Attaches events that came before their entity: a pipeline may report its first deployments before the service is
 * registered.
 * @internal
 */
export class EventAttacher {
  readonly #options: EventAttacherOptions;

  constructor(options: EventAttacherOptions) {
    this.#options = options;
  }

  /**
   * Looks at every event without an entity that may mean one by now, queues the entities found, and returns how many
   * events were attached. An event is looked at once: one that several entities may claim stays without.
   */
  async attach(signal?: AbortSignal): Promise<number> {
    const { hints, queue, onIngested } = this.#options;
    const resolver = new EventEntityResolver({
      hints,
      visibility: new CatalogVisibility(this.#options),
    });
    let attached = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      signal?.throwIfAborted();
      const events = await hints.attachable(EVENTS_PER_STEP);
      if (events.length === 0) {
        return attached;
      }
      const found = await entitiesOf(events, resolver);
      const refs = [...new Set([...found.values()].flat())];
      await hints.settle(found, transaction =>
        queue.enqueue(refs, 'delivery-event', { transaction }),
      );
      if (refs.length > 0) {
        onIngested?.(refs.sort());
      }
      attached += [...found.values()].filter(of => of.length > 0).length;
    }
    return attached;
  }
}

async function entitiesOf(
  events: UnattachedEvent[],
  resolver: EventEntityResolver,
): Promise<Map<number, string[]>> {
  const parsed = new Map(events.map(event => [event.row, parse(event)]));
  const readable = [...parsed].flatMap(([row, event]) =>
    event ? [{ row, event }] : [],
  );
  const entities = await resolver.resolve(
    readable.map(({ event }) => event),
    'backend',
  );
  const found = new Map<number, string[]>(events.map(({ row }) => [row, []]));
  readable.forEach(({ row }, index) => {
    const entity = entities[index];
    if (entity.status === 'attached') {
      found.set(row, entity.entityRefs);
    }
  });
  return found;
}

/** An event that an older version took may be refused by this one. */
function parse(event: UnattachedEvent): DeliveryEvent | undefined {
  try {
    return parseDeliveryEvent(event.body);
  } catch {
    return undefined;
  }
}
