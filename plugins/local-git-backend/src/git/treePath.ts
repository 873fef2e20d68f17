import { InputError } from '@backstage/errors';

const MAX_LENGTH = 4096;

/**
 * Checks the path of a file or folder inside a repository. Slashes around it are dropped; the empty path is the root.
 *
 * @throws InputError when the path is too long or has a segment that cannot be in a tree
 */
export function parseTreePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed.length > MAX_LENGTH) {
    throw new InputError(`The path is longer than ${MAX_LENGTH} characters`);
  }
  if (trimmed.includes('\0')) {
    throw new InputError('The path must not hold a NUL character');
  }
  if (trimmed === '') {
    return '';
  }
  if (trimmed.split('/').some(part => ['', '.', '..'].includes(part))) {
    throw new InputError(
      "The path must not have segments that are empty, '.' or '..'",
    );
  }
  return trimmed;
}
