import { utf8ToBytes } from '@noble/hashes/utils';
import type { GatePolicy } from '../model';
import { digestOf } from '../render/digest';

/** Objects with their keys in order, so that the same policy is the same text. */
function sorted(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}

/**
 * Digest of what a policy says, whatever the order it is written in.
 *
 * @public
 */
export function gatePolicyDigest(policy: GatePolicy): string {
  return digestOf(utf8ToBytes(JSON.stringify(policy, sorted)));
}
