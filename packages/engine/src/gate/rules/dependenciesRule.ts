import type { GateRuleResult } from '../../model';
import type { GateFacts } from '../gateFacts';
import { amount, instant, percent } from '../words';
import { staleHours } from './freshObjectives';
import { hoursSince, type Rule, type RuleContext } from './ruleContext';

type Dependency = NonNullable<GateFacts['dependencies']>[number];

function judge(
  { entityRef, remaining, status, measuredAt, note }: Dependency,
  context: RuleContext,
): GateRuleResult[] {
  const { budgetAtOrBelow, verdict } = context.policy.dependencies!;
  const limit = staleHours(context);
  const isFresh =
    measuredAt !== undefined && hoursSince(measuredAt, context.now) <= limit;
  const base = {
    rule: 'dependencies' as const,
    subject: entityRef,
    numbers: { remaining, budgetAtOrBelow, measuredAt: measuredAt ?? null },
    evidence: [] as string[],
  };
  const results: GateRuleResult[] = [];
  const isKnown = status === 'ok' && remaining !== null && isFresh;
  // Of several objectives one may be used up and another not be known: both are said
  const isLow = remaining !== null && isFresh && remaining <= budgetAtOrBelow;
  if (isLow || isKnown) {
    results.push({
      ...base,
      verdict: isLow ? verdict : 'allow',
      reason: `${entityRef}, which it depends on, has ${percent(
        remaining,
      )} of its error budget left`,
      ...(isLow && {
        wayOut: `Ask the owner of ${entityRef} when its budget is back above ${percent(
          budgetAtOrBelow,
        )}`,
      }),
    });
  }
  if (!isKnown) {
    results.push({
      ...base,
      verdict: 'unknown',
      reason: `The error budget of ${entityRef}, which it depends on, is not known: ${
        status === 'ok' && remaining !== null && measuredAt !== undefined
          ? `it was last measured on ${instant(measuredAt)}, and after ${amount(
              limit,
            )} hours it is not believed`
          : note ?? `its status is ${status}`
      }`,
      wayOut: `Let the objectives of ${entityRef} be measured`,
    });
  }
  return results;
}

/** Error budgets of what the entity depends on; one result per dependency. */
export const dependenciesRule: Rule = context => {
  if (!context.policy.dependencies) {
    return [];
  }
  const { dependencies } = context.facts;
  if (dependencies && dependencies.length > 0) {
    return dependencies.flatMap(dependency => judge(dependency, context));
  }
  return [
    {
      rule: 'dependencies',
      verdict: dependencies ? 'allow' : 'unknown',
      reason: dependencies
        ? 'It depends on nothing, says the catalog'
        : 'What it depends on is not known',
      ...(!dependencies && {
        wayOut: 'Ask a backend, which reads the catalog: --url',
      }),
      numbers: { dependencies: dependencies ? 0 : null },
      evidence: [],
    },
  ];
};
