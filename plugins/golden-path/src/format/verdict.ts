import type { CheckResult, Scorecard, Verdict } from '@goldenpath/engine';
import type { Wording } from './tone';

const WORDING: Record<Verdict, Wording> = {
  pass: {
    label: 'Pass',
    tone: 'good',
    meaning: 'The facts were read and meet the rule.',
  },
  fail: {
    label: 'Fail',
    tone: 'bad',
    meaning: 'The facts were read and do not meet the rule.',
  },
  unknown: {
    label: 'Unknown',
    tone: 'unsure',
    meaning: 'A fact that the rule reads is missing, so nothing can be said.',
  },
  stale: {
    label: 'Stale',
    tone: 'unsure',
    meaning: 'The facts that the rule reads have expired.',
  },
  'not-applicable': {
    label: 'Not applicable',
    tone: 'neutral',
    meaning: 'The rule does not concern this entity.',
  },
  waived: {
    label: 'Waived',
    tone: 'neutral',
    meaning: 'An accepted exception, with an owner and an expiry date.',
  },
  error: {
    label: 'Error',
    tone: 'warn',
    meaning: 'The rule itself broke; the path’s owner has to repair it.',
  },
};

/** The order in which verdicts ask for attention. */
export const VERDICT_ORDER: Verdict[] = [
  'fail',
  'error',
  'unknown',
  'stale',
  'waived',
  'not-applicable',
  'pass',
];

/** A verdict in words. */
export function verdictWording(verdict: Verdict): Wording {
  return WORDING[verdict];
}

/** How many checks stand at each verdict. Checks in `shadow` count nowhere and are left out. */
export function countVerdicts(checks: CheckResult[]): Map<Verdict, number> {
  const counts = new Map<Verdict, number>();
  for (const check of checks) {
    if (check.stage !== 'shadow') {
      counts.set(check.verdict, (counts.get(check.verdict) ?? 0) + 1);
    }
  }
  return counts;
}

/** Failing checks, cheapest way up first: those that count, then the lowest rung, then the heaviest. */
export function rankFailing(scorecard: Scorecard): CheckResult[] {
  const rung = (check: CheckResult) => scorecard.levels.indexOf(check.level);
  const enforced = (check: CheckResult) => (check.stage === 'enforce' ? 0 : 1);
  return scorecard.checks
    .filter(check => check.verdict === 'fail' && check.stage !== 'shadow')
    .sort(
      (a, b) =>
        enforced(a) - enforced(b) ||
        rung(a) - rung(b) ||
        b.weight - a.weight ||
        a.id.localeCompare(b.id),
    );
}

/** A check's rollout stage in words; `undefined` when it simply counts. */
export function stageWording(check: CheckResult): Wording | undefined {
  if (check.stage === 'shadow') {
    return {
      label: 'Trial, counts nowhere',
      tone: 'neutral',
      meaning: 'The platform team is trying this rule out.',
    };
  }
  if (check.stage === 'warn') {
    return {
      label: check.enforceFrom
        ? `Counts from ${check.enforceFrom.slice(0, 10)}`
        : 'Announced, does not count yet',
      tone: 'warn',
      meaning: 'This rule is announced and does not count yet.',
    };
  }
  return undefined;
}
