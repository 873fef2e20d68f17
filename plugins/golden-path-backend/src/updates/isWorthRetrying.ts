const TEMPORARY_NAMES: ReadonlySet<string> = new Set([
  'ServiceUnavailableError',
  'AbortError',
  'TimeoutError',
]);
const TEMPORARY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);
/** What git says of these, in its text alone. */
const TEMPORARY_TEXT =
  /could not resolve host|failed to connect|connection (?:refused|reset|timed out)|operation timed out|took over \d+ ms|returned error: (?:429|5\d\d)|early eof|hung up|by others meanwhile/i;
const DEEPEST = 5;

/** Whether an error may be gone by itself a little later: its service is down, slow or asks for patience. @internal */
export function isWorthRetrying(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) {
    return false;
  }
  const { name, code, statusCode, message, cause } = error as Record<
    string,
    unknown
  >;
  const status = Number(statusCode);
  return (
    TEMPORARY_NAMES.has(String(name)) ||
    TEMPORARY_CODES.has(String(code)) ||
    status === 429 ||
    (status >= 500 && status <= 599) ||
    (name === 'GitError' && TEMPORARY_TEXT.test(String(message))) ||
    isWorthRetrying(cause, depth + 1)
  );
}
