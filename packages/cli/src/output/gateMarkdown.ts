import type { GateDecision } from '@goldenpath/engine';
import { policyName, REQUIREMENT_WORDS } from './gateText';
import { markdownTable, plain } from './markdown';

/** A decision for a pull request or the summary of a pipeline. */
export function gateMarkdown(decision: GateDecision): string {
  const { id, rules, requirements, summary, override, verdict, request } =
    decision;
  return [
    `### Gate: ${verdict}, ${plain(request.entityRef)}, ${plain(
      request.environment,
    )}`,
    plain(summary),
    markdownTable(
      ['Verdict', 'Rule', 'Why', 'Way out'],
      rules.map(rule => [
        rule.verdict,
        plain(rule.subject ? `${rule.rule} (${rule.subject})` : rule.rule),
        plain(rule.reason),
        plain(rule.wayOut ?? ''),
      ]),
    ),
    ...requirements.map(one => `**Required:** ${REQUIREMENT_WORDS[one]}`),
    ...(override
      ? [
          plain(
            `Override by ${override.by} until ${override.expiresAt}: ${override.reason}`,
          ),
        ]
      : []),
    plain(
      `Policy ${policyName(decision)}${
        id === 'offline' ? '' : `, decision ${id}`
      }`,
    ),
  ].join('\n\n');
}
