/**
 * A git command that did not succeed, or that was not even tried because of what it was given.
 *
 * @public
 */
export class GitError extends Error {
  override name = 'GitError';

  constructor(
    message: string,
    /** What the process exited with; `undefined` when it did not start or was stopped. */
    readonly exitCode?: number,
  ) {
    super(message);
  }
}
