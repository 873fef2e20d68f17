import { isCelError, isCelList, isCelMap } from '@bufbuild/cel';
import type { Evidence } from '../model';
import { placeOf, toJson, valueEvidence, type Place } from './evidence';
import { evaluateNode, type Bindings } from './expression';
import { FactList, FactMap, keyAccess } from './factView';
import { asCall, childrenOf, macroOf, type Macro, type Node } from './syntax';

/** Where an explanation stands: variables, the paths of those that loops have bound, and the place in a file. */
export type Scope = {
  bindings: Bindings;
  paths: ReadonlyMap<string, string>;
  place: Place;
};

/** The path a node reads, such as `repository.actions[0].uses`; `undefined` when it reads no single one. */
export function pathOf(node: Node, scope: Scope): string | undefined {
  const { exprKind } = node;
  if (exprKind.case === 'identExpr') {
    const { name } = exprKind.value;
    return scope.paths.get(name) ?? (name in scope.bindings ? name : undefined);
  }
  if (exprKind.case === 'selectExpr') {
    const path =
      exprKind.value.operand && pathOf(exprKind.value.operand, scope);
    return path && `${path}${keyAccess(exprKind.value.field)}`;
  }
  const call = asCall(node);
  if (call?.function === '_[_]') {
    const path = pathOf(call.args[0], scope);
    const key = evaluateNode(call.args[1], scope.bindings);
    if (path === undefined || isCelError(key)) {
      return undefined;
    }
    return `${path}${
      typeof key === 'string' ? keyAccess(key) : `[${String(key)}]`
    }`;
  }
  const macro = macroOf(node);
  return macro && pathOf(macro.list, scope);
}

/** The path of the list an element was taken from. */
export function listPathOf(element: unknown, list: Node, scope: Scope): string {
  if (element instanceof FactMap || element instanceof FactList) {
    return element.path.replace(/\[\d+\]$/, '');
  }
  return pathOf(list, scope) ?? 'list';
}

function collect(node: Node, scope: Scope, found: Map<string, Node>): void {
  const macro = macroOf(node);
  if (macro) {
    collect(macro.list, scope, found);
    return;
  }
  const path = pathOf(node, scope);
  if (path === undefined) {
    childrenOf(node).forEach(child => collect(child, scope, found));
  } else if (!found.has(path)) {
    found.set(path, node);
  }
}

function evidenceAt(path: string, node: Node, scope: Scope): Evidence {
  const value = evaluateNode(node, scope.bindings);
  if (isCelError(value)) {
    return { fact: path, ...scope.place, text: 'missing' };
  }
  if (node.exprKind.case === 'selectExpr' && node.exprKind.value.testOnly) {
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
  node: Node,
  scope: Scope,
  limit: number,
): Evidence[] {
  const found = new Map<string, Node>();
  collect(node, scope, found);
  return [...found]
    .slice(0, limit)
    .map(([path, place]) => evidenceAt(path, place, scope));
}

/** True outside all loops. */
export function isTopLevel(scope: Scope): boolean {
  return scope.paths.size === 0;
}

/** Elements of a list, or keys of a map; `undefined` for a node that is neither. */
export function elementsOf(list: Node, scope: Scope): unknown[] | undefined {
  const value = evaluateNode(list, scope.bindings);
  if (isCelList(value)) {
    return [...value];
  }
  return isCelMap(value) ? [...value.keys()] : undefined;
}

/** The scope inside a loop at one of its elements. */
export function scopeOfElement(
  macro: Macro,
  element: unknown,
  index: number,
  scope: Scope,
): Scope {
  const bindings: Scope['bindings'] = Object.create(scope.bindings);
  Object.defineProperty(bindings, macro.variable, { value: element });
  const path =
    (element as { path?: unknown } | null)?.path ??
    `${pathOf(macro.list, scope) ?? 'list'}[${index}]`;
  return {
    bindings,
    paths: new Map([...scope.paths, [macro.variable, String(path)]]),
    place: placeOf(toJson(element), scope.place),
  };
}
