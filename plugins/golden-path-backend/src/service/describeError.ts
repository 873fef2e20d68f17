import { stringifyError } from '@backstage/errors';

const LONGEST = 1000;
const STATEMENT = /^\s*(insert|select|update|delete|with|begin|commit)\b/i;
const SECRET_PARAMETER =
  /([?&][^=&#\s]*(?:token|secret|signature|password|credential|key|sig)[^=&#\s]*=)[^&#\s'"]+/gi;
const AUTHORIZATION =
  /(authorization["']?\s*[:=]\s*["']?(?:\w+\s+)?|\bbearer\s+)[\w.~+/=-]{8,}/gi;

/**
 * An error as people are shown it and as logs hold it: one text, not endless, without the credentials a URL or header
 * may carry, and without the statement and values that a database error begins with.
 * @internal
 */
export function describeError(error: unknown): string {
  const text =
    error instanceof Error && error.message !== ''
      ? error.message
      : stringifyError(error);
  return withoutSecrets(withoutStatement(text))
    .replaceAll('\0', '\ufffd')
    .slice(0, LONGEST);
}

/** The query builder puts `<statement with values> - ` before what the database said. */
function withoutStatement(text: string): string {
  const at = STATEMENT.test(text) ? text.lastIndexOf(' - ') : -1;
  return at < 0 ? text : `Database: ${text.slice(at + 3)}`;
}

function withoutSecrets(text: string): string {
  return text
    .replace(/\/\/[^/\s]+@/g, '//')
    .replace(SECRET_PARAMETER, '$1…')
    .replace(AUTHORIZATION, '$1…');
}
