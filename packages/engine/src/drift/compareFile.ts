import type { DriftStatus } from '../model';

/** Digests of one file; `undefined` where the file does not exist. @public */
export type FileVersions = {
  /** As the stamped version of the template rendered it. */
  base: string | undefined;
  /** As the service has it. */
  ours: string | undefined;
  /** As the newest version of the template renders it. */
  theirs: string | undefined;
};

/**
 * Compares a file's three versions by digest.
 *
 * @remarks
 * | base, service, newest | status |
 * |---|---|
 * | all the same | `pristine` |
 * | service as base, newest differs | `outdated` |
 * | service differs, newest as base | `edited` |
 * | both differ from base, and from each other | `edited+outdated` |
 * | both differ from base in the same way | `converged` |
 * | service has deleted it, newest has it | `missing` |
 * | new in the template, not in the service | `outdated` |
 * | removed from the template, service as base | `outdated` |
 * | gone from both | `converged` |
 *
 * Whether an `edited+outdated` file would really be in `conflict` takes a merge of the contents, so that status never
 * comes from here.
 *
 * @public
 */
export function compareFile({ base, ours, theirs }: FileVersions): DriftStatus {
  if (ours === theirs) {
    return ours === base ? 'pristine' : 'converged';
  }
  if (ours === undefined) {
    return base === undefined ? 'outdated' : 'missing';
  }
  if (ours === base) {
    return 'outdated';
  }
  return theirs === base ? 'edited' : 'edited+outdated';
}
