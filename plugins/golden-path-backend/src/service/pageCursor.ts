import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Packs the place where a page ended into a text for the next request. @internal */
export function formatCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reverses {@link formatCursor}; throws an `InputError` for a text that never came from it. @internal */
export function parseCursor<T extends z.ZodType>(
  cursor: string | undefined,
  schema: T,
): z.infer<T> | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    if (text.includes('\\u0000')) {
      throw new InputError('PostgreSQL looks for no NUL character');
    }
    return schema.parse(JSON.parse(text));
  } catch {
    throw new InputError(
      "The query parameter 'cursor' is not one this backend gave; leave it out to start again",
    );
  }
}
