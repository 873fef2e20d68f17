import { InputError } from '@backstage/errors';
import { CloudEvent, CloudEventV1 } from 'cloudevents';

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
  return eventsOfJson(parseJson(text, 'The body'));
}

/** The event bodies in a parsed JSON: CDEvents as they are or in their envelopes, one or an array. @internal */
export function eventsOfJson(body: unknown): unknown[] {
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

/** In binary mode the envelope is in the headers and the body is the data. */
function readBinary({ headers, text }: EventsRequest): unknown {
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('ce-') && value !== undefined
        ? [[name.slice(3), decodeHeader(String(value))]]
        : [],
    ),
  );
  checkEnvelope(attributes, 'The CloudEvent');
  return parseJson(text, 'The body');
}

/** A CDEvent holds `context`; a CloudEvents envelope holds `specversion` and its data at its top. */
function unwrapIfWrapped(body: unknown, place: string): unknown {
  const envelope = body as Partial<CloudEventV1<unknown>> | null;
  return typeof body === 'object' &&
    envelope?.specversion !== undefined &&
    (envelope.data ?? envelope.data_base64) !== undefined
    ? unwrap(body, place)
    : body;
}

function unwrap(body: unknown, place: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError(`${place} is not a CloudEvent 1.0: no JSON object`);
  }
  const { data, data_base64, ...attributes } = body as Record<string, unknown>;
  checkEnvelope(attributes, place);
  return typeof data_base64 === 'string'
    ? parseJson(
        Buffer.from(data_base64, 'base64').toString(),
        `${place}: data_base64`,
      )
    : data;
}

/** Looks at the attributes alone: what the data is worth is not for CloudEvents to say. */
function checkEnvelope(attributes: { id?: unknown }, place: string): void {
  try {
    if (typeof attributes.id !== 'string' || attributes.id === '') {
      throw new Error("'id' is missing");
    }
    const event = new CloudEvent(attributes as CloudEventV1<unknown>, false);
    event.validate();
    if (event.specversion !== '1.0') {
      throw new Error(`specversion '${event.specversion}' is not 1.0`);
    }
  } catch (error) {
    throw new InputError(
      `${place} is not a CloudEvent 1.0: ${(error as Error).message}`,
    );
  }
}

function decodeHeader(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${place} is not JSON: ${(error as Error).message}`);
  }
}
