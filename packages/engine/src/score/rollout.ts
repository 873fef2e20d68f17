import type { Check, RolloutStage } from '../model';

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
  const { stage, enforceFrom } = rollout;
  if (stage === 'shadow' || enforceFrom === undefined) {
    return stage;
  }
  return Date.parse(enforceFrom) <= now.getTime() ? 'enforce' : 'warn';
}
