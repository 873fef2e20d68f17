/** An answer of GitLab that is no success. Holds nothing of the request, whose headers carry the token. @internal */
export class GitlabHttpError extends Error {
  override readonly name = 'GitlabHttpError';

  constructor(
    readonly status: number,
    readonly said: string,
    /** When asking makes sense again, for a limit that was hit. */
    readonly retryAt?: Date,
  ) {
    super(`GitLab answered ${status}: ${said}`);
  }
}
