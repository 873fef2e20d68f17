/** A token of a template expression; `start` and `end` are offsets into the whole source. */
export type ExpressionToken = {
  kind: 'name' | 'number' | 'string' | 'regex' | 'operator';
  /** The text as written; without its quotes for a string. */
  value: string;
  start: number;
  end: number;
};

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /\d+(?:\.\d*)?/y;
const STRING = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const REGEX = /r\/(?:[^/\\]|\\[^])*\/[gimy]*/y;
const OPERATOR = /===|!==|\*\*|\/\/|==|!=|<=|>=|[^\s]/y;
const SPACE = /\s+/y;

function matchAt(pattern: RegExp, source: string, index: number) {
  pattern.lastIndex = index;
  return pattern.exec(source)?.[0];
}

/**
 * Reads the tokens of a tag from `start` up to its `closing` delimiter, which a string or a regular expression may
 * hold without ending the tag. `undefined` when the tag does not end: the renderer says so better.
 */
export function readTagTokens(
  source: string,
  start: number,
  closing: '}}' | '%}',
): { tokens: ExpressionToken[]; end: number } | undefined {
  const tokens: ExpressionToken[] = [];
  let index = start;
  const take = (kind: ExpressionToken['kind'], text: string, value = text) => {
    tokens.push({ kind, value, start: index, end: index + text.length });
    index += text.length;
  };
  while (index < source.length) {
    if (source.startsWith(closing, index)) {
      // The dash of `-}}` trims whitespace; it is no operator
      if (tokens.at(-1)?.value === '-' && tokens.at(-1)?.end === index) {
        tokens.pop();
      }
      return { tokens, end: index + closing.length };
    }
    const space = matchAt(SPACE, source, index);
    const regex = space ? undefined : matchAt(REGEX, source, index);
    const name = matchAt(NAME, source, index);
    const text = matchAt(STRING, source, index);
    const number = matchAt(NUMBER, source, index);
    if (space) {
      index += space.length;
    } else if (regex) {
      take('regex', regex);
    } else if (name) {
      take('name', name);
    } else if (text) {
      take('string', text, text.slice(1, -1));
    } else if (number) {
      take('number', number);
    } else {
      take('operator', matchAt(OPERATOR, source, index) ?? source[index]);
    }
  }
  return undefined;
}
