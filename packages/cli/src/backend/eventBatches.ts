const MOST_EVENTS = 500;
const MOST_BYTES = 900_000;

/** The events of a text, one compact JSON each: an array, one object, or one per line. */
function eventsOf(text: string, file: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  try {
    const whole: unknown = JSON.parse(trimmed);
    return (Array.isArray(whole) ? whole : [whole]).map(event =>
      JSON.stringify(event),
    );
  } catch {
    // Not one document: one per line
  }
  return trimmed.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    try {
      return [JSON.stringify(JSON.parse(line))];
    } catch (error) {
      throw new Error(
        `${file}:${index + 1}: is not JSON: ${(error as Error).message}`,
      );
    }
  });
}

/**
 * Cuts events into bodies that a backend takes at once: at most 500 events and 900 kB, one event per line.
 *
 * @throws When a line is not JSON, or there is no event; the message names file and line.
 */
export function eventBatches(text: string, file: string): string[] {
  const events = eventsOf(text, file);
  if (events.length === 0) {
    throw new Error(`${file}: holds no event`);
  }
  const batches: string[] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event) + 1;
    if (
      batch.length > 0 &&
      (batch.length === MOST_EVENTS || bytes + size > MOST_BYTES)
    ) {
      batches.push(batch.join('\n'));
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  return [...batches, batch.join('\n')];
}
