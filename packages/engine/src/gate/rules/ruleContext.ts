import type { GatePolicy, GateRequest, GateRuleResult } from '../../model';
import type { GateFacts } from '../gateFacts';

/** What every rule is given. */
export interface RuleContext {
  policy: GatePolicy;
  request: GateRequest;
  facts: GateFacts;
  now: Date;
}

/** A rule: what it says of the facts, nothing when the policy does not ask it. */
export type Rule = (context: RuleContext) => GateRuleResult[];

/** Age of a measurement in hours. */
export function hoursSince(at: string, now: Date): number {
  return (now.getTime() - Date.parse(at)) / 3_600_000;
}
