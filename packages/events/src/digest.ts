import { createHash } from 'node:crypto';

/**
 * SHA-256 of a text, in hexadecimal digits: stands for contents that are too long to be part of an id.
 *
 * @public
 */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
