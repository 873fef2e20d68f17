import type { Evidence } from '../model';
import type { MacroTerm, Reference, Term } from './closures/term';
import { Fault, isMap, keysOf } from './closures/values';
import { placeOf, toJson, valueEvidence, type Place } from './evidence';
import type { FactView } from './factView';

/** Where an explanation stands: the facts with the elements that loops are at, how many loops, and the place in a file. */
export type Scope = {
  view: FactView;
  depth: number;
  place: Place;
};

/** The path a term reads, such as `repository.actions[0].uses`; `undefined` when it reads no single one. */
export function pathOf(term: Term, { view }: Scope): string | undefined {
  return term.pathAt?.(view);
}

/** The path of the list an element was taken from. */
export function listPathOf(element: unknown, list: Term, scope: Scope): string {
  const located = list.isExact
    ? undefined
    : scope.view.locate(element)?.replace(/\[\d+\]$/, '');
  return located ?? pathOf(list, scope) ?? 'list';
}

function collect(
  term: Term,
  pathOfTerm: (term: Term) => string | undefined,
  found: Map<string, Term>,
): void {
  if (term.macro) {
    collect(term.macro.list, pathOfTerm, found);
    return;
  }
  const path = pathOfTerm(term);
  if (path === undefined) {
    term.args.forEach(arg => collect(arg, pathOfTerm, found));
  } else if (!found.has(path)) {
    found.set(path, term);
  }
}

function toReferences(found: Map<string, Term>): Reference[] {
  return [...found].map(([path, term]) => ({ path, term }));
}

/** References that are the same for every entity, found once per term; `null` where they depend on values. */
export function staticReferencesOf(term: Term): readonly Reference[] | null {
  if (term.references === undefined) {
    let isStatic = true;
    const found = new Map<string, Term>();
    collect(
      term,
      part => {
        isStatic &&= part.path !== undefined || !part.pathAt;
        return part.path;
      },
      found,
    );
    term.references = isStatic ? toReferences(found) : null;
  }
  return term.references;
}

function evidenceAt({ path, term }: Reference, scope: Scope): Evidence {
  const value = term.run(scope.view);
  if (value instanceof Fault) {
    return { fact: path, ...scope.place, text: 'missing' };
  }
  if (term.isTest) {
    return {
      fact: path,
      ...scope.place,
      text: value === true ? 'present' : 'absent',
    };
  }
  return valueEvidence(path, value, scope.place);
}

/**
 * The paths an expression reads outside its loops, each with its value.
 *
 * @param limit - most entries.
 */
export function referencesOf(
  term: Term,
  scope: Scope,
  limit: number,
): Evidence[] {
  let references = staticReferencesOf(term);
  if (!references) {
    const found = new Map<string, Term>();
    collect(term, part => pathOf(part, scope), found);
    references = toReferences(found);
  }
  const evidence: Evidence[] = [];
  for (let i = 0; i < references.length && i < limit; i++) {
    evidence.push(evidenceAt(references[i], scope));
  }
  return evidence;
}

/** True outside all loops. */
export function isTopLevel(scope: Scope): boolean {
  return scope.depth === 0;
}

/** Elements of a list, or keys of a map; `undefined` for a term that is neither. */
export function elementsOf(
  list: Term,
  scope: Scope,
): readonly unknown[] | undefined {
  const value = list.run(scope.view);
  if (Array.isArray(value)) {
    return value;
  }
  return isMap(value) ? keysOf(value) : undefined;
}

/** Moves the variable of a loop to one of its elements, and says where that stands. */
export function enterElement(
  macro: MacroTerm,
  element: unknown,
  index: number,
  scope: Scope,
): Scope {
  const { view, depth, place } = scope;
  const { slot } = macro.variable;
  view.elements[slot] = element;
  view.indices[slot] = index;
  return { view, depth: depth + 1, place: placeOf(toJson(element), place) };
}
