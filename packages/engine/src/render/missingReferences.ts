import type { ExpressionToken } from './expressionTokens';
import { readTemplateTags, type TemplateTag } from './templateTags';

/** A place where a template uses a name that has no value. */
export type MissingReference = {
  /** As written, such as `values.region` or `github.sha`. */
  variable: string;
  /** 1-based. */
  line: number;
  start: number;
  end: number;
};

const BUILT_IN = new Set(['range', 'cycler', 'joiner', 'loop', 'caller']);
const WORDS = new Set(
  'and or not in is if else true false null none'.split(' '),
);
const CONDITIONS = new Set(['if', 'elif', 'elseif']);

/**
 * Finds what a template would render as nothing because it was not given: a member of `values` that does not exist,
 * or any other variable. The renderer itself gives an empty text for these, without an error.
 *
 * @remarks
 * Asking whether a value was given is no use of it and is left out: `is defined`, `| default(...)`, and the plain
 * value as a condition (`{% if values.x %}`, `values.x or 'y'`, `'a' if values.x`). A comparison is a use.
 */
export function findMissingReferences(
  source: string,
  values: Record<string, unknown>,
): MissingReference[] {
  const tags = readTemplateTags(source);
  const locals = new Set(tags.flatMap(localNames));
  const missing: MissingReference[] = [];
  for (const tag of tags) {
    for (const chain of referencesOf(tag)) {
      const [root, ...keys] = chain.parts;
      if (locals.has(root) || BUILT_IN.has(root)) {
        continue;
      }
      const variable =
        root === 'values' ? missingKey(keys, values) : chain.parts.join('.');
      if (variable && !isGuarded(tag, chain, root === 'values')) {
        missing.push({
          variable,
          line: source.slice(0, chain.start).split('\n').length,
          start: chain.start,
          end: chain.end,
        });
      }
    }
  }
  return missing;
}

/** Whether a template draws from chance, which would make every render differ. */
export function usesRandom(source: string): boolean {
  return readTemplateTags(source).some(({ tokens }) =>
    tokens.some(
      (token, index) =>
        token.value === 'random' &&
        token.kind === 'name' &&
        tokens[index - 1]?.value === '|',
    ),
  );
}

type Chain = {
  parts: string[];
  start: number;
  end: number;
  /** Positions of the first and the last token in the tag. */
  first: number;
  last: number;
};

function missingKey(keys: string[], values: unknown): string | undefined {
  let current: unknown = values;
  for (const [index, key] of keys.entries()) {
    if (typeof current === 'object' && !Array.isArray(current)) {
      if (current === null || !Object.hasOwn(current, key)) {
        return ['values', ...keys.slice(0, index + 1)].join('.');
      }
      current = (current as Record<string, unknown>)[key];
    } else {
      return undefined;
    }
  }
  return undefined;
}

function referencesOf(tag: TemplateTag): Chain[] {
  const { name, tokens } = tag;
  const chains: Chain[] = [];
  const brackets: string[] = [];
  const begin = expressionStart(tag);
  for (let index = begin; index < tokens.length; index++) {
    const token = tokens[index];
    const before = tokens[index - 1];
    if (token.kind === 'operator') {
      if ('([{'.includes(token.value)) {
        brackets.push(token.value);
      } else if (')]}'.includes(token.value)) {
        brackets.pop();
      }
      continue;
    }
    if (token.kind !== 'name' || WORDS.has(token.value)) {
      continue;
    }
    if (before?.value === '|' || (name === 'filter' && index === begin)) {
      while (tokens[index + 1]?.value === '.') {
        index += 2;
      }
      continue;
    }
    const next = tokens[index + 1]?.value;
    const isTest =
      isWord(before, 'is') ||
      (isWord(before, 'not') && isWord(tokens[index - 2], 'is'));
    const isKey = next === ':' && brackets.at(-1) === '{';
    const isArgumentName = next === '=' && brackets.at(-1) === '(';
    if (isTest || isKey || isArgumentName || before?.value === '.') {
      continue;
    }
    const chain = readChain(tokens, index);
    chains.push(chain);
    index = chain.last;
  }
  return chains;
}

function readChain(tokens: ExpressionToken[], first: number): Chain {
  const parts = [tokens[first].value];
  let last = first;
  for (;;) {
    const [opening, key, closing] = tokens.slice(last + 1, last + 4);
    if (opening?.value === '.' && key?.kind === 'name') {
      parts.push(key.value);
      last += 2;
    } else if (
      opening?.value === '[' &&
      key?.kind === 'string' &&
      closing?.value === ']'
    ) {
      parts.push(key.value);
      last += 3;
    } else {
      break;
    }
  }
  const { start } = tokens[first];
  return { parts, start, end: tokens[last].end, first, last };
}

function isGuarded(tag: TemplateTag, chain: Chain, isValue: boolean): boolean {
  const { tokens } = tag;
  const after = tokens[chain.last + 1];
  const afterNext = tokens[chain.last + 2];
  if (after?.value === '|' && ['default', 'd'].includes(afterNext?.value)) {
    return true;
  }
  if (isWord(after, 'is')) {
    const test = isWord(afterNext, 'not') ? tokens[chain.last + 3] : afterNext;
    return test?.value === 'defined' || test?.value === 'undefined';
  }
  return isValue && isPlainCondition(tag, chain);
}

function isPlainCondition(tag: TemplateTag, chain: Chain): boolean {
  const { tokens } = tag;
  let { first, last } = chain;
  while (isGrouping(tokens, first - 1) && tokens[last + 1]?.value === ')') {
    first -= 1;
    last += 1;
  }
  const before = tokens[first - 1];
  const after = tokens[last + 1];
  const opens =
    first === expressionStart(tag) ||
    isWord(before, 'and', 'or', 'not', 'if') ||
    ['(', '[', ','].includes(before?.value);
  const closes =
    !after ||
    isWord(after, 'and', 'or', 'if', 'else') ||
    [')', ']', ','].includes(after.value);
  if (!opens || !closes) {
    return false;
  }
  return (
    isWord(after, 'and', 'or') ||
    isWord(before, 'not') ||
    isInCondition(tag, first)
  );
}

/** Whether what stands at `index` decides something by its truth, outside any call's arguments. */
function isInCondition({ name, tokens }: TemplateTag, index: number): boolean {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const { value } = tokens[i];
    if (')]}'.includes(value)) {
      depth += 1;
    } else if ('([{'.includes(value)) {
      if (depth === 0 && !isGrouping(tokens, i)) {
        return false;
      }
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && isWord(tokens[i], 'if')) {
      return true;
    } else if (depth === 0 && isWord(tokens[i], 'else')) {
      return false;
    }
  }
  return CONDITIONS.has(name);
}

/** Whether a parenthesis only groups; otherwise it holds the arguments of a call. */
function isGrouping(tokens: ExpressionToken[], index: number): boolean {
  const callee = tokens[index - 1];
  const isCall =
    (callee?.kind === 'name' && !WORDS.has(callee.value)) ||
    callee?.value === ')' ||
    callee?.value === ']';
  return tokens[index]?.value === '(' && !isCall;
}

function isWord(token: ExpressionToken | undefined, ...words: string[]) {
  return token?.kind === 'name' && words.includes(token.value);
}

/** Names that a template gives values to itself; scopes are not told apart. */
function localNames(tag: TemplateTag): string[] {
  const { name, tokens } = tag;
  if (name === 'for' || name === 'set' || name === 'call') {
    return namesIn(tokens.slice(0, expressionStart(tag)));
  }
  if (name === 'macro') {
    return namesIn(
      tokens.filter((_, index) =>
        [undefined, '(', ','].includes(tokens[index - 1]?.value),
      ),
    );
  }
  return [];
}

function namesIn(tokens: ExpressionToken[]): string[] {
  return tokens
    .filter(token => token.kind === 'name')
    .map(token => token.value);
}

/** Index of the first token that is evaluated; what stands before it declares names. */
function expressionStart({ name, tokens }: TemplateTag): number {
  switch (name) {
    case 'for':
      return tokens.findIndex(token => isWord(token, 'in')) + 1;
    case 'set': {
      const assignment = tokens.findIndex(token => token.value === '=');
      return assignment < 0 ? tokens.length : assignment + 1;
    }
    case 'call':
      return tokens[0]?.value === '('
        ? tokens.findIndex(token => token.value === ')') + 1
        : 0;
    case 'block':
    case 'endblock':
      return tokens.length;
    default:
      return 0;
  }
}
