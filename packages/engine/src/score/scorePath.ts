import type { Facts, Scorecard } from '../model';
import type { CompiledPath } from './compile';
import { judgePath } from './judgePath';
import { toScorecard } from './toScorecard';
import type { AppliedWaiver } from './waiver';

/**
 * Judges every check of a path on the facts of one entity and weighs what they say.
 *
 * @remarks
 * Pure: the same arguments give the same scorecard. Neither the order of the checks, facts or waivers nor another
 * check's failure changes a verdict. A waiver takes the place of `fail`, `unknown`, `stale` and `error`; what passes or
 * does not apply needs none. Checks in stage `shadow` and `warn` are judged and count neither for level nor score.
 *
 * @param options.path - from {@link compilePath}; use it for as many entities as there are.
 * @param options.facts - facts of the entity by source. Expired ones may be among them.
 * @param options.absences - why a source has no fact, or one of its fields no value, by `source` or `source.field`.
 * @param options.waivers - of the entity; those of file paths are ignored here.
 * @param options.now - decides what has expired, which waivers hold and which stages are in force.
 *
 * @public
 */
export function scorePath(options: {
  path: CompiledPath;
  entityRef: string;
  facts: Facts;
  absences?: Readonly<Record<string, string>>;
  waivers: readonly AppliedWaiver[];
  now: Date;
}): Scorecard {
  return toScorecard({ ...options, judged: judgePath(options) });
}
