import { spend } from '../budget';
import type { FactView } from '../factView';
import type { Node } from '../syntax';
import { BINARY, METHODS, UNARY } from './functions';
import { loopRun } from './loops';
import type { LoopVariable, MacroTerm, Run, Term } from './term';
import {
  BuiltList,
  Fault,
  isMap,
  isPresent,
  typeOf,
  type Value,
} from './values';

/** What the closure of a node is made from. */
export type Parts = {
  node: Node;
  args: readonly Term[];
  macro?: MacroTerm;
  /** Set for a variable of a loop. */
  variable?: LoopVariable;
  /** Set for the name of a fact. */
  source?: string;
};

const ON_EVERY_OBJECT = new Set(Object.getOwnPropertyNames(Object.prototype));

function select(operand: Term, field: string): Run {
  const { run, isExact, pathAt } = operand;
  const mayInherit = ON_EVERY_OBJECT.has(field);
  const access = fieldAccess(field);
  const missing = (view: FactView, holder: Value) => {
    const path = pathAt?.(view);
    return isExact && path !== undefined
      ? view.missingAt(path + access, holder)
      : view.missingKey(holder, field, path);
  };
  return view => {
    const holder = run(view) as Record<string, unknown>;
    if (!isMap(holder)) {
      return (holder as unknown) instanceof Fault
        ? holder
        : new Fault(`field not found: ${field}`);
    }
    const value = holder[field];
    if (
      value === undefined ||
      value === null ||
      (mayInherit && !Object.hasOwn(holder, field))
    ) {
      return missing(view, holder);
    }
    return value;
  };
}

function fieldAccess(field: string): string {
  return `.${field}`;
}

function has({ run }: Term, field: string): Run {
  return view => {
    const holder = run(view);
    if (holder instanceof Fault) {
      return holder;
    }
    return isMap(holder) && isPresent(holder, field);
  };
}

function index(holderTerm: Term, keyTerm: Term): Run {
  return view => {
    const holder = holderTerm.run(view);
    if (holder instanceof Fault) {
      return holder;
    }
    const key = keyTerm.run(view);
    if (key instanceof Fault) {
      return key;
    }
    if (isMap(holder) && typeof key === 'string') {
      return isPresent(holder, key)
        ? holder[key]
        : view.missingKey(holder, key, holderTerm.pathAt?.(view));
    }
    if (Array.isArray(holder) && typeof key !== 'string') {
      const position = typeof key === 'object' ? NaN : Number(key);
      if (position in holder && position >= 0) {
        return view.element(holder, position);
      }
    }
    return new Fault(
      `no element at ${
        typeof key === 'object' ? typeOf(key) : String(key)
      } of a ${typeOf(holder)}`,
    );
  };
}

/** `&&` with `decisive` false, `||` with true: one such part decides, whatever the others are. */
function logic(args: readonly Term[], decisive: boolean): Run {
  const runs = args.map(({ run }) => run);
  return view => {
    let failure: Fault | undefined;
    for (let i = 0; i < runs.length; i++) {
      const value = runs[i](view);
      if (value === decisive) {
        return decisive;
      }
      if (value !== !decisive && failure === undefined) {
        failure =
          value instanceof Fault
            ? value
            : new Fault(`type mismatch: expected bool, got ${typeOf(value)}`);
      }
    }
    return failure ?? !decisive;
  };
}

function conditional([condition, then, otherwise]: readonly Term[]): Run {
  return view => {
    const value = condition.run(view);
    if (value === true) {
      return then.run(view);
    }
    if (value === false) {
      return otherwise.run(view);
    }
    return value instanceof Fault
      ? value
      : new Fault(`type mismatch: expected bool, got ${typeOf(value)}`);
  };
}

function constant(node: Node): Run | undefined {
  if (node.exprKind.case !== 'constExpr') {
    return undefined;
  }
  const { constantKind } = node.exprKind.value;
  switch (constantKind.case) {
    case 'boolValue':
    case 'doubleValue':
    case 'stringValue':
    case 'int64Value': {
      const { value } = constantKind;
      return () => value;
    }
    default:
      return undefined;
  }
}

function list(args: readonly Term[]): Run {
  const runs = args.map(({ run }) => run);
  const isConstant = args.every(
    ({ node }) => node.exprKind.case === 'constExpr',
  );
  const make: Run = view => {
    const built = new BuiltList();
    for (const run of runs) {
      const value = run(view);
      if (value instanceof Fault) {
        return value;
      }
      built.push(value);
    }
    return built;
  };
  if (!isConstant) {
    return make;
  }
  let known: Value;
  return view => (known ??= make(view));
}

function unary(name: string, { run }: Term): Run {
  const apply = UNARY[name];
  return view => {
    const value = run(view);
    if (value instanceof Fault) {
      return value;
    }
    spend(1);
    return apply(value);
  };
}

function binary(name: string, [left, right]: readonly Term[]): Run {
  const apply = BINARY[name];
  const [runLeft, runRight] = [left.run, right.run];
  return view => {
    const a = runLeft(view);
    if (a instanceof Fault) {
      return a;
    }
    const b = runRight(view);
    if (b instanceof Fault) {
      return b;
    }
    spend(1);
    return apply(a, b, view);
  };
}

const COMPARE: Readonly<
  Record<string, (left: number, right: number) => boolean>
> = {
  '_==_': (left, right) => left === right,
  '_!=_': (left, right) => left !== right,
  '_<_': (left, right) => left < right,
  '_<=_': (left, right) => left <= right,
  '_>_': (left, right) => left > right,
  '_>=_': (left, right) => left >= right,
};

/** A comparison with a whole number that is written out, so that JSON numbers need no conversion. */
function comparedWith(
  name: string,
  { run }: Term,
  constantTerm: Term,
): Run | undefined {
  const { exprKind } = constantTerm.node;
  const value =
    exprKind.case === 'constExpr' && exprKind.value.constantKind.value;
  if (
    !Object.hasOwn(COMPARE, name) ||
    typeof value !== 'bigint' ||
    !Number.isSafeInteger(Number(value))
  ) {
    return undefined;
  }
  const compare = COMPARE[name];
  const apply = BINARY[name];
  const number = Number(value);
  return view => {
    const left = run(view);
    spend(1);
    if (typeof left === 'number') {
      return compare(left, number);
    }
    return left instanceof Fault ? left : apply(left, value, view);
  };
}

function call(name: string, isMethod: boolean, args: readonly Term[]) {
  switch (name) {
    case '_&&_':
      return logic(args, false);
    case '_||_':
      return logic(args, true);
    case '_?_:_':
      return conditional(args);
    case '_[_]':
      return index(args[0], args[1]);
    default:
  }
  if (args.length === 1 && Object.hasOwn(UNARY, name)) {
    return !isMethod || name === 'size' ? unary(name, args[0]) : undefined;
  }
  if (args.length === 2 && Object.hasOwn(BINARY, name)) {
    return METHODS.has(name) === isMethod
      ? comparedWith(name, args[0], args[1]) ?? binary(name, args)
      : undefined;
  }
  return undefined;
}

/** The closure of a node; `undefined` for what only the library evaluates. */
export function closureRun(parts: Parts): Run | undefined {
  const { node, args, macro, variable, source } = parts;
  const { exprKind } = node;
  switch (exprKind.case) {
    case 'identExpr':
      if (variable) {
        const { slot } = variable;
        return view => view.elements[slot];
      }
      return source === undefined
        ? undefined
        : view => view.data(source) ?? view.missingAt(source);
    case 'selectExpr':
      return exprKind.value.testOnly
        ? has(args[0], exprKind.value.field)
        : select(args[0], exprKind.value.field);
    case 'callExpr':
      return call(
        exprKind.value.function,
        exprKind.value.target !== undefined,
        args,
      );
    case 'listExpr':
      return exprKind.value.optionalIndices.length > 0 ? undefined : list(args);
    case 'comprehensionExpr':
      return macro && loopRun(macro);
    default:
      return constant(node);
  }
}
