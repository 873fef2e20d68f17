/** A piece of a source text. Comments are left out. */
export interface SourceToken {
  type: 'word' | 'string' | 'mark';
  /** Of a string: what stands between its quotes, as written. */
  text: string;
  /** 1-based. */
  line: number;
  /** Set for a string with values put in at run time. */
  dynamic?: true;
}

const MAX_LENGTH = 500_000;
const WORD = /[\p{ID_Start}$_@#][\p{ID_Continue}$]*/uy;
const NUMBER = /\d[\w.]*/y;
/** After these a slash begins a regular expression and divides nothing. */
const BEFORE_PATTERN = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'await',
  'yield',
]);

/** Languages of the files that are looked at, by extension. */
export function languageOf(
  path: string,
): 'script' | 'python' | 'go' | 'jvm' | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (/^[cm]?[jt]sx?$/.test(extension)) {
    return 'script';
  }
  switch (extension) {
    case 'py':
      return 'python';
    case 'go':
      return 'go';
    case 'java':
    case 'kt':
      return 'jvm';
    default:
      return undefined;
  }
}

/**
 * Splits a source text of JavaScript, TypeScript, Python, Go, Java or Kotlin into words, strings and marks. It knows
 * comments and quotes and no grammar: a regular expression is told from a division by what stands before it.
 */
export function sourceTokens(
  text: string,
  language: NonNullable<ReturnType<typeof languageOf>>,
): SourceToken[] {
  const tokens: SourceToken[] = [];
  const end = Math.min(text.length, MAX_LENGTH);
  let at = 0;
  let line = 1;

  const advance = (to: number) => {
    for (let i = at; i < to; i += 1) {
      if (text[i] === '\n') {
        line += 1;
      }
    }
    at = to;
  };
  const after = (mark: string, from: number) => {
    const found = text.indexOf(mark, from);
    return found < 0 ? end : found + mark.length;
  };
  const readString = (quote: string, prefix: string) => {
    const from = at + quote.length;
    let to = from;
    const isRaw = (language === 'go' && quote === '`') || /r/i.test(prefix);
    while (to < end && !text.startsWith(quote, to)) {
      to += text[to] === '\\' && !isRaw ? 2 : 1;
      if (quote.length === 1 && quote !== '`' && text[to - 1] === '\n') {
        break;
      }
    }
    const content = text.slice(from, Math.min(to, end));
    const dynamic =
      (quote === '`' && language === 'script' && content.includes('${')) ||
      (language === 'python' && /f/i.test(prefix) && content.includes('{')) ||
      (language === 'jvm' && /\$[\w{]/.test(content));
    tokens.push({
      type: 'string',
      text: content,
      line,
      ...(dynamic ? { dynamic } : {}),
    });
    // An apostrophe of JSX text ends with its line, which is not its end.
    const isEnded = text.startsWith(quote, to);
    advance(Math.min(to + (isEnded ? quote.length : 0), end));
  };
  const beginsPattern = () => {
    const last = tokens.at(-1);
    if (text[at - 1] === '<') {
      return false; // the end of a JSX element
    }
    return last?.type === 'word'
      ? BEFORE_PATTERN.has(last.text)
      : last?.type !== 'string' && !/^[)\]}]$/.test(last?.text ?? '');
  };
  const skipPattern = () => {
    let inClass = false;
    let to = at + 1;
    while (to < end && text[to] !== '\n' && (inClass || text[to] !== '/')) {
      if (text[to] === '[') inClass = true;
      if (text[to] === ']') inClass = false;
      to += text[to] === '\\' ? 2 : 1;
    }
    advance(Math.min(to + 1, end));
  };

  while (at < end) {
    const char = text[at];
    if (/\s/.test(char)) {
      advance(at + 1);
    } else if (language === 'python' && char === '#') {
      advance(after('\n', at));
    } else if (language !== 'python' && text.startsWith('//', at)) {
      advance(after('\n', at));
    } else if (language !== 'python' && text.startsWith('/*', at)) {
      advance(after('*/', at + 2));
    } else if (/["'`]/.test(char)) {
      const triple = char.repeat(3);
      const takesThree = language === 'python' || language === 'jvm';
      const isLong = takesThree && text.startsWith(triple, at);
      const last = tokens.at(-1);
      const isPrefixed =
        language === 'python' &&
        last?.type === 'word' &&
        /^[rbfu]{1,2}$/i.test(last.text) &&
        /\w/.test(text[at - 1] ?? '');
      const prefix = isPrefixed ? tokens.pop()!.text : '';
      readString(isLong ? triple : char, prefix);
    } else if (language === 'script' && char === '/' && beginsPattern()) {
      skipPattern();
    } else {
      WORD.lastIndex = at;
      NUMBER.lastIndex = at;
      const word = (WORD.exec(text) ?? NUMBER.exec(text))?.[0];
      tokens.push({ type: word ? 'word' : 'mark', text: word ?? char, line });
      advance(at + (word ?? char).length);
    }
  }
  return tokens;
}

/**
 * The arguments of a call, each as its tokens.
 *
 * @param open - index of the opening bracket
 */
export function argumentsAt(
  tokens: readonly SourceToken[],
  open: number,
): SourceToken[][] {
  const found: SourceToken[][] = [[]];
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index];
    const mark = token.type === 'mark' ? token.text : '';
    if (/^[([{]$/.test(mark)) {
      depth += 1;
      if (depth === 1) {
        continue;
      }
    } else if (/^[)\]}]$/.test(mark)) {
      depth -= 1;
      if (depth === 0) {
        break;
      }
    }
    if (mark === ',' && depth === 1) {
      found.push([]);
    } else {
      found.at(-1)!.push(token);
    }
  }
  return found.filter(tokensOf => tokensOf.length > 0);
}
