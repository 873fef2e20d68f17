import { spend } from './budget';
import { elementEvidence, MAX_EVIDENCE, valueEvidence } from './evidence';
import { evaluateNode } from './expression';
import { add, addLeaf, noFindings, type Findings } from './findings';
import {
  elementsOf,
  listPathOf,
  pathOf,
  scopeOfElement,
  type Scope,
} from './references';
import {
  asCall,
  filterOfSize,
  macroOf,
  walk,
  type Macro,
  type Node,
} from './syntax';

const COMPARISONS = ['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_'];

const askingAboutElements = new WeakMap<Node, boolean>();

function asksAboutElements(node: Node): boolean {
  let asks = askingAboutElements.get(node);
  if (asks === undefined) {
    asks = false;
    walk(node, inner => {
      const name = macroOf(inner)?.name;
      asks ||= name === 'all' || name === 'exists' || !!filterOfSize(inner);
    });
    askingAboutElements.set(node, asks);
  }
  return asks;
}

/** Counts the elements of a loop; those whose condition is not as expected are evidence, or what is within them. */
export function visitElements(
  macro: Macro,
  expected: boolean,
  scope: Scope,
  into: Findings,
): void {
  const isNested = asksAboutElements(macro.condition);
  elementsOf(macro.list, scope)?.forEach((element, index) => {
    spend(1);
    const inner = scopeOfElement(macro, element, index, scope);
    const value = evaluateNode(macro.condition, inner.bindings);
    const fallsShort = value === !expected;
    const within = noFindings();
    if (isNested && typeof value === 'boolean') {
      visit(macro.condition, expected, inner, within);
      into.elements.total += within.elements.total;
      if (fallsShort) {
        into.elements.count += within.elements.count;
        into.found += within.found;
        into.evidence.push(
          ...within.evidence.slice(0, MAX_EVIDENCE - into.evidence.length),
        );
      }
    }
    const isExplained = within.found > 0 && within.leaves.count === 0;
    if (fallsShort && !isExplained) {
      into.elements.count += 1;
      add(into, () =>
        elementEvidence(
          listPathOf(element, macro.list, scope),
          element,
          inner.place,
        ),
      );
    }
    if (within.elements.total === 0 || (fallsShort && !isExplained)) {
      into.elements.total += 1;
    }
  });
}

function addList(
  macro: Macro,
  fallsShort: boolean,
  scope: Scope,
  into: Findings,
  text: (elements: number) => string,
): void {
  addLeaf(macro.list, fallsShort, scope, into, () => {
    const value = evaluateNode(macro.list, scope.bindings);
    const path = pathOf(macro.list, scope) ?? 'list';
    return {
      ...valueEvidence(path, value, scope.place),
      text: text(elementsOf(macro.list, scope)?.length ?? 0),
    };
  });
}

function visitMacro(
  macro: Macro,
  node: Node,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): void {
  const fallsShort = evaluateNode(node, scope.bindings) === !wanted;
  if (macro.name === 'all' && wanted) {
    visitElements(macro, true, scope, into);
  } else if (macro.name === 'exists' && !wanted) {
    visitElements(macro, false, scope, into);
  } else if (macro.name === 'exists_one' && fallsShort) {
    const matches = noFindings();
    visitElements(macro, false, scope, matches);
    if (matches.found > 0) {
      matches.evidence.forEach(entry => add(into, () => entry));
      into.elements.count += matches.elements.count;
      into.elements.total += matches.elements.total;
    } else {
      addList(macro, true, scope, into, size => `none of ${size} matches`);
    }
  } else {
    addList(macro, fallsShort, scope, into, size =>
      wanted ? `none of ${size} matches` : `all ${size} match`,
    );
  }
}

/** `size(list.filter(x, condition))` compared with something: too many matches, or elements that should match too. */
function visitFilterSize(
  node: Node,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): boolean {
  const call = asCall(node);
  if (!call || !COMPARISONS.includes(call.function)) {
    return false;
  }
  const side = call.args.findIndex(arg => filterOfSize(arg) !== undefined);
  const macro = side === -1 ? undefined : filterOfSize(call.args[side]);
  if (!macro) {
    return false;
  }
  const size = Number(evaluateNode(call.args[side], scope.bindings));
  const other = Number(evaluateNode(call.args[1 - side], scope.bindings));
  const elements = elementsOf(macro.list, scope)?.length ?? 0;
  const isEquality = call.function === '_==_' && wanted;
  const limitsFromAbove =
    (call.function.startsWith('_<') === (side === 0)) === wanted &&
    /[<>]/.test(call.function);
  if (isEquality && other === elements && elements > 0) {
    visitElements(macro, true, scope, into);
    return true;
  }
  if (limitsFromAbove || (isEquality && size >= other)) {
    const isWithin = evaluateNode(node, scope.bindings) === wanted;
    if (isWithin) {
      into.elements.total += elements;
    } else {
      visitElements(macro, false, scope, into);
    }
    return true;
  }
  return false;
}

/** Finds what keeps a boolean expression from being `wanted`. Takes its work from the open budget. */
export function visit(
  node: Node,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): void {
  spend(1);
  const call = asCall(node);
  if (call?.function === '!_') {
    visit(call.args[0], !wanted, scope, into);
    return;
  }
  if (call?.function === '_&&_' || call?.function === '_||_') {
    const needsAll = (call.function === '_&&_') === wanted;
    const holds = !needsAll && evaluateNode(node, scope.bindings) === wanted;
    for (const part of call.args) {
      if (!holds || evaluateNode(part, scope.bindings) === wanted) {
        visit(part, wanted, scope, into);
      }
    }
    return;
  }
  if (call?.function === '_?_:_') {
    const chosen = evaluateNode(call.args[0], scope.bindings);
    visit(call.args[chosen === true ? 1 : 2], wanted, scope, into);
    return;
  }
  const macro = macroOf(node);
  if (macro) {
    visitMacro(macro, node, wanted, scope, into);
  } else if (!visitFilterSize(node, wanted, scope, into)) {
    const fallsShort = evaluateNode(node, scope.bindings) === !wanted;
    addLeaf(node, fallsShort, scope, into);
  }
}
