import type { Node } from '../syntax';
import { suggestion } from './closest';
import { describeType, nameOf, textOf } from './describeType';
import { ANY, BOOL, DOUBLE, INT, STRING, type FactType } from './factType';

/** An argument of a call: what it is, and where it stands. */
export type Argument = { node: Node; type: FactType };
/** A call gives a type; what is wrong with it is reported, and the type is then `any`. */
export type CallType = (
  args: Argument[],
  report: (node: Node, message: string) => void,
  node: Node,
) => FactType;

const NUMBERS = ['int', 'double'];

const isNumber = ({ kind }: FactType) => NUMBERS.includes(kind);

/** True when a value of a type may be of a kind. */
export function mayBe(type: FactType, ...kinds: FactType['kind'][]): boolean {
  return type.kind === 'any' || kinds.includes(type.kind);
}

/** The type of a value that may be of any of several types. */
export function commonType(types: readonly FactType[]): FactType {
  const [first, ...others] = types;
  if (first === undefined || others.some(({ kind }) => kind !== first.kind)) {
    return ANY;
  }
  if (first.kind === 'string') {
    return others.length === 0 ? first : STRING;
  }
  const hasParts = first.kind === 'list' || first.kind === 'map';
  return hasParts && others.some(other => other !== first) ? ANY : first;
}

function whyNeverEqual(left: Argument, right: Argument): string | undefined {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'null' || b.kind === 'null') {
    return 'a field that is null counts as missing and is never equal to null: ask has(…) instead';
  }
  if (a.kind === 'any' || b.kind === 'any') {
    return undefined;
  }
  if (a.kind !== b.kind && !(isNumber(a) && isNumber(b))) {
    return `${describeType(a)} and ${describeType(b)} are never equal`;
  }
  for (const [{ node, type }, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const text = textOf(other.node);
    if (
      type.kind === 'string' &&
      type.values &&
      text !== undefined &&
      !type.values.includes(text)
    ) {
      return `${nameOf(
        node,
      )} is never '${text}', only one of ${type.values.join(', ')}${suggestion(
        text,
        type.values,
      )}`;
    }
  }
  return undefined;
}

const equality: CallType = ([left, right], report, node) => {
  const why = whyNeverEqual(left, right);
  if (why) {
    report(node, why);
  }
  return BOOL;
};

const ordering: CallType = ([left, right], report, node) => {
  const [a, b] = [left.type, right.type];
  const unordered = [a, b].find(
    type => !mayBe(type, 'int', 'double', 'string', 'bool'),
  );
  if (unordered) {
    report(node, `${describeType(unordered)} has no order`);
  } else if (
    a.kind !== 'any' &&
    b.kind !== 'any' &&
    a.kind !== b.kind &&
    !(isNumber(a) && isNumber(b))
  ) {
    report(
      node,
      `${describeType(a)} and ${describeType(
        b,
      )} have no order among each other`,
    );
  }
  return BOOL;
};

function arithmetic(symbol: string, ...kinds: FactType['kind'][]): CallType {
  return ([left, right], report, node) => {
    const [a, b] = [left.type, right.type];
    const wrong = [a, b].find(type => !mayBe(type, ...kinds));
    if (a.kind !== b.kind && isNumber(a) && isNumber(b)) {
      report(
        node,
        `there is no 'double ${symbol} int': numbers of facts are doubles, so write 1.0 instead of 1, and double(size(…)) for a size`,
      );
      return ANY;
    }
    if (wrong) {
      report(
        node,
        symbol === '%' && wrong.kind === 'double'
          ? `'%' takes integers, and numbers of facts are doubles: write int(…)`
          : `'${symbol}' does not take ${describeType(wrong)}`,
      );
      return ANY;
    }
    if (a.kind === 'any' || b.kind === 'any') {
      return ANY;
    }
    if (a.kind !== b.kind) {
      report(
        node,
        `there is no '${symbol}' of ${describeType(a)} and ${describeType(b)}`,
      );
      return ANY;
    }
    return commonType([a, b]);
  };
}

function logic(word: string): CallType {
  return (args, report) => {
    for (const { node, type } of args) {
      if (!mayBe(type, 'bool')) {
        report(
          node,
          `${word} takes true or false, and ${nameOf(node)} is ${describeType(
            type,
          )}`,
        );
      }
    }
    return BOOL;
  };
}

function ofTexts(name: string): CallType {
  return ([text, part], report, node) => {
    if (!mayBe(text.type, 'string')) {
      const hint =
        name === 'contains' && text.type.kind === 'list'
          ? `: write value in ${nameOf(text.node)}`
          : '';
      report(
        node,
        `'${name}' is of a text, and ${nameOf(text.node)} is ${describeType(
          text.type,
        )}${hint}`,
      );
    } else if (!mayBe(part.type, 'string')) {
      report(
        part.node,
        `'${name}' takes a text, and this is ${describeType(part.type)}`,
      );
    }
    return BOOL;
  };
}

const membership: CallType = ([value, holder], report, node) => {
  const { type } = holder;
  if (!mayBe(type, 'list', 'map')) {
    report(
      node,
      `'in' needs a list or an object, and ${nameOf(
        holder.node,
      )} is ${describeType(type)}`,
    );
  } else if (type.kind === 'list') {
    const why = whyNeverEqual(value, { node: holder.node, type: type.element });
    if (why) {
      report(node, why);
    }
  } else if (type.kind === 'map' && !mayBe(value.type, 'string')) {
    report(node, `keys are texts, and this is ${describeType(value.type)}`);
  }
  return BOOL;
};

function conversion(result: FactType, ...kinds: FactType['kind'][]): CallType {
  return ([{ node, type }], report) => {
    if (!mayBe(type, ...kinds)) {
      report(node, `${describeType(type)} cannot be converted`);
    }
    return result;
  };
}

const size: CallType = ([{ node, type }], report) => {
  if (!mayBe(type, 'list', 'map', 'string')) {
    report(
      node,
      `a size is of a list, an object or a text, and ${nameOf(
        node,
      )} is ${describeType(type)}`,
    );
  }
  return INT;
};

const choice: CallType = ([condition, then, otherwise], report) => {
  logic("'?'")([condition], report, condition.node);
  return commonType([then.type, otherwise.type]);
};

const negation: CallType = ([{ node, type }], report) => {
  if (!mayBe(type, 'int', 'double')) {
    report(node, `'-' takes a number, and this is ${describeType(type)}`);
    return ANY;
  }
  return type;
};

type Signature = { arity: number; method?: boolean; type: CallType };

/** Calls by function. `method`: true for methods only, false for functions only. */
export const CALLS: Readonly<Record<string, Signature>> = {
  '!_': { arity: 1, type: logic("'!'") },
  '-_': { arity: 1, type: negation },
  '_?_:_': { arity: 3, type: choice },
  '_==_': { arity: 2, type: equality },
  '_!=_': { arity: 2, type: equality },
  '_<_': { arity: 2, type: ordering },
  '_<=_': { arity: 2, type: ordering },
  '_>_': { arity: 2, type: ordering },
  '_>=_': { arity: 2, type: ordering },
  '_+_': { arity: 2, type: arithmetic('+', 'int', 'double', 'string', 'list') },
  '_-_': { arity: 2, type: arithmetic('-', 'int', 'double') },
  '_*_': { arity: 2, type: arithmetic('*', 'int', 'double') },
  '_/_': { arity: 2, type: arithmetic('/', 'int', 'double') },
  '_%_': { arity: 2, type: arithmetic('%', 'int') },
  '@in': { arity: 2, type: membership },
  size: { arity: 1, type: size },
  contains: { arity: 2, method: true, type: ofTexts('contains') },
  startsWith: { arity: 2, method: true, type: ofTexts('startsWith') },
  endsWith: { arity: 2, method: true, type: ofTexts('endsWith') },
  matches: { arity: 2, method: true, type: ofTexts('matches') },
  int: {
    arity: 1,
    method: false,
    type: conversion(INT, 'int', 'double', 'string'),
  },
  double: {
    arity: 1,
    method: false,
    type: conversion(DOUBLE, 'int', 'double', 'string'),
  },
  bool: { arity: 1, method: false, type: conversion(BOOL, 'bool', 'string') },
  string: {
    arity: 1,
    method: false,
    type: conversion(STRING, 'bool', 'int', 'double', 'string'),
  },
  dyn: { arity: 1, method: false, type: () => ANY },
};

/** `&&` and `||`, which take any number of parts. */
export const LOGIC: Readonly<Record<string, CallType>> = {
  '_&&_': logic("'&&'"),
  '_||_': logic("'||'"),
};
