import { stringify } from 'yaml';

/**
 * Data as a YAML document that `parseDocument` reads back, with its keys in the order they have. Long text is not
 * folded, and nothing is written as an alias.
 *
 * @public
 */
export function formatDocument(data: unknown): string {
  return stringify(data, { aliasDuplicateObjects: false, lineWidth: 0 });
}
