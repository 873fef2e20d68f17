import { InputError } from '@backstage/errors';
import { CloudEvent, CloudEventV1, HTTP } from 'cloudevents';

/** Most events taken in one request. @internal */
export const MAX_EVENTS = 1000;

/** An HTTP request that carries events, its body still text. @internal */
export interface EventsRequest {
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/**
 * Takes the event bodies out of a request: CloudEvents 1.0 in binary, structured and batched mode, a bare CDEvent or an
 * array of them, or one per line (`application/x-ndjson`). What a body says is not looked at here.
 *
 * Throws an `InputError` that names the event (counted from 0) or the line (counted from 1).
 * @internal
 */
export function parseEventsBody(request: EventsRequest): unknown[] {
  const bodies = readBodies(request);
  if (bodies.length === 0) {
    throw new InputError('The request holds no event');
  }
  if (bodies.length > MAX_EVENTS) {
    throw new InputError(
      `The request holds ${bodies.length} events, and at most ${MAX_EVENTS} are taken at once`,
    );
  }
  return bodies;
}

function readBodies(request: EventsRequest): unknown[] {
  const { headers, text } = request;
  const mediaType = String(headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLocaleLowerCase('en-US');
  if (mediaType === 'application/x-ndjson') {
    return readLines(text);
  }
  if (mediaType === 'application/cloudevents+json') {
    return [unwrap(parseJson(text, 'The body'), 'The body')];
  }
  if (mediaType === 'application/cloudevents-batch+json') {
    return readBatch(parseJson(text, 'The body'), true);
  }
  if (headers['ce-id'] !== undefined) {
    return [readBinary(request)];
  }
  if (mediaType !== 'application/json') {
    throw new InputError(
      `Content type '${mediaType}' is not one events come in; send application/json, application/cloudevents+json, application/cloudevents-batch+json or application/x-ndjson`,
    );
  }
  const body = parseJson(text, 'The body');
  return Array.isArray(body)
    ? readBatch(body, false)
    : [unwrapIfWrapped(body, 'The body')];
}

function readLines(text: string): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    const place = `Line ${index + 1}`;
    return line.trim() === ''
      ? []
      : [unwrapIfWrapped(parseJson(line, place), place)];
  });
}

function readBatch(body: unknown, wrapped: boolean): unknown[] {
  if (!Array.isArray(body)) {
    throw new InputError('The body of a batch must be a JSON array');
  }
  return body.map((item, index) =>
    wrapped
      ? unwrap(item, `Event ${index}`)
      : unwrapIfWrapped(item, `Event ${index}`),
  );
}

function readBinary(request: EventsRequest): unknown {
  const headers = { ...request.headers, 'content-type': 'application/json' };
  return dataOf(() => ({ headers, body: request.text }), 'The CloudEvent');
}

/** A CDEvent holds `context`; a CloudEvents envelope holds `specversion` and `data` at its top. */
function unwrapIfWrapped(body: unknown, place: string): unknown {
  const envelope = body as Partial<CloudEventV1<unknown>> | null;
  return typeof body === 'object' &&
    envelope?.specversion !== undefined &&
    envelope.data !== undefined
    ? unwrap(body, place)
    : body;
}

function unwrap(body: unknown, place: string): unknown {
  const headers = { 'content-type': 'application/cloudevents+json' };
  return dataOf(() => ({ headers, body: JSON.stringify(body) }), place);
}

function dataOf(
  message: () => { headers: Record<string, any>; body: string },
  place: string,
): unknown {
  try {
    const event = HTTP.toEvent(message()) as CloudEvent<unknown>;
    event.validate();
    return event.data;
  } catch (error) {
    throw new InputError(
      `${place} is not a CloudEvent 1.0: ${(error as Error).message}`,
    );
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${place} is not JSON: ${(error as Error).message}`);
  }
}
