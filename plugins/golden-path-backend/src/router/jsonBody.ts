import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';

/**
 * Reads a JSON body up to a size, and says in plain words when that cannot be done. A NUL is refused wherever it stands:
 * PostgreSQL keeps none in a text.
 * @internal
 */
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
  return [express.json({ limit: limitBytes, reviver: refuseNul }), explain];
}

function refuseNul(key: string, value: unknown): unknown {
  if (key.includes('\0')) {
    throw new InputError('No name may hold a NUL character');
  }
  if (typeof value === 'string' && value.includes('\0')) {
    throw new InputError(`${key} must not hold a NUL character`);
  }
  return value;
}
