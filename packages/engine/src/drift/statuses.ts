import {
  type DriftFile,
  type DriftLayer,
  type DriftStatus,
  driftStatusSchema,
} from '../model';

/** Statuses that are no drift, whoever owns the file. */
export const NO_DRIFT: readonly DriftStatus[] = [
  'pristine',
  'converged',
  'waived',
];

/** How many files have each status. */
export function countStatuses(
  files: readonly { status: DriftStatus }[],
): Record<DriftStatus, number> {
  const counts = Object.fromEntries(
    driftStatusSchema.options.map(status => [status, 0]),
  ) as Record<DriftStatus, number>;
  for (const { status } of files) {
    counts[status] += 1;
  }
  return counts;
}

/**
 * Files changed on both sides of which nobody knows yet whether they conflict, since nothing was merged. While there is
 * one, the number of conflicts is not known: it is not none.
 *
 * @public
 */
export function unmergedFiles(
  layer: Pick<DriftLayer, 'files' | 'plannedAt'>,
): DriftFile[] {
  return layer.plannedAt === undefined
    ? layer.files.filter(
        ({ drifted, status }) => drifted && status === 'edited+outdated',
      )
    : [];
}
