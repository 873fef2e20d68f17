import type { Metric, MetricPart } from '../../model';
import { isDecided, approvalsIn } from '../toil/approvals';
import { readHandWork } from '../toil/handWork';
import { pipelineRunsIn } from '../toil/pipelineRuns';
import { rerunWaste } from '../toil/rerunWaste';
import {
  counted,
  isInWindow,
  type MetricContext,
  noteOf,
  withoutSource,
} from './metricContext';

const KINDS = [
  ['trigger', 'manual-triggers', 'manual trigger'],
  ['rollback', 'manual-rollbacks', 'manual rollback'],
  ['retry', 'retried-steps', 'retried step'],
] as const;

/** The waits of approvals that were decided in the window, as the clock runs. */
function approvalPart(context: MetricContext): {
  part: MetricPart;
  seen: boolean;
} {
  const all = approvalsIn(context);
  const decided = all.filter(
    approval => isDecided(approval) && isInWindow(approval.decidedAt!, context),
  );
  const waited = decided.filter(
    ({ requestedAt, decidedAt }) =>
      requestedAt !== undefined && requestedAt <= decidedAt!,
  );
  return {
    seen: all.length > 0,
    part: {
      name: 'approval-wait',
      unit: 'seconds',
      value:
        decided.length === 0 || waited.length === 0
          ? null
          : waited.reduce(
              (sum, { requestedAt, decidedAt }) =>
                sum + (decidedAt! - requestedAt!) / 1000,
              0,
            ),
      n: waited.length,
      ...noteOf(
        all.length === 0 && 'no source of approvals is connected',
        all.length > 0 &&
          waited.length === 0 &&
          'no wait that ended in the window is known',
      ),
      evidence: context.orderEvidence(waited.flatMap(({ events }) => events)),
    },
  };
}

/** What failed and passed later, of the runs that finished in the window. */
function rerunPart(
  context: MetricContext,
  runs: ReturnType<typeof pipelineRunsIn>,
  seen: boolean,
): MetricPart {
  const { seconds, wasted, untimed } = rerunWaste(runs);
  return {
    name: 're-runs',
    unit: 'seconds',
    value: runs.length === 0 ? null : seconds,
    n: wasted.length,
    ...noteOf(
      !seen && 'no source of pipeline runs is connected',
      seen && runs.length === 0 && 'no pipeline run in the window',
      untimed > 0 &&
        `${counted(untimed, 'failed attempt')} without a start time`,
    ),
    evidence: context.orderEvidence(wasted.map(({ event }) => event.id)),
  };
}

/**
 * Toil: the time that events show to have gone into failed attempts that later passed, into waiting for approvals,
 * and, as an estimate, into steps by hand; in seconds, summed over the window. It is no share of anybody's time, and
 * a lower bound where a kind has no source.
 */
export function toil(context: MetricContext): Metric {
  const { settings, orderEvidence } = context;
  const allRuns = pipelineRunsIn(context);
  const runs = allRuns.filter(({ finishedAt }) =>
    isInWindow(finishedAt, context),
  );
  const approvals = approvalPart(context);
  const reruns = rerunPart(context, runs, allRuns.length > 0);
  const deployments = context.deployments.filter(({ finishedAt }) =>
    isInWindow(finishedAt, context),
  );
  if (
    !approvals.seen &&
    allRuns.length === 0 &&
    context.deployments.length === 0
  ) {
    return withoutSource('seconds', [
      ['absent', 'pipeline runs, approvals or deployments'],
    ])!;
  }
  const work = readHandWork(context, runs);
  const steps = KINDS.map<MetricPart>(([kind, name, noun]) => {
    const found = work[kind];
    return {
      name,
      unit: 'seconds',
      value:
        runs.length + deployments.length + found.length === 0
          ? null
          : found.length * settings.manualMinutes[kind] * 60,
      n: found.length,
      estimate: true,
      note: `${counted(found.length, noun)} of ${
        settings.manualMinutes[kind]
      } minutes`,
      evidence: orderEvidence(found.flat()),
    };
  });
  const parts = [reruns, approvals.part, ...steps];
  const known = parts.filter(({ value }) => value !== null);
  const n = parts.reduce((sum, part) => sum + part.n!, 0);
  return {
    status: known.length === 0 ? 'no-data' : 'ok',
    value:
      known.length === 0
        ? null
        : known.reduce((sum, { value }) => sum + value!, 0),
    unit: 'seconds',
    n,
    parts,
    ...noteOf(
      known.length === 0 && 'nothing in the window',
      known.length > 0 &&
        known.length < parts.length &&
        `a lower bound: not known are ${parts
          .filter(({ value }) => value === null)
          .map(({ name }) => name)
          .join(', ')}`,
      steps.some(({ n: count }) => count! > 0) &&
        'steps by hand are estimated by minutes per step',
    ),
    evidence: orderEvidence(parts.flatMap(({ evidence }) => evidence)),
  };
}
