import type { GateRuleResult } from '../../model';
import type { GateCheck, GateScorecard } from '../gateFacts';
import { listed, plural } from '../words';
import type { Rule, RuleContext } from './ruleContext';

const UNDECIDED = ['unknown', 'stale', 'error'];

type Asked = { path: string; check: GateCheck };

function isAsked(
  { id, category }: GateCheck,
  { ids, categories }: NonNullable<RuleContext['policy']['checks']>,
): boolean {
  return (
    (ids === undefined && categories === undefined) ||
    (ids?.includes(id) ?? false) ||
    (categories?.includes(category) ?? false)
  );
}

function failed(
  { path, check }: Asked,
  verdict: GateRuleResult['verdict'],
): GateRuleResult {
  return {
    rule: 'checks',
    subject: check.id,
    verdict,
    reason: `Check ${check.id} of ${path} fails: ${check.title}`,
    wayOut: `Mend ${check.id}; the scorecard says how. An accepted exception is asked for as a waiver`,
    numbers: { path, level: check.level, category: check.category },
    evidence: [check.id],
  };
}

function undecided({ path, check }: Asked): GateRuleResult {
  return {
    rule: 'checks',
    subject: check.id,
    verdict: 'unknown',
    reason: `Check ${check.id} of ${path} is ${check.verdict}: ${check.title}`,
    wayOut:
      check.verdict === 'error'
        ? `The rule of ${check.id} broke; its owner has to mend the path`
        : `Connect the source that ${check.id} reads; the scorecard names what is missing`,
    numbers: { path, verdict: check.verdict },
    evidence: [check.id],
  };
}

function missingIds(
  scorecards: GateScorecard[],
  ids: readonly string[],
): GateRuleResult[] {
  const known = new Set(
    scorecards.flatMap(({ checks }) => checks.map(({ id }) => id)),
  );
  return ids
    .filter(id => !known.has(id))
    .map(id => ({
      rule: 'checks' as const,
      subject: id,
      verdict: 'unknown' as const,
      reason: `Check ${id} is not among the enforced checks of ${listed(
        scorecards.map(({ path }) => path),
      )}`,
      wayOut: `Take ${id} out of the gate's policy, or enforce it on the path`,
      numbers: { path: scorecards.map(({ path }) => path).join(', ') },
      evidence: [],
    }));
}

/** Whether any check but the failed ones is known. */
function isAnyKnown(asked: Asked[]): boolean {
  return asked.some(
    ({ check }) => ![...UNDECIDED, 'fail'].includes(check.verdict),
  );
}

function noneKnown(open: Asked[]): GateRuleResult {
  return {
    rule: 'checks',
    verdict: 'unknown',
    reason: `Of ${plural(
      open.length,
      'enforced check',
    )} is not known whether it fails: ${listed(
      open.map(({ check }) => check.id),
    )}`,
    wayOut: 'Connect the sources the checks read; the scorecard names them',
    numbers: { unknown: open.length },
    evidence: [],
  };
}

function noneAsked(scorecards: GateScorecard[]): GateRuleResult {
  return {
    rule: 'checks',
    verdict: 'unknown',
    reason: `${listed(
      scorecards.map(({ path }) => path),
    )} has no enforced check that the gate asks for`,
    wayOut: "Enforce such a check, or change 'gate.checks'",
    numbers: { asked: 0 },
    evidence: [],
  };
}

function noneFails(asked: Asked[], open: Asked[]): GateRuleResult {
  return {
    rule: 'checks',
    verdict: 'allow',
    reason: `None of ${plural(asked.length, 'enforced check')} fails${
      open.length > 0
        ? `; ${open.length} of them cannot be told: ${listed(
            open.map(({ check }) => check.id),
          )}`
        : ''
    }`,
    numbers: { asked: asked.length, failing: 0, unknown: open.length },
    evidence: [],
  };
}

/**
 * Enforced checks that fail, one result each. Where the policy names checks or categories, these have to be known:
 * unknown, stale and broken ones are unknown. Asked for all of them, the rule counts such checks and leaves them to the
 * level, since a policy for failures alone would else never know.
 */
export const checksRule: Rule = ({ policy, facts }) => {
  if (!policy.checks) {
    return [];
  }
  const { checks: rule } = policy;
  const scorecards = facts.scorecards ?? [];
  if (scorecards.length === 0) {
    return [
      {
        rule: 'checks',
        verdict: 'unknown',
        reason:
          'Whether enforced checks fail is not known: there is no scorecard',
        wayOut:
          'Have the entity scored: open its Golden path card, or wait for the next scan',
        numbers: { scorecards: 0 },
        evidence: [],
      },
    ];
  }
  const asked: Asked[] = scorecards
    .flatMap(({ path, checks }) =>
      checks
        .filter(check => isAsked(check, rule))
        .map(check => ({ path, check })),
    )
    .sort((a, b) => (a.check.id < b.check.id ? -1 : 1));
  const failing = asked.filter(({ check }) => check.verdict === 'fail');
  const open = asked.filter(({ check }) => UNDECIDED.includes(check.verdict));
  const isNamed = rule.ids !== undefined || rule.categories !== undefined;
  const results = [
    ...failing.map(one => failed(one, rule.verdict)),
    ...(isNamed ? open.map(undecided) : []),
    ...missingIds(scorecards, rule.ids ?? []),
    ...(isNamed || open.length === 0 || isAnyKnown(asked)
      ? []
      : [noneKnown(open)]),
  ];
  if (results.length > 0) {
    return results;
  }
  return [asked.length === 0 ? noneAsked(scorecards) : noneFails(asked, open)];
};
