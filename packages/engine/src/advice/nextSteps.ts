import { FIXES } from '../fix';
import type { CheckResult, Effort, Scorecard } from '../model';
import { scoreGain } from './scoreGain';

/** What there is to do about a check. @public */
export type NextStepKind = 'fix' | 'connect' | 'refresh' | 'repair';

/** One thing to do, and what it brings. @public */
export interface NextStep {
  id: string;
  title: string;
  level: string;
  /**
   * `fix`: the service falls short; `connect`: a fact is missing; `refresh`: a fact has expired; `repair`: the rule itself
   * is broken, which the owner of the path puts right.
   */
  kind: NextStepKind;
  /** Points of the raw score, 0 to 100, that this alone brings; 0 for a check that does not count yet. */
  gain: number;
  effort: Effort;
  /** Whether `golden-path score --fix` can write it. */
  automatic: boolean;
  /** What to do, in words. */
  text: string;
  url?: string;
  /** Entity reference of a template that does it. */
  template?: string;
  /** For a check that is announced: the date from which it counts. */
  enforceFrom?: string;
}

/** The way to the next level, and what else is worth doing. @public */
export interface NextSteps {
  /** The next level; `null` when there is none to work for. */
  level: string | null;
  /** All of these together reach the level; the cheapest first. */
  steps: NextStep[];
  /** What does not hold outside of that level, most gain for the effort first. */
  others: NextStep[];
}

/** Hours a person spends, roughly; only their order of magnitude matters. */
const COST: Record<Effort, number> = { low: 0.5, medium: 4, high: 24 };

const KINDS: Partial<Record<CheckResult['verdict'], NextStepKind>> = {
  fail: 'fix',
  unknown: 'connect',
  stale: 'refresh',
  error: 'repair',
};

function textOf(check: CheckResult, kind: NextStepKind): string {
  switch (kind) {
    case 'fix':
      return check.remediation?.text ?? check.message;
    case 'connect':
      return `Let the missing facts be collected. ${check.message}`;
    case 'refresh':
      return `Collect the facts again. ${check.message}`;
    default:
      return `Ask the owner of the path to repair the check. ${check.message}`;
  }
}

function toStep(check: CheckResult, card: Scorecard): NextStep[] {
  const kind = KINDS[check.verdict];
  if (!kind || check.stage === 'shadow') {
    return [];
  }
  const { remediation, enforceFrom, stage } = check;
  const isFix = kind === 'fix';
  return [
    {
      id: check.id,
      title: check.title,
      level: check.level,
      kind,
      gain: scoreGain(card, check.id),
      effort: remediation?.effort ?? 'medium',
      automatic: isFix && FIXES.has(remediation?.fix ?? ''),
      text: textOf(check, kind),
      ...(isFix && remediation?.url && { url: remediation.url }),
      ...(isFix && remediation?.template && { template: remediation.template }),
      ...(stage === 'warn' && enforceFrom && { enforceFrom }),
    },
  ];
}

const byId = (a: NextStep, b: NextStep) => (a.id < b.id ? -1 : 1);

function cheapestFirst(a: NextStep, b: NextStep): number {
  return (
    Number(b.automatic) - Number(a.automatic) ||
    COST[a.effort] - COST[b.effort] ||
    b.gain - a.gain ||
    byId(a, b)
  );
}

function bestValueFirst(a: NextStep, b: NextStep): number {
  return b.gain / COST[b.effort] - a.gain / COST[a.effort] || byId(a, b);
}

/**
 * The cheapest way to the next level: every enforced check of it and of the levels below that holds it back, those with
 * an automatic fix first, then the least effort, then the most gain. `others` are the checks that do not hold outside of
 * that, announced ones among them. A check whose path names no effort counts as `medium`.
 *
 * @public
 */
export function nextSteps(card: Scorecard): NextSteps {
  const top =
    card.nextLevel === null ? -1 : card.levels.indexOf(card.nextLevel);
  const holdsBack = (check: CheckResult) =>
    check.stage === 'enforce' && card.levels.indexOf(check.level) <= top;
  const stepsOf = (checks: CheckResult[]) =>
    checks.flatMap(check => toStep(check, card));
  return {
    level: card.nextLevel,
    steps: stepsOf(card.checks.filter(holdsBack)).sort(cheapestFirst),
    others: stepsOf(card.checks.filter(check => !holdsBack(check))).sort(
      bestValueFirst,
    ),
  };
}
