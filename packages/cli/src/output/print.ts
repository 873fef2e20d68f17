/** Writes a result to standard output, as JSON or as text for people. */
export function print<T>(
  format: string,
  result: T,
  asText: (result: T) => string,
): void {
  const text =
    format === 'json' ? JSON.stringify(result, null, 2) : asText(result);
  process.stdout.write(`${text}\n`);
}
