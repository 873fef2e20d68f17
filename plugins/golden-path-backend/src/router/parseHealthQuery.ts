import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';

const LONGEST_DAYS = 366;

/**
 * Reads `environment`, `from` and `to` of a health request. Throws an `InputError` naming the parameter when a text is
 * no instant, when one end is missing, or when the window is empty or longer than a year.
 * @internal
 */
export function parseHealthQuery(query: {
  environment?: string;
  from?: string;
  to?: string;
}): { environment?: string; from?: Date; to?: Date } {
  const from = parseInstant('from', query.from);
  const to = parseInstant('to', query.to);
  if (from && !to) {
    throw new InputError("The query parameter 'to' is missing beside 'from'");
  }
  if (from && to && from >= to) {
    throw new InputError("The query parameter 'from' must be before 'to'");
  }
  if (from && to && to.getTime() - from.getTime() > LONGEST_DAYS * 86_400_000) {
    throw new InputError(
      `The window from 'from' to 'to' may be ${LONGEST_DAYS} days at most`,
    );
  }
  return { environment: query.environment, from, to };
}

function parseInstant(name: string, text: string | undefined) {
  if (text === undefined) {
    return undefined;
  }
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid) {
    throw new InputError(
      `The query parameter '${name}' must be an ISO 8601 date or date-time such as 2026-11-01T00:00:00Z, and is '${text}'`,
    );
  }
  return instant.toJSDate();
}
