import type { DriftFile, DriftLayer, UpdatePlan } from '../model';
import { compareText } from '../render/digest';
import { countStatuses } from './statuses';

/**
 * Makes the drift of a layer say what only a plan knows: which files are in conflict, which the service moved, and that a
 * file of other line ends is not edited. Counts are made anew.
 *
 * @remarks
 * The plan must be of the same layer, for the version the drift was compared with. Files the plan does not have keep what
 * the comparison of digests said.
 *
 * @public
 */
export function refineDrift(
  layerDrift: DriftLayer,
  plan: UpdatePlan,
): DriftLayer {
  const planned = new Map(plan.files.map(file => [file.path, file]));
  const moved = new Set(plan.files.flatMap(({ movedFrom }) => movedFrom ?? []));
  const kept = layerDrift.files.filter(
    ({ path }) => !planned.has(path) && !moved.has(path),
  );
  const files = [...kept, ...plan.files.map(driftFile)].sort((a, b) =>
    compareText(a.path, b.path),
  );
  return {
    ...layerDrift,
    counts: countStatuses(files),
    drifted: files.filter(({ drifted }) => drifted).length,
    files,
  };
}

function driftFile(file: UpdatePlan['files'][number]): DriftFile {
  const { path, status, class: owner, drifted, movedFrom } = file;
  const reason =
    file.reason ??
    (movedFrom === undefined ? undefined : `Stamped as '${movedFrom}'`);
  return {
    path,
    status,
    class: owner,
    drifted,
    ...(reason !== undefined && { reason }),
  };
}
