import type {
  GateDecision,
  GatePolicy,
  GateRequest,
  GateRuleResult,
} from '../model';
import type { GateFacts } from './gateFacts';
import { requirementsOf } from './nearExhaustion';
import { checksRule } from './rules/checksRule';
import { dependenciesRule } from './rules/dependenciesRule';
import { driftRule } from './rules/driftRule';
import { errorBudgetRule } from './rules/errorBudgetRule';
import { fastBurnRule } from './rules/fastBurnRule';
import { freezeRule } from './rules/freezeRule';
import { incidentsRule } from './rules/incidentsRule';
import { levelRule } from './rules/levelRule';
import type { Rule } from './rules/ruleContext';
import { slowRule } from './rules/slowRule';
import { summarise } from './summarise';
import { strictestVerdict, strictness } from './verdicts';

const RULES: readonly Rule[] = [
  errorBudgetRule,
  fastBurnRule,
  incidentsRule,
  checksRule,
  levelRule,
  driftRule,
  freezeRule,
  dependenciesRule,
  slowRule,
];

/** What asks for attention first. */
const RULE_ORDER: readonly GateRuleResult['rule'][] = [
  'errorBudget',
  'fastBurn',
  'incidents',
  'slow',
  'freeze',
  'checks',
  'level',
  'drift',
  'dependencies',
];

/** @public */
export interface GateOptions {
  policy: GatePolicy;
  request: GateRequest;
  facts: GateFacts;
  now: Date;
  /** Name of the golden path the policy is of: then only its scorecard is asked, else every one. */
  path?: string;
}

/** What a gate says, before anybody keeps it. @public */
export type GateJudgement = Pick<
  GateDecision,
  'verdict' | 'proceed' | 'rules' | 'requirements' | 'exemption' | 'summary'
>;

/** Strictest first, then as the rules are listed and by their subject: the order of the facts has no say. */
function inOrder(rules: readonly GateRuleResult[]): GateRuleResult[] {
  return [...rules].sort(
    (a, b) =>
      strictness(b.verdict) - strictness(a.verdict) ||
      RULE_ORDER.indexOf(a.rule) - RULE_ORDER.indexOf(b.rule) ||
      compare(a.subject ?? '', b.subject ?? '') ||
      compare(a.reason, b.reason) ||
      compare(JSON.stringify(a), JSON.stringify(b)),
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A rollback always; a fix when it names what it fixes. */
function exemptionOf({ kind, fixes }: GateRequest): GateDecision['exemption'] {
  if (kind === 'rollback') {
    return kind;
  }
  return kind !== 'deploy' && fixes.length > 0 ? kind : undefined;
}

/** Verdict and what goes with it, from what the rules said. */
function conclude(options: {
  request: GateRequest;
  rules: readonly GateRuleResult[];
  requirements: GateDecision['requirements'];
  passesUnknown: boolean;
}): GateJudgement {
  const { request, requirements, passesUnknown } = options;
  const rules = inOrder(options.rules);
  const verdict = strictestVerdict(rules.map(rule => rule.verdict));
  const exemption = exemptionOf(request);
  const proceed =
    exemption !== undefined ||
    (verdict !== 'block' && (verdict !== 'unknown' || passesUnknown));
  return {
    verdict,
    proceed,
    ...(exemption && { exemption }),
    requirements,
    rules,
    summary: summarise({
      request,
      verdict,
      proceed,
      exemption,
      requirements,
      rules,
    }),
  };
}

/**
 * Decides whether a release may go ahead. Pure: the same options always give the same answer, and the order of facts
 * does not matter. The verdict is the strictest of the rules: block, then unknown, then warn. A rollback, and a fix that
 * names what it fixes, always proceeds, and all rules are shown all the same. What is not known is never `allow`; the
 * policy says whether a release goes ahead then. An environment the policy is not for has no rules.
 *
 * Thresholds: the error budget policy of the SRE workbook, appendix B.
 *
 * @public
 */
export function decideGate(options: GateOptions): GateJudgement {
  const { policy, request, now, path } = options;
  const isGated = policy.environments.includes(request.environment);
  const facts: GateFacts =
    path === undefined
      ? options.facts
      : {
          ...options.facts,
          ...(options.facts.scorecards && {
            scorecards: options.facts.scorecards.filter(
              card => card.path === path,
            ),
          }),
        };
  const context = { policy, request, facts, now };
  return conclude({
    request,
    rules: isGated ? RULES.flatMap(rule => rule(context)) : [],
    requirements: isGated ? requirementsOf({ policy, facts, now }) : [],
    passesUnknown: policy.unknown === 'allow',
  });
}

/**
 * One answer out of those of several policies: the strictest verdict, with every rule that any of them asked. It goes
 * ahead only when each lets it.
 *
 * @public
 */
export function combineJudgements(
  request: GateRequest,
  judgements: readonly GateJudgement[],
): GateJudgement {
  if (judgements.length === 1) {
    return judgements[0];
  }
  const rules = new Map<string, GateRuleResult>();
  for (const rule of judgements.flatMap(judgement => judgement.rules)) {
    rules.set(JSON.stringify(rule), rule);
  }
  return conclude({
    request,
    rules: [...rules.values()],
    requirements: [
      ...new Set(judgements.flatMap(({ requirements }) => requirements)),
    ],
    passesUnknown: judgements.every(
      ({ verdict, proceed }) => verdict !== 'unknown' || proceed,
    ),
  });
}
