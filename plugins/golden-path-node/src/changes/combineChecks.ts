import type { ChangeRequestState } from '../ChangeHost';

/** @public */
export type ChangeChecks = ChangeRequestState['checks'];

const WORST_FIRST = ['failing', 'pending', 'unknown'] as const;

/**
 * What several checks say together: the worst of them, and `unknown` when there is none, since no check is no good news.
 * Checks that were skipped are to be left out.
 * @public
 */
export function combineChecks(each: ChangeChecks[]): ChangeChecks {
  if (each.length === 0) {
    return 'unknown';
  }
  return WORST_FIRST.find(one => each.includes(one)) ?? 'passing';
}
