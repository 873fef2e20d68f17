import type { GateRuleResult } from '../../model';
import { leastRemaining } from '../nearExhaustion';
import { amount, capitalised, instant, percent, span } from '../words';
import type { Rule } from './ruleContext';

const HOUR_MS = 3_600_000;

/** With little budget left, releases of services that are not critical keep some hours apart. */
export const slowRule: Rule = ({ policy, facts, now }) => {
  const slow = policy.nearExhaustion?.slow;
  if (!slow) {
    return [];
  }
  const { below } = policy.nearExhaustion!;
  const { hours, tiers } = slow;
  const { tier, lastDeployment } = facts;
  const { remaining, isWhole } = leastRemaining({ policy, facts, now });
  const numbers = {
    hours,
    below,
    tier: tier ?? null,
    remaining: remaining ?? null,
    lastDeployment: lastDeployment?.at ?? null,
  };
  const says = (
    verdict: GateRuleResult['verdict'],
    reason: string,
    wayOut?: string,
  ): GateRuleResult[] => [
    {
      rule: 'slow',
      verdict,
      reason,
      ...(wayOut !== undefined && { wayOut }),
      numbers,
      evidence: lastDeployment ? [lastDeployment.id] : [],
    },
  ];
  if (tier !== undefined && !tiers.includes(tier)) {
    return says('allow', `Releases of tier ${tier} are not slowed down`);
  }
  const isNear = remaining !== undefined && remaining <= below;
  if (!isNear && isWhole) {
    return says(
      'allow',
      `${percent(
        remaining!,
      )} of the error budget is left; releases slow down at ${percent(
        below,
      )} or below`,
    );
  }
  const rule = `releases of ${
    tier === undefined ? 'services that are not critical' : `tier ${tier}`
  } keep ${amount(hours)} hours apart when ${percent(
    below,
  )} or less of the error budget is left`;
  if (lastDeployment === null) {
    return says('allow', `No release came before; ${rule}`);
  }
  const last = lastDeployment && Date.parse(lastDeployment.at);
  const free = new Date((last ?? 0) + hours * HOUR_MS);
  const ago =
    last === undefined
      ? 'when the last was is not known'
      : `the last was ${span((now.getTime() - last) / 1000)} ago`;
  if (last !== undefined && now >= free) {
    return says('allow', `${capitalised(ago)}; ${rule}`);
  }
  if (isNear && tier !== undefined && last !== undefined) {
    return says(
      'block',
      `${percent(remaining!)} of the error budget is left; ${rule}, and ${ago}`,
      `Wait until ${instant(free)}`,
    );
  }
  const missing = [
    ...(isNear ? [] : ['Let every objective be measured']),
    ...(tier === undefined
      ? ['Write `tier:` into golden-path.yaml, 1 for the most critical to 4']
      : []),
    ...(last === undefined ? ['Let the pipeline report deployments'] : []),
  ];
  return says(
    'unknown',
    `Whether it comes too soon is not known; ${rule}, and ${ago}`,
    missing.join('; '),
  );
};
