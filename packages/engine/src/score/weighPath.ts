import {
  rolloutStageSchema,
  verdictSchema,
  type RolloutStage,
  type Score,
  type Verdict,
} from '../model';
import type { CompiledPath } from './compile';
import type { JudgedCheck } from './verdict';
import { Ladder } from './level';
import { ScoreSums } from './score';
import { waiversByCheck, type AppliedWaiver } from './waiver';

/** What time and waivers make of what a check said by itself. @public */
export type WeighedCheck = {
  verdict: Verdict;
  stage: RolloutStage;
  waiver?: AppliedWaiver;
};

/** What the checks of a path come to for one entity. @public */
export type Outcome = {
  level: string | null;
  nextLevel: string | null;
  score: Score;
  /** Share of the applicable enforced weight that is known, 0 to 1; `null` when nothing applies. */
  coverage: number | null;
  /** In the order of the path's checks. */
  checks: WeighedCheck[];
};

const NO_WAIVERS = new Map<string, AppliedWaiver>();

/** Without a waiver there is nothing particular to a check, so that all share these. */
const WEIGHED: ReadonlyMap<
  RolloutStage,
  ReadonlyMap<Verdict, WeighedCheck>
> = new Map(
  rolloutStageSchema.options.map(stage => [
    stage,
    new Map(
      verdictSchema.options.map(verdict => [
        verdict,
        Object.freeze({ verdict, stage }),
      ]),
    ),
  ]),
);

/**
 * Level and score of one entity from the verdicts of its checks. Cheap: builds no text.
 *
 * @remarks
 * A waiver takes the place of `fail`, `unknown`, `stale` and `error`; what passes or does not apply needs none. Checks
 * in stage `shadow` and `warn` count neither for level nor score.
 *
 * @param options.judged - from `judgePath` of the same path.
 * @param options.waivers - of the entity; those of file paths are ignored here.
 * @param options.now - decides which waivers hold and which stages are in force.
 * @throws RangeError when `judged` is of another number of checks.
 *
 * @public
 */
export function weighPath(options: {
  path: CompiledPath;
  judged: readonly JudgedCheck[];
  waivers: readonly AppliedWaiver[];
  now: Date;
}): Outcome {
  const { path, judged } = options;
  const { weights, levels, enforcedFrom, isShadow, order } = path.weighing;
  if (judged.length !== weights.length) {
    throw new RangeError(
      `The path has ${weights.length} checks, and ${judged.length} were judged: judge the entity again`,
    );
  }
  const { spec } = path.path;
  const now = options.now.getTime();
  const waivers =
    options.waivers.length > 0
      ? waiversByCheck(options.waivers, options.now)
      : NO_WAIVERS;
  const ladder = new Ladder(spec.levels);
  const checks: WeighedCheck[] = new Array(judged.length);
  for (let index = 0; index < judged.length; index++) {
    const { verdict } = judged[index];
    let stage: RolloutStage = 'warn';
    if (isShadow[index]) {
      stage = 'shadow';
    } else if (enforcedFrom[index] <= now) {
      stage = 'enforce';
    }
    const waiver =
      waivers.size === 0 || verdict === 'pass' || verdict === 'not-applicable'
        ? undefined
        : waivers.get(path.checks[index].check.id);
    checks[index] = waiver
      ? { verdict: 'waived', stage, waiver }
      : WEIGHED.get(stage)!.get(verdict)!;
    if (stage === 'enforce') {
      ladder.add(levels[index], checks[index].verdict);
    }
  }
  const sums = new ScoreSums(spec.scoring.unknown);
  for (const index of order) {
    const { verdict, credit } = judged[index];
    const { stage, waiver } = checks[index];
    if (stage === 'enforce' && verdict !== 'not-applicable') {
      sums.add(weights[index], verdict, credit, waiver !== undefined);
    }
  }
  const { level, nextLevel } = ladder.result();
  const { score, coverage } = sums.result();
  return { level, nextLevel, score, coverage, checks };
}
