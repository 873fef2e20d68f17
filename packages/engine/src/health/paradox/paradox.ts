import type { Paradox } from '../../model';
import { changesIn } from '../ai/changes';
import { counted, type MetricContext } from '../metrics/metricContext';
import { percentileInterval, seededRandom } from '../statistics/bootstrap';
import {
  dailyCounts,
  drawDays,
  evenWeights,
  type Period,
  periodOf,
  rateOfDays,
} from './periods';
import { judgeStage, MIN_BASELINE_DAYS, sum } from './stageCapacity';
import { changeVolume, readStages } from './stageWork';

const DAY_MS = 86_400_000;
/** The baseline: the eight weeks before the window. */
const BASELINE_DAYS = 56;
/** Fewest changes in the window and in the baseline. */
const MIN_CHANGES = 10;
const RESAMPLES = 1_000;

function times(factor: number): string {
  return `x ${Math.exp(factor).toFixed(2)}`;
}

function rounded(index: number): string {
  return index.toFixed(2);
}

/** How the volume changed, for the days drawn. */
function volumeChange(
  counts: { now: number[]; baseline: number[] },
  periods: { now: Period; baseline: Period },
  firstDay: number,
  now: readonly number[],
  baseline: readonly number[],
): number {
  return Math.log(
    rateOfDays(counts.now, periods.now, now) /
      rateOfDays(counts.baseline, periods.baseline, baseline, firstDay),
  );
}

/**
 * The paradox index: log(change volume now / baseline) minus log(capacity now / baseline) of the slowest stage of test,
 * security, deploy and recover. Above 0 more is written than comes through. The baseline is the eight weeks before the
 * window. Capacity is the work a stage finished per day, divided by how much longer a piece takes than in the baseline.
 * The interval is a bootstrap over days, the same every time, and holds for all judged stages together (95 %,
 * Bonferroni), because the slowest is picked among them; only when it lies above 0 is a stage named. Silent below ten
 * changes, five pieces of work (three failures) on either side, or four weeks of history.
 */
export function paradox(context: MetricContext): Paradox {
  const periods = {
    now: periodOf(context.from, Math.min(context.to, context.now)),
    baseline: periodOf(context.from - BASELINE_DAYS * DAY_MS, context.from),
  };
  const changes = changesIn(context);
  const volume = changeVolume(changes);
  const works = readStages(context, changes, periods.baseline.from);
  const judgements = works.map(work => judgeStage(work, periods, context));
  const stages = judgements.map(judgement =>
    'result' in judgement ? judgement.result : judgement,
  );
  const silent = (status: Paradox['status'], message: string): Paradox => ({
    status,
    index: null,
    stages,
    message,
  });
  if (volume.length === 0) {
    return silent('not-instrumented', 'no source of changes is connected');
  }
  if (context.silent) {
    return silent('stale', 'nothing was heard of the entity for too long');
  }
  const volumeTimes = volume.map(({ at }) => at);
  const counts = {
    now: dailyCounts(volumeTimes, periods.now),
    baseline: dailyCounts(volumeTimes, periods.baseline),
  };
  const changed = { now: sum(counts.now), baseline: sum(counts.baseline) };
  if (changed.now === 0) {
    return silent('no-data', 'no change in the window');
  }
  if (Math.min(changed.now, changed.baseline) < MIN_CHANGES) {
    return silent(
      'insufficient',
      `${counted(changed.now, 'change')} in the window and ${
        changed.baseline
      } in the eight weeks before, of at least ${MIN_CHANGES} each`,
    );
  }
  const first = volumeTimes.reduce((a, b) => Math.min(a, b), Infinity);
  const firstDay = Math.max(
    0,
    Math.floor((first - periods.baseline.from) / DAY_MS),
  );
  if (BASELINE_DAYS - firstDay < MIN_BASELINE_DAYS) {
    return silent(
      'insufficient',
      `changes are known for ${counted(
        BASELINE_DAYS - firstDay,
        'day',
      )} before the window, of at least ${MIN_BASELINE_DAYS}`,
    );
  }
  const judged = judgements.filter(judgement => 'result' in judgement);
  if (judged.length === 0) {
    return silent(
      stages.every(({ status }) => status === 'not-instrumented')
        ? 'not-instrumented'
        : 'insufficient',
      'of no stage enough is known',
    );
  }
  const grew = (now: readonly number[], baseline: readonly number[]) =>
    volumeChange(counts, periods, firstDay, now, baseline);
  const growth = grew(evenWeights(periods.now), evenWeights(periods.baseline));
  const slowest = judged.reduce((a, b) =>
    b.result.change! < a.result.change! ? b : a,
  );
  const random = seededRandom(`paradox ${context.environment} ${context.from}`);
  const interval = percentileInterval(
    Array.from({ length: RESAMPLES }, () => {
      const now = drawDays(periods.now, random);
      const baseline = drawDays(periods.baseline, random);
      const change = slowest.changeUnder(now, baseline);
      return change === undefined ? undefined : grew(now, baseline) - change;
    }),
    0.05 / judged.length,
  );
  if (!interval) {
    return silent(
      'insufficient',
      'too little happened on too few days to judge',
    );
  }
  const { stage, change } = slowest.result;
  const index = growth - change!;
  const givesWay = interval.low > 0;
  const range = `index ${rounded(index)}, ${rounded(interval.low)} to ${rounded(
    interval.high,
  )}`;
  const compared = `change volume ${times(growth)}, ${stage} ${times(change!)}`;
  return {
    status: 'ok',
    index,
    interval,
    volume: {
      now: rateOfDays(counts.now, periods.now, evenWeights(periods.now)),
      baseline: rateOfDays(
        counts.baseline,
        periods.baseline,
        evenWeights(periods.baseline),
        firstDay,
      ),
      evidence: context.orderEvidence(
        volume
          .filter(({ at }) => at >= periods.now.from && at < periods.now.to)
          .flatMap(({ events }) => [...events]),
      ),
    },
    stages,
    ...(givesWay && { weakest: stage }),
    message: givesWay
      ? `${stage} gives way: ${compared} (${range})`
      : `no stage is shown to give way; slowest: ${compared} (${range})`,
  };
}
