import type { GateDecision, GatePolicy } from '../model';
import type { GateFacts } from './gateFacts';
import { staleHours } from './rules/freshObjectives';
import { hoursSince } from './rules/ruleContext';

/**
 * The least of what is left of the entity's budgets that can be believed now; `undefined` when none can. `isWhole` tells
 * whether every objective is known.
 */
export function leastRemaining(options: {
  policy: GatePolicy;
  facts: GateFacts;
  now: Date;
}): { remaining: number | undefined; isWhole: boolean } {
  const objectives = options.facts.errorBudget?.objectives ?? [];
  const limit = staleHours(options);
  const known = objectives.flatMap(({ status, remaining, measuredAt }) =>
    status === 'ok' &&
    remaining !== null &&
    hoursSince(measuredAt, options.now) <= limit
      ? [remaining]
      : [],
  );
  return {
    remaining: known.length > 0 ? Math.min(...known) : undefined,
    isWhole: known.length > 0 && known.length === objectives.length,
  };
}

/** What a release has to be with this little budget; nothing when the policy asks for nothing or enough is left. */
export function requirementsOf(options: {
  policy: GatePolicy;
  facts: GateFacts;
  now: Date;
}): GateDecision['requirements'] {
  const { nearExhaustion } = options.policy;
  const { remaining } = leastRemaining(options);
  return nearExhaustion &&
    remaining !== undefined &&
    remaining <= nearExhaustion.below
    ? [...new Set(nearExhaustion.require)]
    : [];
}
