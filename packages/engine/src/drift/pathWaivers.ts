import type { Waiver } from '../model';
import { globMatcher } from '../render/globs';
import { isWaiverValid } from '../score/waiver';

/** Makes a lookup of the first path waiver in force for a file. */
export function createPathWaivers(options: {
  waivers: readonly Waiver[];
  now: Date;
}): (path: string) => Waiver | undefined {
  const { waivers, now } = options;
  const rules = waivers
    .filter(waiver => waiver.path !== undefined && isWaiverValid(waiver, now))
    .map(waiver => ({ waiver, matches: globMatcher([waiver.path ?? '']) }));
  return path => rules.find(rule => rule.matches(path))?.waiver;
}
