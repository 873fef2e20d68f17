import type { SloContent } from '../../model';

type Method = SloContent['objective']['method'];

/**
 * Adds up slices of time by one of OpenSLO's budgeting methods, to bad and valid ones as `slo.measured` carries them.
 * `Occurrences` counts events, `Timeslices` slices whose share of good events is below the slice's target, and
 * `RatioTimeslices` the mean of the slices' error rates, each slice weighing the same. A slice without traffic is neither
 * good nor bad, and not counted but among the events, where it adds nothing.
 *
 * @throws RangeError for `Timeslices` without a target for the slice.
 *
 * @public
 */
export function countByMethod(options: {
  method: Method;
  slices: readonly { bad: number; valid: number }[];
  /** Share of good events a slice must reach to be good; only for `Timeslices`. */
  sliceTarget?: number;
}): { bad: number; valid: number } {
  const { method, slices, sliceTarget } = options;
  const withTraffic = slices.filter(({ valid }) => valid > 0);
  const total = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0);
  switch (method) {
    case 'Occurrences':
      return {
        bad: total(withTraffic.map(({ bad }) => bad)),
        valid: total(withTraffic.map(({ valid }) => valid)),
      };
    case 'Timeslices':
      if (sliceTarget === undefined) {
        throw new RangeError(
          'Timeslices need the target of a slice, OpenSLO calls it timeSliceTarget',
        );
      }
      return {
        bad: withTraffic.filter(
          ({ bad, valid }) => (valid - bad) / valid < sliceTarget,
        ).length,
        valid: withTraffic.length,
      };
    default:
      return {
        bad: total(withTraffic.map(({ bad, valid }) => bad / valid)),
        valid: withTraffic.length,
      };
  }
}
