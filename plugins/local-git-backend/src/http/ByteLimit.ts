import { Transform, TransformCallback } from 'node:stream';

/** More came in than is taken. */
export class TooManyBytesError extends Error {
  readonly name = 'TooManyBytesError';
}

/** Passes bytes on until there are more than `limit`, then fails with a TooManyBytesError. */
export class ByteLimit extends Transform {
  #left: number;

  constructor(limit: number) {
    super();
    this.#left = limit;
  }

  _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ) {
    this.#left -= chunk.length;
    if (this.#left < 0) {
      callback(new TooManyBytesError('The request body is too large'));
    } else {
      callback(null, chunk);
    }
  }
}
