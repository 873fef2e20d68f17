import type { Facts } from '../model';
import type { CompiledPath } from './compile';
import { waiverEndsAt, type AppliedWaiver } from './waiver';

/**
 * The earliest instant after `now` at which an entity's outcome may change although no fact does: a fact that the path
 * reads expires, a waiver of one of its checks ends, or a check comes into force.
 *
 * @returns ISO 8601 in UTC, or `undefined` when there is none.
 *
 * @public
 */
export function nextChangeAt(options: {
  path: CompiledPath;
  facts: Facts;
  waivers: readonly AppliedWaiver[];
  now: Date;
}): string | undefined {
  const { path, facts, waivers } = options;
  const now = options.now.getTime();
  let next = Infinity;
  const consider = (instant: number) => {
    // A date that cannot be read is never after now.
    if (instant > now && instant < next) {
      next = instant;
    }
  };
  for (const source of path.reads) {
    if (Object.hasOwn(facts, source)) {
      const { expiresAt } = facts[source];
      consider(expiresAt === undefined ? Infinity : Date.parse(expiresAt));
    }
  }
  for (const waiver of waivers) {
    if (waiver.check !== undefined && path.checkIds.has(waiver.check)) {
      consider(waiverEndsAt(waiver));
    }
  }
  path.weighing.enforcedFrom.forEach(consider);
  return next === Infinity ? undefined : new Date(next).toISOString();
}
