import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ForgeFailure,
  ForgeGapError,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GitlabHttpError } from './GitlabHttpError';

const REFUSED = [401, 403, 404];

/**
 * What the failure of a request means for the part that made it.
 *
 * Throws what concerns the whole fact: refused credentials, a limit that was hit, an abort, and what is no failure of
 * GitLab's at all.
 * @internal
 */
export function explainError(
  error: unknown,
  options: {
    host: string;
    needs: string;
    signal: AbortSignal;
    authenticated: boolean;
  },
): ForgeFailure {
  const { host, needs, signal, authenticated } = options;
  signal.throwIfAborted();
  if (error instanceof ForgeGapError) {
    return { kind: 'gap', reason: error.message };
  }
  if (error instanceof z.ZodError) {
    const [{ path, message }] = error.issues;
    return {
      kind: 'outage',
      reason: `GitLab answered in a form that is not known: ${path.join(
        '.',
      )}: ${message}`,
    };
  }
  if (isNetworkError(error)) {
    return { kind: 'outage', reason: `${host} cannot be reached` };
  }
  if (!(error instanceof GitlabHttpError)) {
    throw error;
  }
  const { status, message, retryAt } = error;
  if (status === 401 && authenticated) {
    throw new AuthenticationError(
      `GitLab refuses the credentials for ${host}; see integrations.gitlab in the configuration`,
    );
  }
  if (status === 429) {
    throw new ServiceUnavailableError(
      `The request limit of ${host} is used up until ${retryAt?.toISOString()}`,
    );
  }
  if (REFUSED.includes(status)) {
    return {
      kind: 'gap',
      reason: `The token needs ${needs}, or there is nothing to see (${message})`,
    };
  }
  return { kind: status < 500 ? 'gap' : 'outage', reason: message };
}

/** `fetch` throws a TypeError when there was no answer at all. */
function isNetworkError(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === 'TypeError' && message === 'fetch failed';
}
