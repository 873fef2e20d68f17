import type { Judgement } from './judgePoint';
import type { MetricSeries } from './metricSeries';

function amount(value: number, { unit, currency }: MetricSeries): string {
  const short = (number: number) => String(Number(number.toPrecision(3)));
  switch (unit) {
    case 'seconds':
      return value < 5_400
        ? `${short(value / 60)} min`
        : `${short(value / 3_600)} h`;
    case 'ratio':
      return `${short(value * 100)} %`;
    case 'currency':
      return `${short(value)} ${currency ?? ''}`.trim();
    default:
      return short(value);
  }
}

/** One sentence: what was seen, what was to be expected, and by what method. */
export function anomalyMessage(
  series: MetricSeries,
  judgement: Judgement,
  window: { from: string; onset?: string },
): string {
  const { method, observed, expected, direction, n } = judgement;
  const compared = `${amount(observed, series)} where ${amount(
    expected,
    series,
  )} was to be expected`;
  if (method === 'ewma' || method === 'cusum') {
    return `${series.metric} has drifted ${direction} since ${
      window.onset ?? window.from
    }: ${compared} (${method}, ${n} ${series.bucket}s of history)`;
  }
  return `${series.metric} is ${direction} in the ${series.bucket} from ${window.from}: ${compared} (${method}, ${n} ${series.bucket}s of history)`;
}
