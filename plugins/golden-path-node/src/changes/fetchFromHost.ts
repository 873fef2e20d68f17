import { HostFailureError, retryTimeOf } from './hostFailure';

const LONGEST_WAIT_MS = 30_000;
const LONGEST_WORDS = 1000;

/**
 * `fetch` that gives up after half a minute, and throws a {@link HostFailureError} for an answer that is no success.
 *
 * @remarks
 * An abort of the caller's is thrown as it is.
 * @public
 */
export async function fetchFromHost(
  url: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  const { signal } = init;
  const patience = AbortSignal.timeout(LONGEST_WAIT_MS);
  const response = await fetch(url, {
    ...init,
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  });
  if (!response.ok) {
    const { status, headers } = response;
    throw new HostFailureError({
      status,
      said: saidIn(await response.text()) || response.statusText,
      retryAt: retryTimeOf(headers.get('retry-after')),
    });
  }
  return response;
}

/** The message of an error as Gitea (`message`) and Bitbucket (`error.message`) tell it; a proxy answers with a page. */
function saidIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body);
    const said = error?.message ?? message ?? error ?? body;
    const { required } = error?.detail ?? {};
    const detail = Array.isArray(required)
      ? `required is ${required.join(', ')}`
      : error?.detail;
    return [said, detail]
      .filter(part => typeof part === 'string' && part)
      .join(': ');
  } catch {
    return body.replace(/<[^>]*>/g, ' ').slice(0, LONGEST_WORDS);
  }
}
