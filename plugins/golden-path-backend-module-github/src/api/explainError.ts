import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ForgeFailure,
  ForgeGapError,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';

const REFUSED = [401, 403, 404];
const LONGEST = 200;

/**
 * What the failure of a request means for the part that made it.
 *
 * @remarks
 * Throws what concerns the whole fact: refused credentials, a limit that was hit, an abort, and what is no failure of
 * GitHub's at all. Only texts go into what is thrown, never the request with its headers.
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
      reason: `GitHub answered in a form that is not known: ${path.join(
        '.',
      )}: ${message}`,
    };
  }
  if (nameOf(error) === 'GraphqlResponseError') {
    return explainGraphql(error, options);
  }
  if (nameOf(error) !== 'HttpError') {
    throw error;
  }
  if (!(error as any).response) {
    return {
      kind: 'outage',
      reason: `${host} cannot be reached: ${(error as Error).message}`,
    };
  }
  throwIfLimited(error, host);
  const { status } = error as { status: number };
  if (status === 401 && authenticated) {
    throw new AuthenticationError(
      `GitHub refuses the credentials for ${host}; see integrations.github in the configuration`,
    );
  }
  const said = saidBy(error);
  if (REFUSED.includes(status)) {
    return {
      kind: 'gap',
      reason: `The GitHub App or token needs '${needs}', or there is nothing to see (GitHub answered ${status}: ${said})`,
    };
  }
  return {
    kind: status < 500 ? 'gap' : 'outage',
    reason: `GitHub answered ${status}: ${said}`,
  };
}

function explainGraphql(
  error: any,
  { host, needs }: { host: string; needs: string },
): ForgeFailure {
  const types: unknown[] = (error.errors ?? []).map(({ type }: any) => type);
  if (types.includes('RATE_LIMITED')) {
    throw limited(host, error.headers ?? {});
  }
  const said = String(error.errors?.[0]?.message ?? '').slice(0, LONGEST);
  const refused = types.some(type =>
    ['FORBIDDEN', 'NOT_FOUND', 'INSUFFICIENT_SCOPES'].includes(String(type)),
  );
  return refused
    ? {
        kind: 'gap',
        reason: `The GitHub App or token needs '${needs}' (GitHub answered: ${said})`,
      }
    : { kind: 'outage', reason: `GitHub answered: ${said}` };
}

function throwIfLimited(error: any, host: string): void {
  const headers = error.response?.headers ?? {};
  const isLimited =
    error.status === 429 ||
    (error.status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' ||
        headers['retry-after'] !== undefined ||
        /\brate limit\b/i.test(error.message)));
  if (isLimited) {
    throw limited(host, headers);
  }
}

function limited(
  host: string,
  headers: Record<string, string | undefined>,
): Error {
  const after = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  const at = after > 0 ? Date.now() + after * 1000 : reset * 1000;
  return new ServiceUnavailableError(
    `The request limit of ${host} is used up${
      Number.isFinite(at) && at > 0
        ? ` until ${new Date(at).toISOString()}`
        : ''
    }`,
  );
}

function saidBy(error: any): string {
  return String(error.response?.data?.message ?? error.message).slice(
    0,
    LONGEST,
  );
}

function nameOf(error: unknown): string | undefined {
  return (error as Error | undefined)?.name;
}
