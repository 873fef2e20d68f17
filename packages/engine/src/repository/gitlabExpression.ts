import { both, either } from './triggers';

/** The name of a branch that the files do not tell. */
export interface BranchName {
  branch: 'default' | 'other';
}

/** What a variable holds: a text, a branch, `some` text, `null` when it is not set; `undefined` when nobody knows. */
export type Value = string | BranchName | { some: true } | null | undefined;

type Token =
  | { type: 'operator'; text: string }
  | { type: 'value'; value: Value }
  | { type: 'pattern'; pattern: string; flags: string };

const MAX_LENGTH = 2_000;
const MAX_PATTERN = 200;
const MAX_DEPTH = 50;
const DEFAULT_BRANCHES = ['main', 'master'];
const TOKEN =
  /\s*(?:(\|\||&&|==|!=|=~|!~|[()!])|\$\{?([A-Za-z_]\w*)\}?|"([^"]*)"|'([^']*)'|(null)\b|\/((?:[^/\\]|\\.)*)\/([a-z]*))\s*/y;

function tokenize(
  text: string,
  valueOf: (name: string) => Value,
): Token[] | undefined {
  const tokens: Token[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) {
      return undefined;
    }
    const [, operator, variable, quoted, single, unset, pattern, flags] = match;
    if (operator !== undefined) {
      tokens.push({ type: 'operator', text: operator });
    } else if (variable !== undefined) {
      tokens.push({ type: 'value', value: valueOf(variable) });
    } else if (pattern !== undefined) {
      tokens.push({ type: 'pattern', pattern, flags });
    } else {
      const value = unset === undefined ? quoted ?? single : null;
      tokens.push({ type: 'value', value });
    }
  }
  return tokens;
}

function isSet(value: Value): boolean | undefined {
  return value === undefined ? undefined : value !== null && value !== '';
}

/** Whether two values are the same text. */
export function isSame(a: Value, b: Value): boolean | undefined {
  if (a === undefined || b === undefined) {
    return undefined;
  }
  if (a === null || b === null || a === '' || b === '') {
    return a === b ? true : a !== null && b !== null && a === b;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b;
  }
  const [branch, other] =
    typeof a === 'object' && 'branch' in a ? [a, b] : [b, a];
  if (typeof branch === 'string' || !('branch' in branch)) {
    return undefined;
  }
  if (typeof other === 'string') {
    const isUsual = DEFAULT_BRANCHES.includes(other);
    return isUsual ? branch.branch === 'default' : undefined;
  }
  if (
    'some' in other ||
    (branch.branch === 'other' && other.branch === 'other')
  ) {
    return undefined;
  }
  return branch.branch === other.branch;
}

function usualNames(value: Value): string[] {
  const isDefault =
    typeof value === 'object' &&
    value !== null &&
    'branch' in value &&
    value.branch === 'default';
  return isDefault ? DEFAULT_BRANCHES : [];
}

/** Whether a value matches a regular expression, as far as that can be told. */
export function matchesPattern(
  value: Value,
  pattern: string,
  flags: string,
): boolean | undefined {
  if (value === null) {
    return false;
  }
  const texts = typeof value === 'string' ? [value] : usualNames(value);
  // The patterns are the repository's: on texts as short as these none takes long.
  if (
    texts.length === 0 ||
    pattern.length > MAX_PATTERN ||
    texts.some(text => text.length > 30)
  ) {
    return undefined;
  }
  try {
    const expression = new RegExp(pattern, flags.includes('i') ? 'i' : '');
    const [first, ...rest] = texts.map(text => expression.test(text));
    return rest.every(answer => answer === first) ? first : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the expression of an `if` in GitLab holds: comparisons, matches and variables that are set, with `&&`, `||`,
 * `!` and parentheses. Open where a variable is, and for what makes no sense.
 *
 * @param valueOf - what a variable holds
 */
export function gitlabCondition(
  text: string,
  valueOf: (name: string) => Value,
): boolean | undefined {
  const tokens = text.length > MAX_LENGTH ? undefined : tokenize(text, valueOf);
  if (!tokens || tokens.length === 0) {
    return undefined;
  }
  let at = 0;
  let isBroken = false;
  const operator = (...names: string[]) => {
    const token = tokens[at];
    if (token?.type === 'operator' && names.includes(token.text)) {
      at += 1;
      return token.text;
    }
    return undefined;
  };

  function single(depth: number): boolean | undefined {
    if (depth > MAX_DEPTH) {
      isBroken = true;
      return undefined;
    }
    if (operator('!')) {
      const held = single(depth + 1);
      return held === undefined ? undefined : !held;
    }
    if (operator('(')) {
      const held = anyOf(depth + 1);
      isBroken ||= !operator(')');
      return held;
    }
    const left = tokens![at];
    at += 1;
    if (left?.type !== 'value') {
      isBroken = true;
      return undefined;
    }
    const how = operator('==', '!=', '=~', '!~');
    if (how === undefined) {
      return isSet(left.value);
    }
    const right = tokens![at];
    at += 1;
    let held: boolean | undefined;
    if (right?.type === 'value' && /^[=!]=$/.test(how)) {
      held = isSame(left.value, right.value);
    } else if (right?.type === 'pattern' && how.endsWith('~')) {
      held = matchesPattern(left.value, right.pattern, right.flags);
    } else {
      // A pattern that a variable holds stays open.
      isBroken ||= right?.type !== 'value';
      return undefined;
    }
    return held === undefined || how.startsWith('=') ? held : !held;
  }

  function allOf(depth: number): boolean | undefined {
    let held = single(depth);
    while (operator('&&')) {
      held = both(held, single(depth));
    }
    return held;
  }

  function anyOf(depth: number): boolean | undefined {
    let held = allOf(depth);
    while (operator('||')) {
      held = either(held, allOf(depth));
    }
    return held;
  }

  const held = anyOf(0);
  return isBroken || at < tokens.length ? undefined : held;
}
