import { spend } from './budget';
import { filterOfSize, type MacroTerm, type Term } from './closures/term';
import { elementEvidence, MAX_EVIDENCE, valueEvidence } from './evidence';
import { add, addLeaf, noFindings, type Findings } from './findings';
import {
  elementsOf,
  enterElement,
  listPathOf,
  pathOf,
  type Scope,
} from './references';

const COMPARISONS = ['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_'];

/** Counts the elements of a loop; those whose condition is not as expected are evidence, or what is within them. */
export function visitElements(
  macro: MacroTerm,
  expected: boolean,
  scope: Scope,
  into: Findings,
): void {
  const { condition } = macro;
  if (!condition) {
    return;
  }
  const isNested = condition.asksAboutElements;
  elementsOf(macro.list, scope)?.forEach((element, index) => {
    spend(1);
    const inner = enterElement(macro, element, index, scope);
    const value = condition.run(scope.view);
    const fallsShort = value === !expected;
    const within = noFindings();
    if (isNested && typeof value === 'boolean') {
      visit(condition, expected, inner, within);
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
  macro: MacroTerm,
  fallsShort: boolean,
  scope: Scope,
  into: Findings,
  text: (elements: number) => string,
): void {
  addLeaf(macro.list, fallsShort, scope, into, () => {
    const value = macro.list.run(scope.view);
    const path = pathOf(macro.list, scope) ?? 'list';
    return {
      ...valueEvidence(path, value, scope.place),
      text: text(elementsOf(macro.list, scope)?.length ?? 0),
    };
  });
}

function visitMacro(
  macro: MacroTerm,
  term: Term,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): void {
  const fallsShort = term.run(scope.view) === !wanted;
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
  term: Term,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): boolean {
  const { call, args } = term;
  if (!COMPARISONS.includes(call)) {
    return false;
  }
  const side = args.findIndex(arg => filterOfSize(arg) !== undefined);
  const macro = side === -1 ? undefined : filterOfSize(args[side]);
  if (!macro) {
    return false;
  }
  const size = Number(args[side].run(scope.view));
  const other = Number(args[1 - side].run(scope.view));
  const elements = elementsOf(macro.list, scope)?.length ?? 0;
  const isEquality = call === '_==_' && wanted;
  const limitsFromAbove =
    (call.startsWith('_<') === (side === 0)) === wanted && /[<>]/.test(call);
  if (isEquality && other === elements && elements > 0) {
    visitElements(macro, true, scope, into);
    return true;
  }
  if (limitsFromAbove || (isEquality && size >= other)) {
    const isWithin = term.run(scope.view) === wanted;
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
  term: Term,
  wanted: boolean,
  scope: Scope,
  into: Findings,
): void {
  spend(1);
  const { call, args, macro } = term;
  if (call === '!_') {
    visit(args[0], !wanted, scope, into);
    return;
  }
  if (call === '_&&_' || call === '_||_') {
    const needsAll = (call === '_&&_') === wanted;
    const holds = !needsAll && term.run(scope.view) === wanted;
    for (const part of args) {
      if (!holds || part.run(scope.view) === wanted) {
        visit(part, wanted, scope, into);
      }
    }
    return;
  }
  if (call === '_?_:_') {
    const chosen = args[0].run(scope.view);
    visit(args[chosen === true ? 1 : 2], wanted, scope, into);
    return;
  }
  if (macro) {
    visitMacro(macro, term, wanted, scope, into);
  } else if (!visitFilterSize(term, wanted, scope, into)) {
    addLeaf(term, term.run(scope.view) === !wanted, scope, into);
  }
}
