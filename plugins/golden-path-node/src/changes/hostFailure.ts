/** Why a host did not do what it was asked, with nothing of the request in it. @public */
export interface HostFailure {
  /** The HTTP status; absent when there was no answer. */
  status?: number;
  /** The host's own words, or what is known of the connection. */
  said: string;
  /** Set when a request limit was hit; the status 429 says so by itself. */
  limited?: boolean;
  /** When asking makes sense again. */
  retryAt?: Date;
}

/** An answer that is no success, or none at all. Holds nothing of the request, whose headers carry credentials. @public */
export class HostFailureError extends Error {
  override readonly name = 'HostFailureError';

  constructor(readonly failure: HostFailure) {
    super(failure.said);
  }
}

/**
 * What an error of `fetch`, of a schema or of a used-up quota says of the host; `undefined` for what is no failure of
 * the host's.
 * @public
 */
export function hostFailureOf(error: unknown): HostFailure | undefined {
  if (error instanceof HostFailureError) {
    return error.failure;
  }
  const { name, message, cause } = error as Error & {
    cause?: { code?: string };
  };
  if (name === 'TimeoutError') {
    return { said: 'it gave no answer in time' };
  }
  if (name === 'TypeError' && message === 'fetch failed') {
    return { said: cause?.code ?? 'no connection' };
  }
  if (name === 'ZodError') {
    const [issue] = (error as any).issues;
    return {
      status: 502,
      said: `an answer in a form that is not known: ${issue.path.join('.')}: ${
        issue.message
      }`,
    };
  }
  return undefined;
}

/**
 * When a header such as `Retry-After` says that asking makes sense again: seconds from now, or a date.
 * @public
 */
export function retryTimeOf(
  header: string | null | undefined,
): Date | undefined {
  if (!header) {
    return undefined;
  }
  const seconds = Number(header);
  const at = Number.isFinite(seconds)
    ? Date.now() + seconds * 1000
    : Date.parse(header);
  return Number.isFinite(at) ? new Date(at) : undefined;
}
