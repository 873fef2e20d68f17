import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { parseDeliveryEvent } from '@goldenpath/engine';
import { HintStore, UnattachedEvent } from '../database/HintStore';
import { WorkQueue } from '../work/WorkQueue';
import { EventEntityResolver } from './EventEntityResolver';

const EVENTS_PER_STEP = 200;
const MOST_STEPS = 50;

/** @internal */
export interface EventAttacherOptions {
  catalog: CatalogService;
  auth: AuthService;
  hints: HintStore;
  queue: WorkQueue;
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
    const { catalog, auth, hints, queue } = this.#options;
    let attached = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      signal?.throwIfAborted();
      const events = await hints.attachable(EVENTS_PER_STEP);
      if (events.length === 0) {
        return attached;
      }
      const resolver = new EventEntityResolver({ catalog, auth, hints });
      const found = new Map<number, string | undefined>();
      for (const event of events) {
        found.set(event.row, await entityOf(event, resolver));
      }
      const refs = [...found.values()].filter(ref => ref !== undefined);
      await hints.settle(found, transaction =>
        queue.enqueue(refs, 'delivery-event', { transaction }),
      );
      attached += refs.length;
    }
    return attached;
  }
}

async function entityOf(
  event: UnattachedEvent,
  resolver: EventEntityResolver,
): Promise<string | undefined> {
  let parsed;
  try {
    parsed = parseDeliveryEvent(event.body);
  } catch {
    // Taken by an older version, refused by this one
    return undefined;
  }
  const found = await resolver.resolve(parsed);
  return found.status === 'attached' ? found.entityRef : undefined;
}
