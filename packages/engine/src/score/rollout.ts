import type { Check, RolloutStage } from '../model';

/** The instant from which a check counts, in milliseconds since the epoch; `Infinity` for never. */
export function enforcedFrom({ stage, enforceFrom }: Check['rollout']): number {
  if (stage === 'shadow') {
    return Infinity;
  }
  if (enforceFrom === undefined) {
    return stage === 'enforce' ? -Infinity : Infinity;
  }
  const from = Date.parse(enforceFrom);
  return Number.isNaN(from) ? Infinity : from;
}

/**
 * The stage a check is in at a time. `shadow` stays shadow until the path says otherwise. For the other two
 * `enforceFrom` decides when it is given: `warn` before it, `enforce` from it on. A date without a time begins at
 * midnight UTC.
 *
 * @public
 */
export function effectiveStage(
  rollout: Check['rollout'],
  now: Date,
): RolloutStage {
  if (rollout.stage === 'shadow') {
    return 'shadow';
  }
  return enforcedFrom(rollout) <= now.getTime() ? 'enforce' : 'warn';
}
