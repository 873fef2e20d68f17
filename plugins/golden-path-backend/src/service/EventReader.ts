import { EventsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { z } from 'zod';
import { EventStore } from '../database/EventStore';
import { eventView } from '../events/eventView';
import { formatCursor, parseCursor } from './pageCursor';

const MAX_IDS = 500;
const cursorSchema = z.object({ at: z.string(), position: z.number().int() });

/** Delivery events of an entity as people see them. @internal */
export class EventReader {
  readonly #events: EventStore;

  constructor(options: { events: EventStore }) {
    this.#events = options.events;
  }

  /** With `ids` exactly those that are known; otherwise a page of the newest. */
  async list(options: {
    entityRef: string;
    ids?: string[];
    limit: number;
    cursor?: string;
  }): Promise<EventsResponse> {
    const { entityRef, limit } = options;
    const ids = options.ids?.slice(0, MAX_IDS);
    const events = await this.#events.list({
      entityRef,
      ids,
      before: ids ? undefined : parseCursor(options.cursor, cursorSchema),
      limit: ids ? MAX_IDS : limit + 1,
    });
    if (ids) {
      return { entityRef, items: events.map(eventView) };
    }
    const shown = events.slice(0, limit);
    const last = shown.at(-1);
    return {
      entityRef,
      items: shown.map(eventView),
      ...(events.length > limit &&
        last && {
          nextCursor: formatCursor({ at: last.at, position: last.position }),
        }),
    };
  }
}
