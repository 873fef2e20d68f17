import { type PathComparison, pathComparisonSchema } from '@goldenpath/engine';
import { z } from 'zod';

const TOKEN = 'GOLDEN_PATH_TOKEN';
const TIMEOUT_MS = 120_000;
const MAX_MESSAGE = 500;

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

function endpointOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new Error(
      `--url ${url}: give the address of the backend, like https://backstage.example.com`,
    );
  }
  if (base.username || base.password) {
    throw new Error(`--url: put the token into ${TOKEN}, not into the address`);
  }
  base.pathname = `${base.pathname.replace(
    /\/$/,
    '',
  )}/api/golden-path/v1/paths/preview`;
  return base;
}

async function problemOf(response: Response): Promise<string> {
  const body = await response.json().catch(() => undefined);
  const parsed = errorSchema.safeParse(body);
  const said = parsed.success
    ? `: ${parsed.data.error.message.slice(0, MAX_MESSAGE)}`
    : '';
  const hint = [401, 403].includes(response.status)
    ? `. Set ${TOKEN} to a token that may preview paths`
    : '';
  return `The backend answered ${response.status}${said}${hint}`;
}

/**
 * Lets a backend say what a path would do to its entities. The token comes from the environment and is sent to nobody
 * else: a redirect is an error.
 *
 * @throws When the backend cannot be reached, refuses, or answers something else.
 */
export async function previewPath(options: {
  url: string;
  text: string;
  days: number;
}): Promise<PathComparison> {
  const { text, days } = options;
  const endpoint = endpointOf(options.url);
  const token = process.env[TOKEN];
  const response = await fetch(endpoint, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ text, days }),
  }).catch(error => {
    const cause = error?.cause?.message ?? error?.message ?? error;
    throw new Error(`${endpoint.origin} cannot be reached: ${cause}`);
  });
  if (!response.ok) {
    throw new Error(await problemOf(response));
  }
  const parsed = pathComparisonSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  if (!parsed.success) {
    throw new Error(
      `${
        endpoint.origin
      } answered no comparison. Is the plugin of the same version?\n${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}
