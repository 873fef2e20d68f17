import type { GateRuleResult, ObjectiveBudget } from '../../model';
import { budgetRecovery } from '../budgetRecovery';
import { amount, instant, percent } from '../words';
import { unusable, withoutObjectives } from './freshObjectives';
import type { Rule, RuleContext } from './ruleContext';

/** When the budget is back above a share, in words. */
function recovery(objective: ObjectiveBudget, share: number): string {
  const { ifQuiet, atPresentBurn, burnRate } = budgetRecovery(objective, share);
  const above = `above ${percent(share)}`;
  if (!ifQuiet) {
    return `When it is back ${above} cannot be told`;
  }
  const quiet = `if nothing more burns, it is back ${above} by ${instant(
    ifQuiet,
  )} at the latest`;
  if (burnRate === null) {
    return `How fast it burns now is not known; ${quiet}`;
  }
  if (burnRate === 0) {
    return `Nothing burns at present: it is back ${above} by ${instant(
      ifQuiet,
    )} at the latest`;
  }
  const present = `At the present burn of ${amount(burnRate)}`;
  return atPresentBurn
    ? `${present} it is back ${above} by ${instant(
        atPresentBurn,
      )} at the latest; ${quiet}`
    : `${present} it does not come back ${above}; ${quiet}`;
}

function judge(
  objective: ObjectiveBudget,
  context: RuleContext,
): GateRuleResult {
  const { warnBelow, blockAtOrBelow } = context.policy.errorBudget!;
  const problem = unusable('errorBudget', objective, context);
  if (problem) {
    return problem;
  }
  const { name, remaining, consumed, periodDays, hoursLeft } = objective;
  const base = {
    rule: 'errorBudget' as const,
    subject: name,
    evidence: context.facts.errorBudget!.evidence,
  };
  if (remaining === null) {
    return {
      ...base,
      verdict: 'unknown',
      reason: `What is left of the error budget of ${name} is not known: ${
        objective.note ?? 'there was no traffic'
      }`,
      wayOut: 'It is known once there is traffic',
      numbers: { remaining, measuredAt: objective.measuredAt },
    };
  }
  const numbers = {
    remaining,
    consumed,
    target: objective.target,
    periodDays,
    hoursLeft,
    warnBelow,
    blockAtOrBelow,
    measuredAt: objective.measuredAt,
  };
  const left = `Of the error budget of ${name} (${percent(
    objective.target,
  )} over ${amount(periodDays)} days) ${percent(remaining)} is left`;
  if (remaining <= blockAtOrBelow) {
    return {
      ...base,
      verdict: 'block',
      reason: `${left}; at ${percent(blockAtOrBelow)} or below releases stop`,
      wayOut: `${recovery(
        objective,
        blockAtOrBelow,
      )}. Repairs pass: --kind incident-fix or security-fix with --fixes`,
      numbers,
    };
  }
  if (remaining <= warnBelow) {
    return {
      ...base,
      verdict: 'warn',
      reason: `${left}; at ${percent(warnBelow)} or below releases take care`,
      wayOut: recovery(objective, warnBelow),
      numbers,
    };
  }
  return { ...base, verdict: 'allow', reason: `${left}`, numbers };
}

/**
 * The error budget policy: more than `warnBelow` left allows, down to `blockAtOrBelow` warns, at or below it blocks. A
 * measurement that is missing or stale is unknown. One result per objective.
 */
export const errorBudgetRule: Rule = context => {
  if (!context.policy.errorBudget) {
    return [];
  }
  const missing = withoutObjectives('errorBudget', context);
  return missing
    ? [missing]
    : context.facts.errorBudget!.objectives.map(objective =>
        judge(objective, context),
      );
};
