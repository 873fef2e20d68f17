import type { Waiver } from '../model';
import { globMatcher } from '../render/globs';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes a lookup of the first path waiver in force for a file; one holds through its `expires` day in UTC. */
export function createPathWaivers(options: {
  waivers: readonly Waiver[];
  now: Date;
}): (path: string) => Waiver | undefined {
  const { waivers, now } = options;
  const rules = waivers
    .filter(
      ({ path, expires }) =>
        path !== undefined &&
        now.getTime() < Date.parse(`${expires}T00:00:00Z`) + DAY_MS,
    )
    .map(waiver => ({ waiver, matches: globMatcher([waiver.path ?? '']) }));
  return path => rules.find(rule => rule.matches(path))?.waiver;
}
