import type { CheckResult, Facts, Scorecard, Waiver } from '../model';
import type { CompiledCheck, CompiledPath } from './compile';
import { createFactView } from './factView';
import { climbLadder } from './level';
import { waivedMessage } from './message';
import { effectiveStage } from './rollout';
import { computeScore } from './score';
import { judgeCheck, type Judgement } from './verdict';
import { waiversByCheck } from './waiver';

function toResult(
  { check }: CompiledCheck,
  judgement: Judgement,
  waiver: Waiver | undefined,
  now: Date,
): CheckResult {
  const { enforceFrom } = check.rollout;
  return {
    id: check.id,
    title: check.title,
    ...(check.description && { description: check.description }),
    verdict: waiver ? 'waived' : judgement.verdict,
    credit: judgement.credit,
    weight: check.weight,
    level: check.level,
    category: check.category,
    stage: effectiveStage(check.rollout, now),
    ...(enforceFrom && { enforceFrom }),
    evidence: judgement.evidence,
    message: waiver
      ? waivedMessage(waiver, judgement.message)
      : judgement.message,
    ...(check.remediation && { remediation: check.remediation }),
    maps: check.maps,
    ...(waiver && {
      waiver: {
        reason: waiver.reason,
        owner: waiver.owner,
        expires: waiver.expires,
      },
    }),
  };
}

/**
 * Judges every check of a path on the facts of one entity.
 *
 * @remarks
 * Pure: the same arguments give the same scorecard. Neither the order of the checks, facts or waivers nor another
 * check's failure changes a verdict. A waiver takes the place of `fail`, `unknown`, `stale` and `error`; what passes or
 * does not apply needs none. Checks in stage `shadow` and `warn` are judged and count neither for level nor score.
 *
 * @param options.path - from {@link compilePath}; use it for as many entities as there are.
 * @param options.facts - facts of the entity by source. Expired ones may be among them.
 * @param options.waivers - of the entity's service file; those of file paths are ignored here.
 * @param options.now - decides what has expired, which waivers hold and which stages are in force.
 *
 * @public
 */
export function scorePath(options: {
  path: CompiledPath;
  entityRef: string;
  facts: Facts;
  waivers: Waiver[];
  now: Date;
}): Scorecard {
  const { path, entityRef, facts, now } = options;
  const { metadata, spec } = path.path;
  const view = createFactView(facts, path.sources);
  const waivers = waiversByCheck(options.waivers, now);

  const judged = path.checks.map(compiled => {
    const judgement = judgeCheck({ check: compiled, facts, view, now });
    const needsNone = ['pass', 'not-applicable'].includes(judgement.verdict);
    const waiver = needsNone ? undefined : waivers.get(compiled.check.id);
    return {
      judgement,
      result: toResult(compiled, judgement, waiver, now),
    };
  });
  const checks = judged.map(({ result }) => result);

  const { level, nextLevel } = climbLadder(spec.levels, checks);
  const { score, coverage } = computeScore(
    judged.map(({ judgement, result }) => ({
      id: result.id,
      weight: result.weight,
      stage: result.stage,
      verdict: judgement.verdict,
      credit: judgement.credit,
      waived: result.verdict === 'waived',
    })),
    spec.scoring.unknown,
  );
  return {
    entityRef,
    path: {
      name: metadata.name,
      version: spec.version,
      ...(metadata.title && { title: metadata.title }),
    },
    levels: spec.levels,
    level,
    nextLevel,
    score,
    coverage,
    evaluatedAt: now.toISOString(),
    checks,
  };
}
