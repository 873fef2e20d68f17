import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';

const LIMIT_BYTES = 1_000_000;

/**
 * Reads the body of `POST /v1/events` as text, whatever its media type, up to 1 MB; other routes have no body.
 * @internal
 */
export function eventsBody(): (RequestHandler | ErrorRequestHandler)[] {
  const readText = express.text({ type: () => true, limit: LIMIT_BYTES });
  const explain: ErrorRequestHandler = (error, _request, _response, next) => {
    if (error?.type === 'entity.too.large') {
      const tooLarge = new Error(
        `The body is larger than ${LIMIT_BYTES} bytes; send the events in several requests`,
      );
      next(
        Object.assign(tooLarge, {
          name: 'PayloadTooLargeError',
          statusCode: 413,
        }),
      );
      return;
    }
    next(
      new InputError(`The body could not be read: ${(error as Error).message}`),
    );
  };
  return [readText, explain];
}
