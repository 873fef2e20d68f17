/**
 * Reads an ISO 8601 option.
 *
 * @throws When it is given and is no time; the message names the option.
 */
export function parseInstant(
  text: string | undefined,
  option: string,
): Date | undefined {
  if (text === undefined) {
    return undefined;
  }
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(instant.getTime())) {
    throw new Error(
      `${option} ${text}: give an ISO 8601 time, like 2026-11-21T00:00:00Z`,
    );
  }
  return instant;
}
