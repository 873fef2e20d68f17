import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Checks what came in with a request.
 *
 * @throws InputError that names each field that is wrong
 */
export function parseInput<T extends z.ZodType>(options: {
  schema: T;
  value: unknown;
}): z.output<T> {
  const parsed = options.schema.safeParse(options.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    throw new InputError(problems.join('; '));
  }
  return parsed.data;
}
