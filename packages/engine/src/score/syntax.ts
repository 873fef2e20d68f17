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

/** The macro a loop was written as. `list` is what it walks, `condition` what it asks of each element. */
export type Macro = {
  name: 'all' | 'exists' | 'exists_one' | 'filter' | 'map';
  list: Node;
  variable: string;
  condition: Node;
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
  const macro = (name: Macro['name'], condition: Node): Macro => ({
    name,
    list: iterRange,
    variable: iterVar,
    condition,
  });
  if (accuInit.exprKind.case === 'listExpr') {
    if (step.function !== '_?_:_') {
      return macro('map', step.args[1]);
    }
    const added = asCall(step.args[1])?.args[1];
    const element =
      added?.exprKind.case === 'listExpr'
        ? added.exprKind.value.elements[0]
        : undefined;
    const keepsElement =
      element?.exprKind.case === 'identExpr' &&
      element.exprKind.value.name === iterVar;
    return macro(keepsElement ? 'filter' : 'map', step.args[0]);
  }
  switch (step.function) {
    case '_&&_':
      return macro('all', step.args[1]);
    case '_||_':
      return macro('exists', step.args[1]);
    case '_?_:_':
      return macro('exists_one', step.args[0]);
    default:
      return undefined;
  }
}

/** The list a `filter` walks when a node is the size of one: `size(list.filter(x, condition))`, in either form. */
export function filterOfSize(node: Node): Macro | undefined {
  const call = asCall(node);
  if (call?.function !== 'size') {
    return undefined;
  }
  const macro = macroOf(call.target ?? call.args[0]);
  return macro?.name === 'filter' ? macro : undefined;
}
