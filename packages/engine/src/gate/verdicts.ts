import type { GateVerdict } from '../model';

/** From the mildest to the strictest. */
const STRICTNESS: readonly GateVerdict[] = [
  'allow',
  'warn',
  'unknown',
  'block',
];

/** How strict a verdict is; a higher number is stricter. */
export function strictness(verdict: GateVerdict): number {
  return STRICTNESS.indexOf(verdict);
}

/**
 * The strictest of some verdicts: block, then unknown, then warn; `allow` without any.
 *
 * @public
 */
export function strictestVerdict(
  verdicts: readonly GateVerdict[],
): GateVerdict {
  return STRICTNESS[Math.max(0, ...verdicts.map(strictness))];
}
