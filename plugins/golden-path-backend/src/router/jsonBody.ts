import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';

/** Reads a JSON body up to a size, and says in plain words when that cannot be done. @internal */
export function jsonBody(
  limitBytes: number,
): (RequestHandler | ErrorRequestHandler)[] {
  const explain: ErrorRequestHandler = (error, _request, _response, next) => {
    if (error?.type === 'entity.too.large') {
      const tooLarge = new Error(
        `The body is larger than ${limitBytes} bytes, the most that is read here`,
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
      new InputError(
        `The body could not be read as JSON: ${(error as Error).message}`,
      ),
    );
  };
  return [express.json({ limit: limitBytes }), explain];
}
