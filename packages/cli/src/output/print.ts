import { visible } from './visible';

/** Ways to print a result, by the value of `--format`. */
export type Printers<T> = Record<string, (result: T) => string>;

/** Writes a result to standard output in the wanted format. */
export function printAs<T>(
  format: string,
  result: T,
  printers: Printers<T>,
): void {
  const printed = printers[format](result);
  // Of the other formats each has its own escapes
  const text = format === 'text' ? visible(printed) : printed;
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a result to standard output, as JSON or as text for people. */
export function print<T>(
  format: string,
  result: T,
  asText: (result: T) => string,
): void {
  printAs(format === 'json' ? 'json' : 'text', result, {
    json: value => JSON.stringify(value, null, 2),
    text: asText,
  });
}
