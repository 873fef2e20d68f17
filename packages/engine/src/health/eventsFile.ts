import type { DeliveryEvent } from './deliveryEvent';
import { parseDeliveryEvent } from './parseDeliveryEvent';

/** @public */
export interface EventsFileProblem {
  file: string;
  /** 1-based. */
  line: number;
  message: string;
}

/**
 * Reads newline-delimited CDEvents JSON. A line that cannot be read becomes a problem with its file and
 * line, and leaves the others standing; empty lines are passed over.
 *
 * @public
 */
export function parseEventsFile(options: { text: string; file: string }): {
  events: DeliveryEvent[];
  problems: EventsFileProblem[];
} {
  const { text, file } = options;
  const events: DeliveryEvent[] = [];
  const problems: EventsFileProblem[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((content, index) => {
      if (content.trim() === '') {
        return;
      }
      try {
        events.push(parseDeliveryEvent(JSON.parse(content)));
      } catch (error) {
        problems.push({
          file,
          line: index + 1,
          message: (error as Error).message,
        });
      }
    });
  return { events, problems };
}
