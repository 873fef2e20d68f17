import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { TreeMerger } from '@goldenpath/engine';
import { findGitProblem, GitTreeMerger } from '@goldenpath/git';

/** What merges, or why nothing can be merged here. @internal */
export type Merging =
  | { merger: TreeMerger; problem?: undefined }
  | { merger?: undefined; problem: string };

/**
 * Merges with the git of this machine, one merger for the whole process. Without a git that can be used, the log says
 * so once and no update can be planned; everything else works.
 * @internal
 */
export async function openMerging(
  logger: LoggerService,
): Promise<Merging & { close(): Promise<void> }> {
  const problem = await findGitProblem();
  if (problem !== undefined) {
    logger.warn(`Updates cannot be planned: ${problem}`);
    return { problem, close: async () => {} };
  }
  const merger = await GitTreeMerger.create();
  return { merger, close: () => merger.close() };
}

/** @throws ServiceUnavailableError with the reason when nothing can be merged. @internal */
export function mergerOf(merging: Merging): TreeMerger {
  if (merging.problem !== undefined) {
    throw new ServiceUnavailableError(
      `Updates cannot be planned here: ${merging.problem}`,
    );
  }
  return merging.merger;
}
