import type { SourceFile } from './sourceFiles';
import { argumentsAt, type SourceToken } from './sourceTokens';

/** A key of a flag with the file it is written in. */
export interface EnumKey {
  file: string;
  key: SourceToken;
}

/** The variable of `flag.key`, `flag.key()` and the like. */
function ownerOf(tokens: readonly SourceToken[]): string | undefined {
  const [owner, dot, member, ...rest] = tokens;
  const isMember =
    owner?.type === 'word' && dot?.text === '.' && member?.type === 'word';
  return isMember && /^(\(\))?$/.test(rest.map(t => t.text).join(''))
    ? owner.text
    : undefined;
}

/** The type a variable is declared with, in the way of Java or Kotlin, nearest before a call. */
function typeOf(
  tokens: readonly SourceToken[],
  variable: string,
  call: number,
): string | undefined {
  for (let at = call - 1; at > 0; at -= 1) {
    if (tokens[at].type === 'word' && tokens[at].text === variable) {
      const [before, after] = [tokens[at - 1], tokens[at + 1]];
      if (before.type === 'word' && /^[A-Z]/.test(before.text)) {
        return before.text;
      }
      if (after?.text === ':' && tokens[at + 2]?.type === 'word') {
        return tokens[at + 2].text;
      }
    }
  }
  return undefined;
}

/** Index of the bracket that closes the one at an index. */
function closing(tokens: readonly SourceToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const mark = tokens[at].type === 'mark' ? tokens[at].text : '';
    if (/^[([{]$/.test(mark)) depth += 1;
    if (/^[)\]}]$/.test(mark)) depth -= 1;
    if (depth === 0) {
      return at;
    }
  }
  return tokens.length;
}

/** Index of the brace that opens an enum; -1 when the file does not declare it. */
function enumBody(tokens: readonly SourceToken[], type: string): number {
  const name = tokens.findIndex(
    (token, at) =>
      token.text === type &&
      (tokens[at - 1]?.text === 'enum' ||
        (tokens[at - 1]?.text === 'class' && tokens[at - 2]?.text === 'enum')),
  );
  for (let at = name + 1; name >= 0 && at < tokens.length; at += 1) {
    const { text, type: kind } = tokens[at];
    if (kind === 'mark' && text === '{') {
      return at;
    }
    at = text === '(' ? closing(tokens, at) : at;
  }
  return -1;
}

/** First arguments of all constants of an enum; `undefined` when one has no text there. */
function constantKeys(
  tokens: readonly SourceToken[],
  body: number,
): SourceToken[] | undefined {
  const keys: SourceToken[] = [];
  let at = body + 1;
  while (tokens[at]?.type === 'word') {
    if (tokens[at].text.startsWith('@')) {
      at = tokens[at + 1]?.text === '(' ? closing(tokens, at + 1) + 1 : at + 1;
      continue;
    }
    const [[key, ...more] = []] =
      tokens[at + 1]?.text === '(' ? argumentsAt(tokens, at + 1) : [];
    if (key?.type !== 'string' || key.dynamic || more.length > 0) {
      return undefined;
    }
    keys.push(key);
    at = closing(tokens, at + 1) + 1;
    if (tokens[at]?.text === '{') {
      at = closing(tokens, at) + 1;
    }
    if (tokens[at]?.text !== ',') {
      break;
    }
    at += 1;
  }
  return keys.length > 0 ? keys : undefined;
}

/**
 * The keys a call can have that takes key and default from one constant of an enum, as in
 * `getBooleanValue(flag.key(), flag.fallback())` with `enum Flag { NEW_PAGE("new-page", false); … }`.
 *
 * @param options.call - index of the call among the tokens of its file
 * @returns `undefined` for any other call, and when the enum is not told by its name or one of its keys is not written out
 */
export function enumKeys(options: {
  source: SourceFile;
  sources: readonly SourceFile[];
  call: number;
  key: readonly SourceToken[];
  fallback: readonly SourceToken[];
}): EnumKey[] | undefined {
  const { source, sources, call, key, fallback } = options;
  const variable = ownerOf(key);
  const type =
    variable !== undefined && ownerOf(fallback) === variable
      ? typeOf(source.tokens, variable, call)
      : undefined;
  if (type === undefined) {
    return undefined;
  }
  const declaring = (files: readonly SourceFile[]) =>
    files.flatMap(({ file, tokens, language }) => {
      const body = language === 'jvm' ? enumBody(tokens, type) : -1;
      return body < 0 ? [] : [{ file, tokens, body }];
    });
  const own = declaring([source]);
  const found = own.length > 0 ? own : declaring(sources);
  return found.length === 1
    ? constantKeys(found[0].tokens, found[0].body)?.map(constant => ({
        file: found[0].file,
        key: constant,
      }))
    : undefined;
}
