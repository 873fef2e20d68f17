import {
  celEnv,
  celList,
  isCelList,
  isCelMap,
  type CelEnv,
  type CelInput,
  type CelValue,
} from '@bufbuild/cel';
import { BudgetExceeded, MAX_BUILT_SIZE, spend } from './budget';
import { FactList, FactMap } from './engine/engineFacts';
import { meteredRe2 } from './regularExpression';

/** Starts the list that a `map` or `filter` builds. Not writable in an expression. */
export const NEW_LIST = '@newList';
/** Adds one element to the list that a `map` or `filter` builds. */
export const APPEND = '@append';
/** Pays for walking a list or map before a loop does. */
export const RANGE = '@range';
/** Pays for one turn of a loop. */
export const TICK = '@tick';

const CHARACTERS_PER_UNIT = 16;
const ELEMENTS_PER_UNIT = 4;
const UNITS_PER_COMPARISON = 20;
const PARSERS = new Set(['int', 'uint', 'double', 'timestamp', 'duration']);

type Target = CelValue | undefined;
type FunctionGroup = NonNullable<ReturnType<CelEnv['funcs']['find']>>;

function sizeOf(value: Target): number {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return value.length;
  }
  return isCelList(value) || isCelMap(value) ? value.size : 0;
}

function spendOnJson(json: unknown): void {
  spend(UNITS_PER_COMPARISON);
  if (typeof json === 'string') {
    spend(Math.ceil(json.length / CHARACTERS_PER_UNIT));
  } else if (typeof json === 'object' && json !== null) {
    Object.values(json).forEach(spendOnJson);
  }
}

function spendOnTree(value: CelValue): void {
  if (value instanceof FactList || value instanceof FactMap) {
    // Not by its elements: reading a null would count as having asked for it.
    spendOnJson(value.json);
    return;
  }
  spend(UNITS_PER_COMPARISON);
  if (typeof value === 'string') {
    spend(Math.ceil(value.length / CHARACTERS_PER_UNIT));
  } else if (isCelList(value)) {
    for (const element of value) {
      spendOnTree(element);
    }
  } else if (isCelMap(value)) {
    for (const element of value.values()) {
      spendOnTree(element);
    }
  }
}

function spendOnText(name: string, text: string | Uint8Array): void {
  if (name === 'size') {
    spend(text.length);
  } else if (PARSERS.has(name)) {
    spend(Math.ceil(text.length ** 2 / CHARACTERS_PER_UNIT));
  } else {
    spend(Math.ceil(text.length / CHARACTERS_PER_UNIT));
  }
}

function spendOnCall(name: string, target: Target, args: CelValue[]): void {
  spend(1);
  if (name === '_==_' || name === '_!=_') {
    const [left, right] = args;
    if (left !== right && sizeOf(left) === sizeOf(right)) {
      spendOnTree(left);
    }
    return;
  }
  if (name === '@in' && isCelList(args[1])) {
    spend(args[1].size);
  }
  if (name === '_+_' && sizeOf(args[0]) + sizeOf(args[1]) > MAX_BUILT_SIZE) {
    spend(Infinity);
  }
  for (const value of target === undefined ? args : [target, ...args]) {
    if (typeof value === 'string' || value instanceof Uint8Array) {
      spendOnText(name, value);
    }
  }
}

const growing = new WeakMap<CelValue & object, CelInput[]>();

const loopFunctions: Record<string, (args: CelValue[]) => CelValue> = {
  [NEW_LIST]: () => {
    const elements: CelInput[] = [];
    const list = celList(elements);
    growing.set(list, elements);
    return list;
  },
  [APPEND]: ([list, element]) => {
    const elements = growing.get(list as CelValue & object)!;
    elements.push(element as CelInput);
    return list;
  },
  [RANGE]: ([range]) => {
    spend(Math.ceil(sizeOf(range) / ELEMENTS_PER_UNIT));
    return range;
  },
  [TICK]: ([units]) => {
    spend(Number(units));
    return true;
  },
};

function createMeteredEnvironment(): CelEnv {
  const base = celEnv({ re2: meteredRe2 });
  const groups = new Map<string, FunctionGroup | undefined>();
  const find = (name: string): FunctionGroup | undefined => {
    if (groups.has(name)) {
      return groups.get(name);
    }
    let group = base.funcs.find(name);
    if (loopFunctions[name]) {
      group = {
        name,
        call: (_id: number, _target: Target, args: CelValue[]) =>
          loopFunctions[name](args),
        [Symbol.iterator]: () => [][Symbol.iterator](),
      };
    } else if (group) {
      const call = group.call.bind(group);
      group = Object.create(group, {
        call: {
          value: (id: number, target: Target, args: CelValue[]) => {
            spendOnCall(name, target, args);
            const result = call(id, target, args);
            // The engine turns what a function throws into a value that && and || may absorb.
            if (
              result instanceof Error &&
              result.cause instanceof BudgetExceeded
            ) {
              throw result.cause;
            }
            return result;
          },
        },
      }) as FunctionGroup;
    }
    groups.set(name, group);
    return group;
  };
  const funcs = Object.create(base.funcs, { find: { value: find } });
  return Object.create(base, { funcs: { value: funcs } });
}

/**
 * The one environment all expressions run in: CEL's standard functions and no others, RE2 for `matches`, and every call
 * paid for from the open budget.
 */
export const environment: CelEnv = createMeteredEnvironment();
