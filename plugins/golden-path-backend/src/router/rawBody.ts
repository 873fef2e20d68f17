import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';

/**
 * Reads a body byte by byte up to a size, whatever its media type.
 *
 * @param advice - what to do about one that is larger.
 * @internal
 */
export function rawBody(
  limitBytes: number,
  advice: string,
): (RequestHandler | ErrorRequestHandler)[] {
  const explain: ErrorRequestHandler = (error, _request, _response, next) => {
    if (error?.type === 'entity.too.large') {
      const tooLarge = new Error(
        `The body is larger than ${limitBytes} bytes; ${advice}`,
      );
      next(
        Object.assign(tooLarge, {
          name: 'PayloadTooLargeError',
          statusCode: 413,
        }),
      );
      return;
    }
    // What a route before it refused is none of the body's
    next(
      error?.type === undefined
        ? error
        : new InputError(
            `The body could not be read: ${(error as Error).message}`,
          ),
    );
  };
  return [express.raw({ type: () => true, limit: limitBytes }), explain];
}

/** The body that {@link rawBody} read; empty when the request had none. @internal */
export function bodyOf(
  request: express.Request<any, any, any, any, any>,
): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
