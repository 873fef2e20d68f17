import type { GateRuleResult, ObjectiveBudget } from '../../model';
import { amount, percent, span } from '../words';
import { unusable } from './freshObjectives';
import type { Rule, RuleContext } from './ruleContext';

type Alert = ObjectiveBudget['alerts'][number];

const windowsOf = ({ longSeconds, shortSeconds }: Alert) =>
  `${span(longSeconds)} and ${span(shortSeconds)}`;

/** Burn rate of a window of an objective. */
function burnOf({ burnRates }: ObjectiveBudget, seconds: number) {
  return burnRates.find(rate => rate.seconds === seconds)?.burnRate ?? null;
}

function judge(
  objective: ObjectiveBudget,
  context: RuleContext,
): GateRuleResult {
  const problem = unusable('fastBurn', objective, context);
  if (problem) {
    return problem;
  }
  const pages = objective.alerts.filter(({ severity }) => severity === 'page');
  const base = {
    rule: 'fastBurn' as const,
    subject: objective.name,
    evidence: context.facts.errorBudget!.evidence,
  };
  const firing = pages.find(({ state }) => state === 'firing');
  if (firing) {
    const burn = burnOf(objective, firing.longSeconds);
    return {
      ...base,
      verdict: context.policy.errorBudget!.fastBurn,
      reason: `The error budget of ${objective.name} burns ${
        burn === null ? '' : `${amount(burn)} times as fast as it may, `
      }above ${amount(firing.threshold)} over ${windowsOf(
        firing,
      )}, which uses up ${percent(firing.budgetShare)} of it`,
      wayOut: `Stop what burns it, such as with a rollback; the alert ends once the last ${span(
        firing.shortSeconds,
      )} burn at ${amount(firing.threshold)} or below`,
      numbers: {
        burnRate: burn,
        threshold: firing.threshold,
        longSeconds: firing.longSeconds,
        shortSeconds: firing.shortSeconds,
        hoursLeft: objective.hoursLeft,
      },
    };
  }
  const open = pages.filter(
    ({ state }) => state === 'unknown' || state === 'no-traffic',
  );
  if (pages.length === 0 || open.length > 0) {
    const why =
      pages.length === 0
        ? 'it has no fast-burn alert'
        : open
            .map(
              alert =>
                `${
                  alert.state === 'no-traffic' ? 'no traffic' : 'no measurement'
                } over ${windowsOf(alert)}`,
            )
            .join('; ');
    return {
      ...base,
      verdict: 'unknown',
      reason: `Whether the error budget of ${objective.name} burns fast is not known: ${why}`,
      wayOut: 'It is known once both windows are measured and have traffic',
      numbers: { alerts: pages.length, unknown: open.length },
    };
  }
  const quietest = pages.map(({ longSeconds, threshold }) => ({
    burn: burnOf(objective, longSeconds),
    threshold,
  }))[0];
  return {
    ...base,
    verdict: 'allow',
    reason: `No fast-burn alert of ${objective.name} fires`,
    numbers: { burnRate: quietest.burn, threshold: quietest.threshold },
  };
}

/** Whether a fast-burn alert (a page) fires. Without traffic it neither fires nor clears, and that is unknown. */
export const fastBurnRule: Rule = context => {
  if (!context.policy.errorBudget) {
    return [];
  }
  // That no objective is known is said once, by the rule of the budget itself
  return (context.facts.errorBudget?.objectives ?? []).map(objective =>
    judge(objective, context),
  );
};
