import type { Scalar } from 'yaml';

const isSpace = (character: string | undefined) =>
  character !== undefined && /\s/.test(character);

/**
 * Where a character of a scalar's value stands in the YAML text, whatever the scalar's style. Line breaks and
 * indentation that YAML folds are followed; where an escape cannot be, it is the start of the scalar.
 *
 * @param index - 0-based, into the scalar's value.
 * @returns a 0-based offset into `text`.
 */
export function offsetInText(
  text: string,
  scalar: Scalar,
  index: number,
): number {
  const [start, end] = scalar.range ?? [0, 0];
  const value = String(scalar.value);
  let at = start;
  if (scalar.type?.startsWith('BLOCK')) {
    at = text.indexOf('\n', start) + 1;
  } else if (scalar.type?.startsWith('QUOTE')) {
    at += 1;
  }
  const skipSpace = () => {
    while (at < end && isSpace(text[at])) {
      at += 1;
    }
  };
  for (const character of value.slice(0, index)) {
    skipSpace();
    if (isSpace(character)) {
      continue;
    }
    if (text[at] === '\\' && scalar.type === 'QUOTE_DOUBLE') {
      at += 1;
    }
    if (!text.startsWith(character, at)) {
      return start;
    }
    at += character.length;
    if (scalar.type === 'QUOTE_SINGLE' && character === "'") {
      at += 1;
    }
  }
  skipSpace();
  return Math.min(at, end);
}
