import type { GateDecision, GateRuleResult } from '@goldenpath/engine';

const INDENT = ' '.repeat(10);

/** What a decision asks of a release, in words. */
export const REQUIREMENT_WORDS: Record<
  GateDecision['requirements'][number],
  string
> = {
  'progressive-delivery': 'release it step by step',
  'second-review': 'have a second person review it',
};

/** The policy a decision is by. */
export function policyName({ policy, policies }: GateDecision): string {
  return (policies ?? [policy])
    .map(({ path, version }) => (version ? `${path} ${version}` : path))
    .join(', ');
}

function ruleLines(result: GateRuleResult): string[] {
  const { rule, subject, verdict, reason, wayOut } = result;
  return [
    `  ${verdict.padEnd(7)} ${rule}${subject ? ` (${subject})` : ''}`,
    `${INDENT}${reason}`,
    ...(wayOut ? [`${INDENT}-> ${wayOut}`] : []),
  ];
}

/** A decision for a terminal: each rule with its numbers and the way out, strictest first. */
export function gateText(decision: GateDecision): string {
  const { id, rules, requirements, summary, override, request } = decision;
  const isAsked = requirements.includes('progressive-delivery');
  return [
    summary,
    `Policy ${policyName(decision)}, ${decision.at}`,
    ...rules.flatMap(ruleLines),
    ...requirements.map(
      requirement => `Required: ${REQUIREMENT_WORDS[requirement]}`,
    ),
    ...(isAsked && !request.progressive
      ? ['Nobody said that it is; --progressive says so']
      : []),
    ...(override
      ? [
          `Override by ${override.by} until ${override.expiresAt}: ${override.reason}`,
        ]
      : []),
    ...(id === 'offline' ? [] : [`Decision ${id}`]),
  ].join('\n');
}
