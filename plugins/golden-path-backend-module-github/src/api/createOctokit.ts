import { LoggerService } from '@backstage/backend-plugin-api';
import {
  RateBudget,
  RateQuota,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { Octokit } from 'octokit';
import { ConditionalCache } from './ConditionalCache';

/** What all clients of one backend share. @internal */
export interface SharedState {
  budget: RateBudget;
  cache: ConditionalCache;
}

/** Longer than this nobody waits for a rate limit or between retries. @internal */
export interface Patience {
  /** Seconds to wait for a limit to pass before giving up. */
  longestWaitSeconds: number;
  /** Milliseconds that the waits between retries are multiples of. */
  retryUnitMs: number;
  /** Whether writes are kept apart as GitHub asks for; of no use where nothing is written. */
  spaceWrites?: boolean;
}

/** An old GitHub Enterprise answers with the secrets themselves. */
const NOT_KEPT = /\/secret-scanning\//;
/** The client keeps writes a second apart, and takes queries for writes. */
const NO_SPACING = { key: () => ({ schedule: async () => {} }) };
/** Answers that asking again does not change. */
const DO_NOT_RETRY = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/**
 * A client with GitHub's own retries and throttling, which never waits long, keeps to the quota's reserve and asks only
 * for what has changed.
 * @internal
 */
export function createOctokit(options: {
  apiBaseUrl: string;
  token: string | undefined;
  /** Whose quota the requests count against; part of messages. */
  account: string;
  shared: SharedState;
  patience: Patience;
  signal: AbortSignal;
  logger: LoggerService;
}): Octokit {
  const { account, shared, patience, logger } = options;
  const mayWait = (seconds: number, { request }: any) =>
    request.retryCount === 0 && seconds <= patience.longestWaitSeconds;
  const octokit = new Octokit({
    baseUrl: options.apiBaseUrl,
    auth: options.token,
    userAgent: 'golden-path',
    log: {
      debug: () => {},
      info: () => {},
      warn: (message: string) => logger.debug(message),
      error: (message: string) => logger.debug(message),
    },
    request: { signal: options.signal },
    retry: {
      retries: 2,
      doNotRetry: DO_NOT_RETRY,
      retryAfterBaseValue: patience.retryUnitMs,
    },
    throttle: {
      id: account,
      onRateLimit: mayWait,
      onSecondaryRateLimit: mayWait,
      ...(patience.spaceWrites
        ? {}
        : { write: NO_SPACING, notifications: NO_SPACING }),
    } as any,
  });
  keepToBudget(octokit, { account, budget: shared.budget });
  askOnlyForChanges(octokit, { account, cache: shared.cache });
  return octokit;
}

function keepToBudget(
  octokit: Octokit,
  { account, budget }: { account: string; budget: RateBudget },
): void {
  octokit.hook.wrap('request', async (request, options) => {
    const quota = options.url.endsWith('/graphql') ? 'graphql' : 'core';
    budget.check(account, quota, new Date());
    try {
      const response = await request(options);
      budget.note(account, ...quotaOf(response.headers));
      return response;
    } catch (error) {
      budget.note(account, ...quotaOf((error as any).response?.headers ?? {}));
      throw error;
    }
  });
}

function quotaOf(headers: Record<string, any>): [string, RateQuota] {
  return [
    String(headers['x-ratelimit-resource'] ?? 'core'),
    {
      left: Number(headers['x-ratelimit-remaining']),
      limit: Number(headers['x-ratelimit-limit']),
      resetAt: Number(headers['x-ratelimit-reset']) * 1000,
    },
  ];
}

function askOnlyForChanges(
  octokit: Octokit,
  { account, cache }: { account: string; cache: ConditionalCache },
): void {
  octokit.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET' || NOT_KEPT.test(options.url)) {
      return request(options);
    }
    const key = `${account} ${octokit.request.endpoint(options).url}`;
    const kept = cache.get(key);
    if (kept) {
      options.headers['if-none-match'] = kept.etag;
      // Otherwise fetch asks for `no-cache`, which some servers take for a wish to be answered in full
      options.headers['cache-control'] = 'max-age=0';
    }
    try {
      const response = await request(options);
      const { etag } = response.headers;
      if (etag && response.status === 200) {
        const { headers, data } = response;
        cache.set(key, { etag, headers, data });
      }
      return response;
    } catch (error) {
      const { status, response } = error as any;
      if (status !== 304 || !kept) {
        throw error;
      }
      return {
        status: 200,
        url: response.url,
        headers: kept.headers,
        data: JSON.parse(kept.body),
      };
    }
  });
}
