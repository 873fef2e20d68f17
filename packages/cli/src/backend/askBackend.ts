import { ExponentialBackoff, handleType, retry } from 'cockatiel';
import { z } from 'zod';

const TOKEN = 'GOLDEN_PATH_TOKEN';
const TIMEOUT_MS = 120_000;
const MAX_MESSAGE = 500;
const ATTEMPTS = 4;

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** Worth another attempt: nobody answered, or the backend said that it cannot right now. */
class Unavailable extends Error {}

const policy = retry(handleType(Unavailable), {
  maxAttempts: ATTEMPTS - 1,
  backoff: new ExponentialBackoff({ initialDelay: 500, maxDelay: 5_000 }),
});

/** What is asked of a backend. */
export interface BackendRequest<S extends z.ZodType> {
  /** Of the backend, as `--url` gives it. */
  url: string;
  /** Below `/api/golden-path`, such as `/v1/gate`. */
  path: string;
  query?: Record<string, string | undefined>;
  method?: 'GET' | 'POST';
  body?: string;
  contentType?: string;
  /** What the answer has to be. */
  schema: S;
  /** What the token must allow, for the advice when it does not: "may send delivery events". */
  may: string;
}

function endpointOf(url: string, path: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new Error(
      `--url ${url}: give the address of the backend, like https://backstage.example.com`,
    );
  }
  if (base.username || base.password) {
    throw new Error(`--url: put the token into ${TOKEN}, not into the address`);
  }
  base.pathname = `${base.pathname.replace(/\/$/, '')}/api/golden-path${path}`;
  return base;
}

async function problemOf(response: Response, may: string): Promise<string> {
  const body = await response.json().catch(() => undefined);
  const parsed = errorSchema.safeParse(body);
  const said = parsed.success
    ? `: ${parsed.data.error.message.slice(0, MAX_MESSAGE)}`
    : '';
  const hint = [401, 403].includes(response.status)
    ? `. Set ${TOKEN} to a token that ${may}`
    : '';
  return `The backend answered ${response.status}${said}${hint}`;
}

async function send(
  endpoint: URL,
  request: BackendRequest<z.ZodType>,
): Promise<Response> {
  const token = process.env[TOKEN];
  const { body, contentType = 'application/json', method = 'GET' } = request;
  const response = await fetch(endpoint, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': contentType }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body,
  }).catch(error => {
    const cause = error?.cause?.message ?? error?.message ?? error;
    throw new Unavailable(`${endpoint.origin} cannot be reached: ${cause}`);
  });
  if (response.status === 429 || response.status >= 502) {
    throw new Unavailable(await problemOf(response, request.may));
  }
  return response;
}

/**
 * Asks a backend, up to four times while it cannot be reached. The token comes from the environment and is sent to
 * nobody else: a redirect is an error.
 *
 * @throws When the backend cannot be reached, refuses, or answers something else; the message says what to do.
 */
export async function askBackend<S extends z.ZodType>(
  request: BackendRequest<S>,
): Promise<z.infer<S>> {
  const endpoint = endpointOf(request.url, request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      endpoint.searchParams.set(name, value);
    }
  }
  const response = await policy.execute(() => send(endpoint, request));
  if (!response.ok) {
    throw new Error(await problemOf(response, request.may));
  }
  const parsed = request.schema.safeParse(
    await response.json().catch(() => undefined),
  );
  if (!parsed.success) {
    throw new Error(
      `${
        endpoint.origin
      } answered something else. Is the plugin of the same version?\n${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}
