import { setTimeout as wait } from 'node:timers/promises';
import {
  getGitLabRequestOptions,
  GitLabIntegration,
} from '@backstage/integration';
import { RateBudget } from '@goldenpath/backstage-plugin-golden-path-node';
import { GitlabHttpError } from './GitlabHttpError';

/** How long to wait for GitLab. @internal */
export interface Patience {
  /** Seconds to wait for a limit to pass before giving up. */
  longestWaitSeconds: number;
  /** Milliseconds that the waits between retries are multiples of. */
  retryUnitMs: number;
}

interface Sent {
  searchParams?: Record<string, unknown>;
  body?: Record<string, unknown>;
}

interface Answer {
  body: unknown;
  headers: Record<string, string>;
  status: number;
}

const RETRY = [429, 502, 503, 504];
const MOST_RETRIES = 2;
const LONGEST_TEXT = 200;

/**
 * The transport under the client library: the integration's own `fetch` with the retries and limits an operator
 * configured, its API address and credentials, an abort signal, and errors that hold no request.
 * @internal
 */
export function createRequester(options: {
  integration: GitLabIntegration;
  /** Of every endpoint, without slashes around it; may be empty. */
  prefix: string;
  budget: RateBudget;
  patience: Patience;
  signal: AbortSignal;
  /** Whether changes are let through. */
  writes?: boolean;
}): any {
  const { integration, prefix, budget, patience, signal } = options;
  const { apiBaseUrl, host } = integration.config;
  const base = prefix ? `${apiBaseUrl}/${prefix}` : apiBaseUrl;
  const send = async (
    method: string,
    endpoint: string,
    { searchParams = {}, body }: Sent = {},
  ): Promise<Answer> => {
    const url = `${base}/${endpoint}?${queryOf(searchParams)}`;
    const { headers } = getGitLabRequestOptions(integration.config);
    for (let retries = 0; ; retries++) {
      signal.throwIfAborted();
      budget.check(host, 'per minute', new Date());
      const response = await integration.fetch(url, {
        method,
        headers: body
          ? { ...headers, 'content-type': 'application/json' }
          : headers,
        body: body && JSON.stringify(inSnakeCase(body)),
        signal,
      });
      budget.note(host, 'per minute', {
        left: numberOf(response, 'ratelimit-remaining'),
        limit: numberOf(response, 'ratelimit-limit'),
        resetAt: numberOf(response, 'ratelimit-reset') * 1000,
      });
      if (response.ok) {
        return readAnswer(response);
      }
      const error = await readError(response);
      const waitMs = error.retryAt
        ? +error.retryAt - Date.now()
        : patience.retryUnitMs * (retries + 1) ** 2;
      if (
        !RETRY.includes(response.status) ||
        retries >= MOST_RETRIES ||
        waitMs > patience.longestWaitSeconds * 1000
      ) {
        throw error;
      }
      await wait(Math.max(0, waitMs), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
    }
  };
  const refuse = async () => {
    throw new Error('This client only reads');
  };
  const by = (method: string) => (endpoint: string, sent?: Sent) =>
    send(method, endpoint, sent);
  return {
    get: by('GET'),
    post: options.writes ? by('POST') : refuse,
    put: options.writes ? by('PUT') : refuse,
    patch: refuse,
    delete: refuse,
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  return {
    body: response.status === 204 ? null : await response.json(),
    headers: Object.fromEntries(response.headers.entries()),
    status: response.status,
  };
}

async function readError(response: Response): Promise<GitlabHttpError> {
  const text = await response.text();
  let said: unknown = text;
  try {
    const { message, error_description: description, error } = JSON.parse(text);
    said = message ?? description ?? error;
  } catch {
    // A proxy in front of GitLab answers with a page
  }
  const { status } = response;
  return new GitlabHttpError(
    status,
    (typeof said === 'string' ? said : JSON.stringify(said) ?? '').slice(
      0,
      LONGEST_TEXT,
    ),
    status === 429 ? retryAtOf(response) : undefined,
  );
}

function retryAtOf(response: Response): Date {
  const seconds = numberOf(response, 'retry-after');
  const reset = numberOf(response, 'ratelimit-reset');
  if (Number.isFinite(seconds)) {
    return new Date(Date.now() + seconds * 1000);
  }
  // Limits of GitLab are by the minute
  return new Date(Number.isFinite(reset) ? reset * 1000 : Date.now() + 60_000);
}

function numberOf(response: Response, header: string): number {
  return Number(response.headers.get(header) ?? NaN);
}

function inSnakeCase(
  parameters: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [snakeCase(name), value]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** As GitLab spells parameters: snake case, and lists as `name[]`. */
function queryOf(parameters: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    const name = snakeCase(key);
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) {
        query.append(Array.isArray(value) ? `${name}[]` : name, String(each));
      }
    }
  }
  return query.toString();
}
