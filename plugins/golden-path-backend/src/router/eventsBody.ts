import { ErrorRequestHandler, RequestHandler } from 'express';
import { rawBody } from './rawBody';

const LIMIT_BYTES = 1_000_000;

/** Reads the body of `POST /v1/events`, whatever its media type, up to 1 MB. @internal */
export function eventsBody(): (RequestHandler | ErrorRequestHandler)[] {
  return rawBody(LIMIT_BYTES, 'send the events in several requests');
}
