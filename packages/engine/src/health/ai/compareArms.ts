import { quantileSorted } from 'simple-statistics';
import type { AiOutcomes } from '../../model';
import { fisherExact } from '../statistics/fisherExact';
import {
  mantelHaenszelDifference,
  type Stratum,
} from '../statistics/mantelHaenszel';
import {
  type Interval,
  newcombeInterval,
  type Proportion,
} from '../statistics/newcombe';
import { probabilityGreater } from '../statistics/probabilityGreater';
import { sampleSizeForDoubling } from '../statistics/sampleSize';

/** Fewest deployments per arm of which anything is said. */
export const MIN_ARM_N = 10;

/** One deployment and whether the outcome happened to it. */
export interface Trial {
  exposed: boolean;
  happened: boolean;
  /** Lines changed, where that is known. */
  size?: number;
}

type Comparison = AiOutcomes['comparisons'][number];

function armOf(trials: readonly Trial[], exposed: boolean): Proportion {
  const arm = trials.filter(trial => trial.exposed === exposed);
  return {
    events: arm.filter(({ happened }) => happened).length,
    n: arm.length,
  };
}

/** Three layers of like size, cut at the terciles of all trials together. */
function sizeStrata(trials: readonly Trial[]): Stratum[] {
  const sized = trials.filter(({ size }) => size !== undefined);
  if (sized.length === 0) {
    return [];
  }
  const sizes = sized.map(({ size }) => size!).sort((a, b) => a - b);
  const [small, medium] = [1 / 3, 2 / 3].map(p => quantileSorted(sizes, p));
  const layerOf = ({ size }: Trial) => {
    if (size! <= small) {
      return 0;
    }
    return size! <= medium ? 1 : 2;
  };
  return [0, 1, 2].map(layer => {
    const within = sized.filter(trial => layerOf(trial) === layer);
    return { exposed: armOf(within, true), unexposed: armOf(within, false) };
  });
}

function stratifiedOf(
  trials: readonly Trial[],
): Comparison['stratified'] | undefined {
  const strata = sizeStrata(trials);
  const sizedOf = (arm: keyof Stratum) =>
    strata.reduce((sum, stratum) => sum + stratum[arm].n, 0);
  return sizedOf('exposed') < MIN_ARM_N || sizedOf('unexposed') < MIN_ARM_N
    ? undefined
    : mantelHaenszelDifference(strata);
}

/** Deployments still missing in the smaller arm to see a doubling of the rate of the others. */
function neededFor(exposed: Proportion, unexposed: Proportion): number {
  const smaller = Math.min(exposed.n, unexposed.n);
  const rate = (unexposed.events + 0.5) / (unexposed.n + 1);
  const wanted = Math.max(MIN_ARM_N, sampleSizeForDoubling(rate) ?? 0);
  return Math.max(0, wanted - smaller);
}

function ofAll({ events, n }: Proportion): string {
  return `${events} of ${n}`;
}

function points({ low, high }: Interval): string {
  const signed = (share: number) => {
    const value = Math.round(share * 100);
    return `${value > 0 ? '+' : ''}${value === 0 ? 0 : value}`;
  };
  return `${signed(low)} to ${signed(high)} points`;
}

function directionOf({ low, high }: Interval): -1 | 0 | 1 {
  if (low > 0) {
    return 1;
  }
  return high < 0 ? -1 : 0;
}

/**
 * Compares the share of deployments to which an outcome happened between the exposed and the others. Below ten in
 * either arm there is nothing but the counts. A difference is shown when Newcombe's interval leaves out 0 and, where
 * sizes are known, the Mantel-Haenszel interval over three layers of like size leaves it out on the same side.
 */
export function compareArms(
  trials: readonly Trial[],
): Omit<Comparison, 'outcome' | 'evidence'> {
  const exposed = armOf(trials, true);
  const unexposed = armOf(trials, false);
  const needed = neededFor(exposed, unexposed);
  const counts = `${ofAll(exposed)} against ${ofAll(unexposed)}`;
  if (Math.min(exposed.n, unexposed.n) < MIN_ARM_N) {
    return {
      status: trials.length === 0 ? 'no-data' : 'insufficient',
      exposed,
      unexposed,
      difference: null,
      verdict: 'too-few',
      needed,
      message: `too few to compare (${counts}; ${MIN_ARM_N} of each are the least, ${needed} more would show a doubling)`,
    };
  }
  const interval = newcombeInterval(exposed, unexposed);
  const stratified = stratifiedOf(trials);
  const crude = directionOf(interval);
  const explained =
    crude !== 0 && stratified && directionOf(stratified.interval) !== crude;
  const shown = {
    status: 'ok' as const,
    exposed,
    unexposed,
    difference: exposed.events / exposed.n - unexposed.events / unexposed.n,
    interval,
    pValue: fisherExact(exposed, unexposed),
    probabilityWorse: probabilityGreater(exposed, unexposed),
    ...(stratified && { stratified }),
  };
  if (crude === 0 || explained) {
    return {
      ...shown,
      verdict: 'no-difference-shown',
      needed,
      message: `no difference shown (${counts}, ${points(interval)})${
        explained
          ? `, for among changes of like size it is ${points(
              stratified.interval,
            )}`
          : ''
      }`,
    };
  }
  const verdict = crude > 0 ? 'worse' : 'better';
  return {
    ...shown,
    verdict,
    message: `${verdict} (${counts}, ${points(interval)})`,
  };
}
