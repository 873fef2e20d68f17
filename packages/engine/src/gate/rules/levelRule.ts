import type { GateRuleResult } from '../../model';
import type { GateScorecard } from '../gateFacts';
import { capitalised, listed } from '../words';
import type { Rule } from './ruleContext';

function judge(
  { path, levels, level, checks }: GateScorecard,
  atLeast: string,
  verdict: 'warn' | 'block',
): GateRuleResult {
  const needed = levels.indexOf(atLeast);
  const base = {
    rule: 'level' as const,
    subject: path,
    numbers: { level, atLeast },
    evidence: [] as string[],
  };
  if (needed < 0) {
    return {
      ...base,
      verdict: 'unknown',
      reason: `${path} has no level ${atLeast}; it has ${levels.join(', ')}`,
      wayOut: "Name one of its levels in 'gate.level.atLeast'",
    };
  }
  if (level !== null && levels.indexOf(level) >= needed) {
    return {
      ...base,
      verdict: 'allow',
      reason: `The level on ${path} is ${level}, and ${atLeast} is asked for`,
    };
  }
  const held = checks.filter(check => levels.indexOf(check.level) <= needed);
  const idsOf = (verdicts: readonly string[]) =>
    held
      .filter(check => verdicts.includes(check.verdict))
      .map(({ id }) => id)
      .sort();
  const failing = idsOf(['fail']);
  const open = idsOf(['unknown', 'stale', 'error']);
  const ways = [
    ...(failing.length > 0 ? [`mend ${listed(failing)}`] : []),
    ...(open.length > 0
      ? [`connect the sources that ${listed(open)} read`]
      : []),
  ].join('; ');
  return {
    ...base,
    // What holds it back may be nothing but what nobody knows, and a failure beside that makes it no milder
    verdict:
      open.length === 0 || (failing.length > 0 && verdict === 'block')
        ? verdict
        : 'unknown',
    reason: `The level on ${path} is ${
      level ?? 'none'
    }, and ${atLeast} is asked for${
      open.length > 0 ? `; not known is ${listed(open)}` : ''
    }`,
    wayOut: capitalised(ways || 'the scorecard says what the level takes'),
    evidence: [...failing, ...open],
  };
}

/** The level on the golden path; one that is held back by what is not known is unknown. */
export const levelRule: Rule = ({ policy, facts }) => {
  const { level } = policy;
  if (!level) {
    return [];
  }
  const scorecards = facts.scorecards ?? [];
  return scorecards.length > 0
    ? scorecards.map(card => judge(card, level.atLeast, level.verdict))
    : [
        {
          rule: 'level',
          verdict: 'unknown',
          reason: 'The level is not known: there is no scorecard',
          wayOut:
            'Have the entity scored: open its Golden path card, or wait for the next scan',
          numbers: { level: null, atLeast: level.atLeast },
          evidence: [],
        },
      ];
};
