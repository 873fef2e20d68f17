import type { Metric } from '../../model';
import { pipelineRunsIn } from '../toil/pipelineRuns';
import { rerunWaste } from '../toil/rerunWaste';
import {
  counted,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Re-run rate: pipeline runs with more than one attempt, of all runs whose last attempt finished in the window.
 * Beside it how many failed and then passed on the same commit (flaky), and the time of those failed attempts. A
 * sender that never numbers attempts tells nothing of re-runs, so its runs are left out of the rate.
 */
export function rerunRate(context: MetricContext): Metric {
  const { orderEvidence } = context;
  const all = pipelineRunsIn(context);
  if (!all.some(({ numbered }) => numbered)) {
    const missing = withoutSource('ratio', [['absent', 'pipeline runs']])!;
    return all.length === 0
      ? missing
      : { ...missing, note: 'no sender says which attempt a run was' };
  }
  const runs = all.filter(({ finishedAt }) => isInWindow(finishedAt, context));
  const judged = runs.filter(({ numbered }) => numbered);
  const reruns = judged.filter(({ isRerun }) => isRerun);
  const flaky = runs.filter(({ attempts }) =>
    attempts.some(({ passedLater }) => passedLater),
  );
  const waste = rerunWaste(runs);
  const rate = rateOf(reruns.length, judged.length);
  const { status: _, ...flakyRate } = rateOf(flaky.length, runs.length);
  const idsOf = (chosen: typeof runs) =>
    orderEvidence(
      chosen.flatMap(({ attempts }) => attempts.map(({ event }) => event.id)),
    );
  return {
    ...rate,
    parts: [
      {
        name: 'flaky',
        ...flakyRate,
        note: 'failed, then passed on the same commit',
        evidence: idsOf(flaky),
      },
      {
        name: 'wasted',
        unit: 'seconds',
        value: runs.length === 0 ? null : waste.seconds,
        n: waste.wasted.length,
        ...noteOf(
          'failed attempts that later passed',
          waste.untimed > 0 &&
            `${counted(waste.untimed, 'attempt')} without a start time`,
        ),
        evidence: orderEvidence(waste.wasted.map(({ event }) => event.id)),
      },
    ],
    ...noteOf(
      runs.length === 0 && 'no pipeline run in the window',
      tooFew(rate, MIN_RATE_N, 'run'),
      runs.length > judged.length &&
        `${counted(
          runs.length - judged.length,
          'run',
        )} left out: the sender does not number attempts`,
    ),
    evidence: idsOf(judged),
  };
}
