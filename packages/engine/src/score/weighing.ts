import type { GoldenPath } from '../model';
import { enforcedFrom } from './rollout';

/** What weighing needs of a path's checks, worked out once. Arrays are in the order of the path's checks. */
export type Weighing = {
  readonly weights: readonly number[];
  /** Index into the path's levels; -1 for a level it does not have. */
  readonly levels: readonly number[];
  /** Milliseconds since the epoch; `Infinity` for never. */
  readonly enforcedFrom: readonly number[];
  readonly isShadow: readonly boolean[];
  /** Indices of the checks in the order of their ids, in which sums are made. */
  readonly order: readonly number[];
};

/** Works out what weighing needs of a path. */
export function prepareWeighing({ spec }: GoldenPath): Weighing {
  const { checks, levels } = spec;
  const ids = checks.map(({ id }) => id);
  return {
    weights: checks.map(({ weight }) => weight),
    levels: checks.map(({ level }) => levels.indexOf(level)),
    enforcedFrom: checks.map(({ rollout }) => enforcedFrom(rollout)),
    isShadow: checks.map(({ rollout }) => rollout.stage === 'shadow'),
    order: ids
      .map((_, index) => index)
      .sort((a, b) => (ids[a] < ids[b] ? -1 : 1)),
  };
}
