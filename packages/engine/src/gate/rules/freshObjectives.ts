import type {
  GateRuleName,
  GateRuleResult,
  ObjectiveBudget,
} from '../../model';
import { amount, instant } from '../words';
import { hoursSince, type RuleContext } from './ruleContext';

const DEFAULT_STALE_HOURS = 24;

/** Hours after which a measurement of a budget is no longer believed. */
export function staleHours({ policy }: Pick<RuleContext, 'policy'>): number {
  return policy.errorBudget?.staleAfterHours ?? DEFAULT_STALE_HOURS;
}

const MEASURE =
  'Let the objective be measured: connect Prometheus, or send slo.measured events';

/** Why nothing is known of any objective, or `undefined` when something is. */
export function withoutObjectives(
  rule: GateRuleName,
  { facts }: RuleContext,
): GateRuleResult | undefined {
  const budget = facts.errorBudget;
  if (budget && budget.objectives.length > 0) {
    return undefined;
  }
  const why =
    budget === undefined
      ? 'nobody was asked for it'
      : budget.note ??
        (budget.status === 'not-instrumented'
          ? 'no objective was ever measured'
          : `its status is ${budget.status}`);
  return {
    rule,
    verdict: 'unknown',
    reason: `The error budget is not known: ${why}`,
    wayOut: MEASURE,
    numbers: { status: budget?.status ?? null },
    evidence: budget?.evidence ?? [],
  };
}

/** Why an objective cannot be judged, or `undefined` when it can. */
export function unusable(
  rule: GateRuleName,
  objective: ObjectiveBudget,
  context: RuleContext,
): GateRuleResult | undefined {
  const limit = staleHours(context);
  const age = hoursSince(objective.measuredAt, context.now);
  const numbers = {
    measuredAt: objective.measuredAt,
    ageHours: age,
    staleAfterHours: limit,
  };
  const unknown = {
    rule,
    subject: objective.name,
    verdict: 'unknown' as const,
    evidence: context.facts.errorBudget?.evidence ?? [],
  };
  // An instant that cannot be read is no fresh one
  if (!(age <= limit)) {
    return {
      ...unknown,
      reason: `The error budget of ${
        objective.name
      } was last measured on ${instant(objective.measuredAt)}, ${amount(
        age,
      )} hours ago; after ${amount(limit)} it is not believed`,
      wayOut: 'Find out why it is no longer measured, and measure it again',
      numbers,
    };
  }
  if (objective.status !== 'ok') {
    return {
      ...unknown,
      reason: `The error budget of ${objective.name} is not known: ${
        objective.note ?? `its status is ${objective.status}`
      }`,
      wayOut: MEASURE,
      numbers: { ...numbers, status: objective.status },
    };
  }
  return undefined;
}
