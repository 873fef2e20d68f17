import { GitError } from '../process/GitError';

/**
 * The branch holds commits that somebody else made. They are left as they are.
 *
 * @public
 */
export class ForeignBranchError extends GitError {
  override name = 'ForeignBranchError';
}

/**
 * The base branch is not where it was expected to be.
 *
 * @public
 */
export class BaseMovedError extends GitError {
  override name = 'BaseMovedError';
}
