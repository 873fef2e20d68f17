const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

type Mark = { offset: number; character: string };

/** Brackets and commas of a text that are not inside a string literal or a comment. */
function marksOf(text: string): Mark[] {
  const marks: Mark[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    if (character === '/' && text[index + 1] === '/') {
      const end = text.indexOf('\n', index);
      index = end === -1 ? text.length : end;
    } else if (character === '"' || character === "'") {
      const triple = text.startsWith(character.repeat(3), index);
      const quote = character.repeat(triple ? 3 : 1);
      const raw = /[rR]/.test(text[index - 1] ?? '');
      index += quote.length;
      while (index < text.length && !text.startsWith(quote, index)) {
        index += text[index] === '\\' && !raw ? 2 : 1;
      }
      index += quote.length;
    } else {
      if ('()[]{},'.includes(character)) {
        marks.push({ offset: index, character });
      }
      index += 1;
    }
  }
  return marks;
}

function findUnmatched(marks: Mark[]): number | undefined {
  const open: Mark[] = [];
  for (const mark of marks) {
    if (CLOSING[mark.character]) {
      open.push(mark);
    } else if (mark.character !== ',') {
      const last = open.pop();
      if (!last || CLOSING[last.character] !== mark.character) {
        return mark.offset;
      }
    }
  }
  return open.pop()?.offset;
}

/** Start and end of the parts between the brackets that open at `marks[from]`. */
function partsAt(marks: Mark[], from: number): [number, number][] {
  const parts: [number, number][] = [];
  let depth = 0;
  let start = marks[from].offset + 1;
  for (const { offset, character } of marks.slice(from)) {
    if (CLOSING[character]) {
      depth += 1;
    } else if (character !== ',') {
      depth -= 1;
    }
    if (depth === 0 || (depth === 1 && character === ',')) {
      parts.push([start, offset]);
      start = offset + 1;
    }
    if (depth === 0) {
      break;
    }
  }
  return parts;
}

/**
 * Narrows down where an expression is wrong. The parser says where the part it understood ended, which is the start of a
 * call when the mistake is in an argument: this looks for a bracket without partner, then for the first argument that
 * does not parse by itself.
 *
 * @param text - an expression that does not parse.
 * @param parseFailure - offset at which parsing a text fails, or `undefined` for a text that parses.
 * @returns a 0-based offset.
 */
export function locateMistake(
  text: string,
  parseFailure: (text: string) => number | undefined,
): number {
  const failedAt = parseFailure(text) ?? 0;
  const marks = marksOf(text);
  const unmatched = findUnmatched(marks);
  if (unmatched !== undefined) {
    return unmatched;
  }
  const from = marks.findIndex(
    mark => mark.offset >= failedAt && '(['.includes(mark.character),
  );
  const between =
    from === -1 ? '' : text.slice(failedAt, marks[from].offset).trim();
  // Only a call or an index that starts where parsing ended can hold the mistake.
  if (from === -1 || !/^(\.?\s*[A-Za-z_][\w]*)?$/.test(between)) {
    return failedAt;
  }
  for (const [start, end] of partsAt(marks, from)) {
    const part = text.slice(start, end);
    if (part.trim() !== '' && parseFailure(part) !== undefined) {
      return start + locateMistake(part, parseFailure);
    }
  }
  return failedAt;
}
