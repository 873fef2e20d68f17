import type {
  ChangeCause,
  Check,
  GoldenPath,
  RolloutStage,
  Score,
  ScoreChange,
  Scorecard,
  UnknownPolicy,
  Verdict,
} from '../model';
import { computeScore, type ScoredCheck } from '../score/score';
import { isForCollector, scoredCheck } from './scoredCheck';

/** A scorecard with the path it was scored under. @public */
export interface ScoreState {
  path: GoldenPath;
  scorecard: Scorecard;
}

/** One check as far as a change is explained from it. @public */
export interface StandingCheck {
  id: string;
  /** With waivers. */
  verdict: Verdict;
  /** Without waivers. */
  bare: Exclude<Verdict, 'waived'>;
  /** 0 to 1, without waivers. */
  credit: number;
  weight: number;
  level: string;
  stage: RolloutStage;
  /** Whether its verdict is for want of a source, or of a part that its collector could not get, or of a rule that works. */
  forCollector: boolean;
}

/** How an entity stands under one definition of a path. @public */
export interface Standing {
  path: GoldenPath;
  level: string | null;
  score: Score;
  checks: StandingCheck[];
}

interface ChangedCheck {
  id: string;
  before: StandingCheck | undefined;
  after: StandingCheck | undefined;
}

/** In this order the changes are applied: what a standard alone does comes before what happened under it. */
const ORDER: ChangeCause[] = ['standard', 'collector', 'service', 'waiver'];

function standingOf({ path, scorecard }: ScoreState): Standing {
  return {
    path,
    level: scorecard.level,
    score: scorecard.score,
    checks: scorecard.checks.map(result => {
      const { verdict: bare, credit } = scoredCheck(result);
      const { id, verdict, weight, level, stage } = result;
      const forCollector = isForCollector(bare, result.evidence);
      return { id, verdict, bare, credit, weight, level, stage, forCollector };
    }),
  };
}

function isSame(before: StandingCheck, after: StandingCheck): boolean {
  return (
    before.verdict === after.verdict &&
    before.credit === after.credit &&
    before.weight === after.weight &&
    before.level === after.level &&
    before.stage === after.stage
  );
}

/** Whether a check is asked otherwise by two paths; never for the same path. */
function rulesDiffer(before: GoldenPath, after: GoldenPath) {
  if (before === after) {
    return () => false;
  }
  const rulesOf = (path: GoldenPath) =>
    new Map(path.spec.checks.map(check => [check.id, ruleOf(check)]));
  const [from, to] = [rulesOf(before), rulesOf(after)];
  return (id: string) => from.get(id) !== to.get(id);
}

function ruleOf(check: Check): string {
  return JSON.stringify([check.pass, check.when, [...check.facts].sort()]);
}

function causeOf(
  { id, before, after }: ChangedCheck,
  isAskedOtherwise: (id: string) => boolean,
): ChangeCause {
  if (
    !before ||
    !after ||
    before.weight !== after.weight ||
    before.level !== after.level ||
    before.stage !== after.stage ||
    isAskedOtherwise(id)
  ) {
    return 'standard';
  }
  if (before.bare === after.bare && before.credit === after.credit) {
    return 'waiver';
  }
  return before.forCollector || after.forCollector ? 'collector' : 'service';
}

function changedChecks(before: Standing, after: Standing): ChangedCheck[] {
  const from = new Map(before.checks.map(check => [check.id, check]));
  const to = new Map(after.checks.map(check => [check.id, check]));
  const changed: ChangedCheck[] = [];
  for (const check of before.checks) {
    const now = to.get(check.id);
    if (!now || !isSame(check, now)) {
      changed.push({ id: check.id, before: check, after: now });
    }
  }
  for (const check of after.checks) {
    if (!from.has(check.id)) {
      changed.push({ id: check.id, before: undefined, after: check });
    }
  }
  return changed;
}

function scored(check: StandingCheck): ScoredCheck {
  const { id, weight, stage, credit, bare, verdict } = check;
  return {
    id,
    weight,
    stage,
    credit,
    verdict: bare,
    waived: verdict === 'waived',
  };
}

/** Turns the values of a score after each step into points per step, so that they add up to the last minus the first. */
function pointsOf(values: (number | null)[]): number[] {
  const [first, ...rest] = values;
  const last = values[values.length - 1];
  if (first === null || last === null) {
    return rest.map(() => 0);
  }
  let reached = first;
  return rest.map(value => {
    const points = value === null ? 0 : value - reached;
    reached = value ?? reached;
    return points;
  });
}

/**
 * Says what a change of a score comes from, part by part, from scorecards. See {@link explainStandings}.
 *
 * @returns `undefined` without a score before; no parts when nothing changed.
 *
 * @public
 */
export function explainChange(options: {
  before: ScoreState | undefined;
  after: ScoreState;
}): ScoreChange | undefined {
  const { before, after } = options;
  return (
    before &&
    explainStandings({ before: standingOf(before), after: standingOf(after) })
  );
}

/**
 * Says what a change of a score comes from, part by part.
 *
 * @remarks
 * Every check whose verdict, credit, weight, level or stage differs has exactly one cause. `standard`: it was added or
 * removed, its expression, facts, weight or level is another, or its rollout went on. `waiver`: nothing but being waived
 * differs. `collector`: it went to or came from `stale`, `error`, or `unknown` for want of a whole source or of a part
 * its collector could not get. `service`: all else. The groups are applied one after another, in the order standard,
 * collector, service, waiver, and the score is worked out again after each; a part is the difference a group makes, so
 * the parts add up to the whole change. Another policy for what is unknown, or another ladder, belongs to the standard.
 *
 * @returns no parts when nothing changed.
 *
 * @public
 */
export function explainStandings(options: {
  before: Standing;
  after: Standing;
}): ScoreChange {
  const { before, after } = options;
  const [from, to] = [before.path.spec, after.path.spec];
  const isAskedOtherwise = rulesDiffer(before.path, after.path);
  const groups = new Map(ORDER.map(cause => [cause, [] as ChangedCheck[]]));
  for (const check of changedChecks(before, after)) {
    groups.get(causeOf(check, isAskedOtherwise))!.push(check);
  }
  const isOtherScale =
    from.scoring.unknown !== to.scoring.unknown ||
    from.levels.join('\n') !== to.levels.join('\n');
  const causes = ORDER.filter(
    cause =>
      groups.get(cause)!.length > 0 || (cause === 'standard' && isOtherScale),
  );
  const scores = scoresAfter(causes.slice(0, -1), { before, after, groups });
  // The last step ends where the entity stands, whatever it was worked out from.
  const walk = (kind: 'raw' | 'adjusted') =>
    pointsOf([
      before.score[kind],
      ...scores.map(score => score[kind]),
      after.score[kind],
    ]);
  const [raw, adjusted] = [walk('raw'), walk('adjusted')];
  return {
    raw: { from: before.score.raw, to: after.score.raw },
    adjusted: { from: before.score.adjusted, to: after.score.adjusted },
    level: { from: before.level, to: after.level },
    parts: causes.map((cause, index) => ({
      cause,
      raw: raw[index],
      adjusted: adjusted[index],
      checks: groups.get(cause)!.map(check => ({
        id: check.id,
        from: check.before?.verdict ?? null,
        to: check.after?.verdict ?? null,
      })),
    })),
  };
}

/** The scores when the changes of each of some causes are applied, one after another. */
function scoresAfter(
  causes: ChangeCause[],
  options: {
    before: Standing;
    after: Standing;
    groups: Map<ChangeCause, ChangedCheck[]>;
  },
): Score[] {
  const { before, after, groups } = options;
  if (causes.length === 0) {
    return [];
  }
  const current = new Map(before.checks.map(check => [check.id, check]));
  let policy: UnknownPolicy = before.path.spec.scoring.unknown;
  return causes.map(cause => {
    if (cause === 'standard') {
      policy = after.path.spec.scoring.unknown;
    }
    for (const { id, after: side } of groups.get(cause)!) {
      if (side) {
        current.set(id, side);
      } else {
        current.delete(id);
      }
    }
    return computeScore([...current.values()].map(scored), policy).score;
  });
}
