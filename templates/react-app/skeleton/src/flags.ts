import { useBooleanFlagValue } from '@openfeature/react-sdk';
import { FLAG_DEFAULTS } from '../shared/flagDefaults.ts';
import type { FlagKey } from '../shared/flagDefaults.ts';

/**
 * Whether a flag is on: the only way components ask. The default holds until the flags are here and while they cannot
 * be had; the component renders again when the answer changes.
 */
export function useFlag(key: FlagKey): boolean {
  return useBooleanFlagValue(key, FLAG_DEFAULTS[key]);
}
