import { parse } from '@bufbuild/cel';

/** A parsed expression of the expression language, after its macros were expanded. */
export type Node = ReturnType<typeof parse>['expr'];
/** The loop that a macro such as `all` or `filter` expands to. */
export type Loop = Extract<
  Node['exprKind'],
  { case: 'comprehensionExpr' }
>['value'];
/** A call of a function, a method or an operator. */
export type Call = Extract<Node['exprKind'], { case: 'callExpr' }>['value'];

/** Name of the variable in which an expanded macro keeps its result. */
export const RESULT = '@result';

/**
 * The macro a loop was written as. `list` is what it walks, `condition` what it asks of each element, `transform` what a
 * `map` makes of it.
 */
export type Macro = {
  name: 'all' | 'exists' | 'exists_one' | 'filter' | 'map';
  list: Node;
  variable: string;
  condition?: Node;
  transform?: Node;
};

/** The call a node is, or `undefined`. */
export function asCall(node: Node): Call | undefined {
  return node.exprKind.case === 'callExpr' ? node.exprKind.value : undefined;
}

/** True for a call of `name` with its arguments in function or operator form, or in method form. */
export function isCallOf(node: Node, ...names: string[]): boolean {
  const call = asCall(node);
  return call !== undefined && names.includes(call.function);
}

/** Children of a node in the order they are written; the parts of a loop that the macro added are among them. */
export function childrenOf(node: Node): Node[] {
  const { exprKind } = node;
  switch (exprKind.case) {
    case 'selectExpr':
      return exprKind.value.operand ? [exprKind.value.operand] : [];
    case 'callExpr':
      return exprKind.value.target
        ? [exprKind.value.target, ...exprKind.value.args]
        : exprKind.value.args;
    case 'listExpr':
      return exprKind.value.elements;
    case 'structExpr':
      return exprKind.value.entries.flatMap(entry => [
        ...(entry.keyKind.case === 'mapKey' ? [entry.keyKind.value] : []),
        ...(entry.value ? [entry.value] : []),
      ]);
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } =
        exprKind.value;
      return [iterRange, accuInit, loopCondition, loopStep, result].filter(
        child => child !== undefined,
      );
    }
    default:
      return [];
  }
}

/** Nodes in a tree, itself included. */
export function countNodes(node: Node): number {
  return childrenOf(node).reduce((sum, child) => sum + countNodes(child), 1);
}

/** Levels of a tree, and of loops within loops. */
export function depthOf(node: Node): { nodes: number; loops: number } {
  let nodes = 0;
  let loops = 0;
  for (const child of childrenOf(node)) {
    const depth = depthOf(child);
    nodes = Math.max(nodes, depth.nodes);
    loops = Math.max(loops, depth.loops);
  }
  const isLoop = node.exprKind.case === 'comprehensionExpr';
  return { nodes: nodes + 1, loops: loops + (isLoop ? 1 : 0) };
}

/** Visits the nodes of a tree with the names its loops have bound at that place. */
export function walk(
  node: Node,
  visit: (node: Node, bound: ReadonlySet<string>) => void,
  bound: ReadonlySet<string> = new Set(),
): void {
  visit(node, bound);
  if (node.exprKind.case !== 'comprehensionExpr') {
    childrenOf(node).forEach(child => walk(child, visit, bound));
    return;
  }
  const loop = node.exprKind.value;
  const inside = new Set([...bound, loop.iterVar, loop.accuVar]);
  for (const outer of [loop.iterRange, loop.accuInit]) {
    if (outer) {
      walk(outer, visit, bound);
    }
  }
  for (const inner of [loop.loopCondition, loop.loopStep, loop.result]) {
    if (inner) {
      walk(inner, visit, inside);
    }
  }
}

/** The one element of the list that a `map` or `filter` adds in a turn. */
function addedElement(step: Node | undefined): Node | undefined {
  const added = step && asCall(step)?.args[1];
  return added?.exprKind.case === 'listExpr'
    ? added.exprKind.value.elements[0]
    : undefined;
}

/** The macro a node was written as, or `undefined` for any other node. */
export function macroOf(node: Node): Macro | undefined {
  if (node.exprKind.case !== 'comprehensionExpr') {
    return undefined;
  }
  const { iterRange, iterVar, accuInit, loopStep } = node.exprKind.value;
  const step = loopStep && asCall(loopStep);
  if (!iterRange || !accuInit || !step) {
    return undefined;
  }
  const loop = { list: iterRange, variable: iterVar };
  if (accuInit.exprKind.case === 'listExpr') {
    if (step.function !== '_?_:_') {
      const transform = addedElement(loopStep);
      return transform && { ...loop, name: 'map', transform };
    }
    const [condition, added] = step.args;
    const transform = addedElement(added);
    const keepsElement =
      transform?.exprKind.case === 'identExpr' &&
      transform.exprKind.value.name === iterVar;
    return keepsElement
      ? { ...loop, name: 'filter', condition }
      : transform && { ...loop, name: 'map', condition, transform };
  }
  switch (step.function) {
    case '_&&_':
      return { ...loop, name: 'all', condition: step.args[1] };
    case '_||_':
      return { ...loop, name: 'exists', condition: step.args[1] };
    case '_?_:_':
      return { ...loop, name: 'exists_one', condition: step.args[0] };
    default:
      return undefined;
  }
}
