import { performance } from 'node:perf_hooks';

/** Middle of some numbers. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The nearest-rank quantile: the smallest value at or below which at least the share `q` of all lies. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds of each of `times` calls, after some that are not counted. */
export async function timedEach(
  times: number,
  work: (round: number) => Promise<unknown>,
): Promise<number[]> {
  for (let round = 0; round < 20; round++) {
    await work(round);
  }
  const all: number[] = [];
  for (let round = 0; round < times; round++) {
    all.push(await timed(() => work(round)));
  }
  return all;
}

/** Most memory this process ever had, in MB. */
export function peakMemoryMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
