/** A part of a pattern for one segment of a path. */
type Token =
  | { type: 'text'; text: string }
  | { type: 'any' }
  | { type: 'star' }
  | { type: 'class'; test: (character: string) => boolean };

/** A pattern for one segment, or for any number of them. */
type Segment = Token[] | 'segments';

const MAX_GLOB_LENGTH = 300;
const MAX_ALTERNATIVES = 64;

/** A pattern that is read, whose matching takes no more steps than the lengths of both multiplied. */
export type GlobPattern = (segments: readonly string[]) => boolean;

/**
 * Says why a glob of a service is not taken. There are `*`, `**`, `?`, `[abc]`, `[a-z]`, `[!abc]`, `{a,b}` and `\`; what
 * else globs can hold needs an expression that may take for ever on a path made for that.
 */
export function globProblem(glob: string): string | undefined {
  if (glob.length > MAX_GLOB_LENGTH) {
    return `A glob has at most ${MAX_GLOB_LENGTH} characters`;
  }
  return readGlob(glob.replace(/^!/, '')) && glob.replace(/^!/, '') !== ''
    ? undefined
    : `A glob is made of names and of *, **, ?, [abc], {a,b} with at most ${MAX_ALTERNATIVES} choices`;
}

/** Reads a glob; `undefined` for what {@link globProblem} tells. */
export function readGlob(glob: string): GlobPattern | undefined {
  const alternatives = expandBraces(glob);
  const patterns = alternatives?.map(readSegments);
  if (!patterns || !patterns.every(pattern => pattern !== undefined)) {
    return undefined;
  }
  return segments => patterns.some(pattern => matchPath(pattern, segments));
}

function expandBraces(glob: string): string[] | undefined {
  let done = [''];
  let at = 0;
  while (at < glob.length) {
    let piece = glob[at];
    let choices = [piece];
    if (piece === '\\') {
      piece = glob.slice(at, at + 2);
      choices = [piece];
    } else if (piece === '[') {
      piece = glob.slice(at, classEnd(glob, at));
      choices = [piece];
    } else if (piece === '{') {
      const group = readGroup(glob, at);
      const inner = group?.choices.map(expandBraces);
      if (!group || !inner?.every(choice => choice !== undefined)) {
        return undefined;
      }
      piece = glob.slice(at, group.end);
      choices = inner.flat();
    } else if (piece === '}') {
      return undefined;
    }
    if (done.length * choices.length > MAX_ALTERNATIVES) {
      return undefined;
    }
    done = done.flatMap(start => choices.map(choice => start + choice));
    at += piece.length;
  }
  return done;
}

/** The choices of a group that starts at a brace; there are at least two. */
function readGroup(
  glob: string,
  start: number,
): { choices: string[]; end: number } | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < glob.length; at += 1) {
    const character = glob[at];
    if (character === '\\') {
      at += 1;
    } else if (character === '[') {
      at = classEnd(glob, at) - 1;
    } else if (character === '{') {
      depth += 1;
    } else if (character === ',' && depth === 1) {
      choices.push(glob.slice(from, at));
      from = at + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        choices.push(glob.slice(from, at));
        return choices.length > 1 ? { choices, end: at + 1 } : undefined;
      }
    }
  }
  return undefined;
}

/** Behind the bracket that ends a class; behind the first one when it has no end. */
function classEnd(glob: string, start: number): number {
  const first = /^\[[!^]?\]?/.exec(glob.slice(start))?.[0].length ?? 1;
  const end = glob.indexOf(']', start + first);
  return end < 0 ? start + 1 : end + 1;
}

function readSegments(glob: string): Segment[] | undefined {
  const segments = glob
    .split('/')
    .map(text => (text === '**' ? 'segments' : readTokens(text)));
  return segments.every(segment => segment !== undefined)
    ? segments
    : undefined;
}

function readTokens(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '*') {
      if (tokens[tokens.length - 1]?.type !== 'star') {
        tokens.push({ type: 'star' });
      }
    } else if (character === '?') {
      tokens.push({ type: 'any' });
    } else if (character === '[') {
      const end = classEnd(text, at);
      const test = readClass(text.slice(at + 1, end - 1));
      if (end === at + 1 || !test) {
        return undefined;
      }
      tokens.push({ type: 'class', test });
      at = end - 1;
    } else if ('()|"]'.includes(character)) {
      return undefined;
    } else if (character === '\\') {
      at += 1;
      if (at === text.length) {
        return undefined;
      }
      tokens.push({ type: 'text', text: text[at] });
    } else {
      tokens.push({ type: 'text', text: character });
    }
  }
  return isExtended(text) ? undefined : tokens;
}

/** Whether brackets with a sign before them are in it, which `readTokens` would take apart. */
function isExtended(text: string): boolean {
  return /[?*+@!]\(/.test(text);
}

function readClass(
  inside: string,
): ((character: string) => boolean) | undefined {
  const isNegated = /^[!^]/.test(inside);
  const text = isNegated ? inside.slice(1) : inside;
  if (text === '' || /[[\]\\/]/.test(text)) {
    return undefined;
  }
  const ranges: [from: string, to: string][] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at + 1] === '-' && at + 2 < text.length) {
      ranges.push([text[at], text[at + 2]]);
      at += 2;
    } else {
      ranges.push([text[at], text[at]]);
    }
  }
  return character =>
    ranges.some(([from, to]) => from <= character && character <= to) !==
    isNegated;
}

/** Only the last `**` met has to be thought over again, since it can take whatever the ones before it could. */
function matchPath(
  pattern: readonly Segment[],
  segments: readonly string[],
): boolean {
  return matchRuns(
    pattern.length,
    segments.length,
    at => pattern[at] === 'segments',
    (at, index) => matchSegment(pattern[at] as Token[], segments[index]),
  );
}

function matchSegment(tokens: readonly Token[], segment: string): boolean {
  return matchRuns(
    tokens.length,
    segment.length,
    at => tokens[at].type === 'star',
    (at, index) => {
      const token = tokens[at];
      return token.type === 'text'
        ? token.text === segment[index]
        : token.type === 'any' ||
            (token.type === 'class' && token.test(segment[index]));
    },
  );
}

/** Matches items of a pattern, some of which take any number of what there is, in as many steps as both multiplied. */
function matchRuns(
  patternLength: number,
  length: number,
  takesAny: (at: number) => boolean,
  matches: (at: number, index: number) => boolean,
): boolean {
  let at = 0;
  let index = 0;
  let again: { at: number; index: number } | undefined;
  while (index < length) {
    if (at < patternLength && takesAny(at)) {
      again = { at: at + 1, index };
      at += 1;
    } else if (at < patternLength && matches(at, index)) {
      at += 1;
      index += 1;
    } else if (again) {
      again.index += 1;
      at = again.at;
      index = again.index;
    } else {
      return false;
    }
  }
  while (at < patternLength && takesAny(at)) {
    at += 1;
  }
  return at === patternLength;
}
