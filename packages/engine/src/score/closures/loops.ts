import { spend } from '../budget';
import type { FactView } from '../factView';
import { noteNulls } from './functions';
import type { MacroTerm, Run } from './term';
import { BuiltList, Fault, isMap, keysOf, typeOf, type Value } from './values';

const ELEMENTS_PER_UNIT = 4;

/** Walks the elements until `turn` says it has seen enough. A fault when the range is none, or where a null stands. */
function walk(
  macro: MacroTerm,
  view: FactView,
  turn: (element: Value) => boolean,
): Fault | undefined {
  const range = macro.list.run(view);
  if (range instanceof Fault) {
    return range;
  }
  let items: readonly unknown[];
  if (Array.isArray(range)) {
    items = range;
    noteNulls(items, view);
  } else if (isMap(range)) {
    items = keysOf(range);
  } else {
    return new Fault(`type mismatch: iterable vs ${typeOf(range)}`);
  }
  spend(items.length / ELEMENTS_PER_UNIT);
  const { elements, indices } = view;
  const { slot } = macro.variable;
  let isDone = false;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item === null || item instanceof Fault) {
      return view.element(items, index) as Fault;
    }
    if (isDone) {
      break;
    }
    spend(macro.turnCost);
    elements[slot] = item;
    indices[slot] = index;
    isDone = turn(item);
  }
  return undefined;
}

function notBoolean(value: Value): Fault {
  return value instanceof Fault
    ? value
    : new Fault(`type mismatch: expected bool, got ${typeOf(value)}`);
}

/** `all` with `decisive` false, `exists` with true: the first element of that kind decides, faults or not. */
function quantifier(macro: MacroTerm, run: Run, decisive: boolean): Run {
  return view => {
    let result: Value = !decisive;
    const fault = walk(macro, view, () => {
      const value = run(view);
      if (value === decisive) {
        result = decisive;
        return true;
      }
      if (value !== !decisive && !(result instanceof Fault)) {
        result = notBoolean(value);
      }
      return false;
    });
    return fault ?? result;
  };
}

function existsOne(macro: MacroTerm, run: Run): Run {
  return view => {
    let count = 0;
    let failure: Fault | undefined;
    const fault = walk(macro, view, () => {
      const value = run(view);
      if (value === true) {
        count += 1;
      } else if (value !== false) {
        failure = notBoolean(value);
      }
      return false;
    });
    return fault ?? failure ?? count === 1;
  };
}

function build(macro: MacroTerm): Run {
  const keeps = macro.condition?.run;
  const transform = macro.transform?.run;
  return view => {
    const built = new BuiltList();
    let failure: Fault | undefined;
    const fault = walk(macro, view, element => {
      if (keeps) {
        const value = keeps(view);
        if (value !== true) {
          failure = value === false ? failure : notBoolean(value);
          return false;
        }
      }
      if (failure === undefined) {
        const value = transform ? transform(view) : element;
        if (value instanceof Fault) {
          failure = value;
        } else {
          built.push(value);
        }
      }
      return false;
    });
    return fault ?? failure ?? built;
  };
}

/** The closure of a loop. */
export function loopRun(macro: MacroTerm): Run | undefined {
  const run = macro.condition?.run;
  if (macro.name === 'map' || macro.name === 'filter') {
    return build(macro);
  }
  if (!run) {
    return undefined;
  }
  return macro.name === 'exists_one'
    ? existsOne(macro, run)
    : quantifier(macro, run, macro.name === 'exists');
}
