import type { GateRuleResult } from '../../model';
import { type Freeze, freezeState } from '../freezeWindow';
import { instant } from '../words';
import type { Rule } from './ruleContext';

function judge(freeze: Freeze, now: Date): GateRuleResult {
  const { name, timeZone, verdict } = freeze;
  const base = {
    rule: 'freeze' as const,
    subject: name,
    evidence: [] as string[],
  };
  try {
    const { active, until, next } = freezeState(freeze, now);
    const numbers = {
      until: until?.toISOString() ?? null,
      next: next?.toISOString() ?? null,
      timeZone,
    };
    if (!active) {
      return {
        ...base,
        verdict: 'allow',
        reason: next
          ? `The freeze ${name} is not on; it begins on ${instant(
              next,
              timeZone,
            )}`
          : `The freeze ${name} is over`,
        numbers,
      };
    }
    return {
      ...base,
      verdict,
      reason: `The freeze ${name} is on`,
      wayOut: until
        ? `It ends on ${instant(until, timeZone)}`
        : 'It has no end: it covers every hour of the week',
      numbers,
    };
  } catch (error) {
    return {
      ...base,
      verdict: 'unknown',
      reason: `Whether the freeze ${name} is on cannot be told: ${
        (error as Error).message
      }`,
      wayOut: 'Mend the freeze in the policy of the path',
      numbers: { timeZone },
    };
  }
}

/** Times in which releases stop; one result per freeze. */
export const freezeRule: Rule = ({ policy, now }) =>
  (policy.freezes ?? []).map(freeze => judge(freeze, now));
