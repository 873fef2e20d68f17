import { APPEND, NEW_LIST, RANGE, TICK } from './celEnvironment';
import { asCall, countNodes, RESULT, type Loop, type Node } from './syntax';

type Kind = Node['exprKind'];

function withKind(node: Node, exprKind: Kind): Node {
  return { ...node, exprKind };
}

function callNode(like: Node, name: string, args: Node[]): Node {
  return withKind(like, {
    case: 'callExpr',
    value: { $typeName: 'cel.expr.Expr.Call', function: name, args },
  });
}

function unitsNode(like: Node, units: number): Node {
  return withKind(like, {
    case: 'constExpr',
    value: {
      $typeName: 'cel.expr.Constant',
      constantKind: { case: 'int64Value', value: BigInt(units) },
    },
  });
}

function isResult(node: Node): boolean {
  return (
    node.exprKind.case === 'identExpr' && node.exprKind.value.name === RESULT
  );
}

/** Rewrites `@result + [element]`, which copies or nests lists, into an append. */
function appendInPlace(step: Node): Node {
  const call = asCall(step);
  if (call?.function === '_?_:_') {
    const [condition, added, kept] = call.args;
    return callNode(step, '_?_:_', [condition, appendInPlace(added), kept]);
  }
  const added = call?.args[1];
  if (
    call?.function === '_+_' &&
    isResult(call.args[0]) &&
    added?.exprKind.case === 'listExpr'
  ) {
    return callNode(step, APPEND, [
      call.args[0],
      added.exprKind.value.elements[0],
    ]);
  }
  return step;
}

function meterLoop(node: Node, loop: Loop): Kind {
  const { iterRange, accuInit, loopCondition, loopStep, result } = loop;
  if (!iterRange || !accuInit || !loopCondition || !loopStep || !result) {
    return node.exprKind;
  }
  const buildsList = accuInit.exprKind.case === 'listExpr';
  const tick = callNode(loopCondition, TICK, [
    unitsNode(loopCondition, countNodes(loopStep)),
  ]);
  return {
    case: 'comprehensionExpr',
    value: {
      ...loop,
      iterRange: callNode(iterRange, RANGE, [meterLoops(iterRange)]),
      accuInit: buildsList ? callNode(accuInit, NEW_LIST, []) : accuInit,
      loopCondition: callNode(loopCondition, '_&&_', [tick, loopCondition]),
      loopStep: meterLoops(buildsList ? appendInPlace(loopStep) : loopStep),
      result,
    },
  };
}

/**
 * A copy of an expression whose loops pay for each turn, and whose `map` and `filter` build their lists in linear time.
 * It has the same value as the original, unless the budget ends first.
 */
export function meterLoops(node: Node): Node {
  const { exprKind } = node;
  switch (exprKind.case) {
    case 'comprehensionExpr':
      return withKind(node, meterLoop(node, exprKind.value));
    case 'selectExpr':
      return withKind(node, {
        case: 'selectExpr',
        value: {
          ...exprKind.value,
          operand: exprKind.value.operand && meterLoops(exprKind.value.operand),
        },
      });
    case 'callExpr':
      return withKind(node, {
        case: 'callExpr',
        value: {
          ...exprKind.value,
          target: exprKind.value.target && meterLoops(exprKind.value.target),
          args: exprKind.value.args.map(meterLoops),
        },
      });
    case 'listExpr':
      return withKind(node, {
        case: 'listExpr',
        value: {
          ...exprKind.value,
          elements: exprKind.value.elements.map(meterLoops),
        },
      });
    case 'structExpr':
      return withKind(node, {
        case: 'structExpr',
        value: {
          ...exprKind.value,
          entries: exprKind.value.entries.map(entry => ({
            ...entry,
            keyKind:
              entry.keyKind.case === 'mapKey'
                ? { case: 'mapKey', value: meterLoops(entry.keyKind.value) }
                : entry.keyKind,
            value: entry.value && meterLoops(entry.value),
          })),
        },
      });
    default:
      return node;
  }
}
