import { spend } from '../budget';
import type { FactView } from '../factView';
import { meteredRe2 } from '../regularExpression';
import {
  add,
  divide,
  modulo,
  multiply,
  negate,
  subtract,
  toInteger,
} from './arithmetic';
import { areEqual } from './equality';
import {
  BuiltList,
  Fault,
  isMap,
  isPresent,
  keysOf,
  noOverload,
  type Value,
} from './values';

const CHARACTERS_PER_UNIT = 16;

type Unary = (value: Value) => Value;
type Binary = (left: Value, right: Value, view: FactView) => Value;

function spendOn(text: string): void {
  spend(1 + text.length / CHARACTERS_PER_UNIT);
}

function ordered(
  name: string,
  test: (left: any, right: any) => boolean,
): Binary {
  return (left, right) => {
    const [a, b] = [typeof left, typeof right];
    if (a === b ? a === 'number' || a === 'bigint' : false) {
      return test(left, right);
    }
    if (a === 'string' && b === 'string') {
      spendOn(left as string);
      return test(left, right);
    }
    if (a === 'boolean' && b === 'boolean') {
      return test(left, right);
    }
    return (a === 'number' && b === 'bigint') ||
      (a === 'bigint' && b === 'number')
      ? test(Number(left), Number(right))
      : noOverload(name, left, right);
  };
}

function ofStrings(
  name: string,
  test: (text: string, part: string) => boolean,
): Binary {
  return (text, part) => {
    if (typeof text !== 'string' || typeof part !== 'string') {
      return noOverload(name, text, part);
    }
    spendOn(text);
    spendOn(part);
    return test(text, part);
  };
}

function isIn(value: Value, holder: Value, view: FactView): Value {
  if (Array.isArray(holder)) {
    spend(holder.length);
    if (holder instanceof BuiltList || holder.includes(null)) {
      noteNulls(holder, view);
    }
    if (typeof value === 'string') {
      return holder.includes(value);
    }
    return holder.some(
      item =>
        item !== null &&
        !(item instanceof Fault) &&
        areEqual(item, value, view),
    );
  }
  if (isMap(holder) && !isMap(value) && !Array.isArray(value)) {
    return isPresent(holder, value);
  }
  return noOverload('@in', value, holder);
}

/** Asks for every null of a list, as walking it does. */
export function noteNulls(list: readonly unknown[], view: FactView): void {
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (item === null || item instanceof Fault) {
      view.element(list, index);
    }
  }
}

function matches(text: Value, pattern: Value): Value {
  if (typeof text !== 'string' || typeof pattern !== 'string') {
    return noOverload('matches', text, pattern);
  }
  try {
    return meteredRe2.compile(pattern).test(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'BudgetExceeded') {
      throw error;
    }
    return new Fault((error as Error).message);
  }
}

function size(value: Value): Value {
  if (Array.isArray(value)) {
    return BigInt(value.length);
  }
  if (typeof value === 'string') {
    spend(value.length);
    return BigInt([...value].length);
  }
  return isMap(value)
    ? BigInt(keysOf(value).length)
    : noOverload('size', value);
}

function parseInteger(text: string): Value {
  spend(text.length ** 2 / CHARACTERS_PER_UNIT);
  try {
    return toInteger(BigInt(text));
  } catch {
    return new Fault(`'${text.slice(0, 40)}' is no integer`);
  }
}

function toInt(value: Value): Value {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return toInteger(value);
  }
  return typeof value === 'string'
    ? parseInteger(value)
    : noOverload('int', value);
}

function toDouble(value: Value): Value {
  if (typeof value === 'string') {
    spend(value.length ** 2 / CHARACTERS_PER_UNIT);
  }
  return ['number', 'bigint', 'string'].includes(typeof value)
    ? Number(value)
    : noOverload('double', value);
}

const TRUE_TEXTS = ['true', 'True', 'TRUE', 't', '1'];
const FALSE_TEXTS = ['false', 'False', 'FALSE', 'f', '0'];

function toBool(value: Value): Value {
  if (typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'string') {
    return noOverload('bool', value);
  }
  const isTrue = TRUE_TEXTS.includes(value);
  return isTrue || FALSE_TEXTS.includes(value)
    ? isTrue
    : new Fault(`'${value.slice(0, 40)}' is neither true nor false`);
}

function toText(value: Value): Value {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
    ? String(value)
    : noOverload('string', value);
}

/** Functions and operators of one value; methods without arguments among them. */
export const UNARY: Readonly<Record<string, Unary>> = {
  '!_': value =>
    typeof value === 'boolean' ? !value : noOverload('!_', value),
  '-_': negate,
  size,
  int: toInt,
  double: toDouble,
  bool: toBool,
  string: toText,
  dyn: value => value,
};

/** Functions and operators of two values. Those of {@link METHODS} take the first before a dot. */
export const BINARY: Readonly<Record<string, Binary>> = {
  '_==_': areEqual,
  '_!=_': (left, right, view) => !areEqual(left, right, view),
  '_<_': ordered('_<_', (left, right) => left < right),
  '_<=_': ordered('_<=_', (left, right) => left <= right),
  '_>_': ordered('_>_', (left, right) => left > right),
  '_>=_': ordered('_>=_', (left, right) => left >= right),
  '_+_': add,
  '_-_': subtract,
  '_*_': multiply,
  '_/_': divide,
  '_%_': modulo,
  '@in': isIn,
  contains: ofStrings('contains', (text, part) => text.includes(part)),
  startsWith: ofStrings('startsWith', (text, part) => text.startsWith(part)),
  endsWith: ofStrings('endsWith', (text, part) => text.endsWith(part)),
  matches,
};

/** Functions that are called as methods only. */
export const METHODS: ReadonlySet<string> = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'matches',
]);
