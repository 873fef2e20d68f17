import type { CheckResult, Scorecard } from '../model';
import type { CompiledPath } from './compile';
import { waivedMessage } from './message';
import type { JudgedCheck } from './verdict';
import type { AppliedWaiver } from './waiver';
import { weighPath, type WeighedCheck } from './weighPath';

function waiverState(waiver: AppliedWaiver): CheckResult['waiver'] {
  const { reason, owner, expires, id, approvedBy } = waiver;
  return {
    reason,
    owner,
    expires,
    ...(id !== undefined && { id }),
    ...(approvedBy !== undefined && { approvedBy }),
  };
}

function toResult(
  check: CompiledPath['checks'][number]['check'],
  judged: JudgedCheck,
  { verdict, stage, waiver }: WeighedCheck,
): CheckResult {
  const { enforceFrom } = check.rollout;
  return {
    id: check.id,
    title: check.title,
    ...(check.description && { description: check.description }),
    verdict,
    credit: judged.credit,
    weight: check.weight,
    level: check.level,
    category: check.category,
    stage,
    ...(enforceFrom && { enforceFrom }),
    evidence: judged.evidence,
    message: waiver ? waivedMessage(waiver, judged.message) : judged.message,
    ...(check.remediation && { remediation: check.remediation }),
    maps: check.maps,
    ...(waiver && { waiver: waiverState(waiver) }),
  };
}

/**
 * The scorecard of one entity from the verdicts of its checks: what {@link weighPath} says, with the texts of the path.
 *
 * @param options.judged - from `judgePath` of the same path.
 * @param options.now - becomes `evaluatedAt`; decides which waivers hold and which stages are in force.
 * @throws RangeError when `judged` is of another number of checks.
 *
 * @public
 */
export function toScorecard(options: {
  path: CompiledPath;
  entityRef: string;
  judged: readonly JudgedCheck[];
  waivers: readonly AppliedWaiver[];
  now: Date;
}): Scorecard {
  const { path, entityRef, judged, now } = options;
  const { metadata, spec } = path.path;
  const { checks, ...outcome } = weighPath(options);
  return {
    entityRef,
    path: {
      name: metadata.name,
      version: spec.version,
      ...(metadata.title && { title: metadata.title }),
    },
    levels: spec.levels,
    ...outcome,
    evaluatedAt: now.toISOString(),
    checks: checks.map((weighed, index) =>
      toResult(path.checks[index].check, judged[index], weighed),
    ),
  };
}
