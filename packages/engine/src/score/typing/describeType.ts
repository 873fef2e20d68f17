import type { Node } from '../syntax';
import type { FactType } from './factType';

/** A type in words. */
export function describeType(type: FactType): string {
  switch (type.kind) {
    case 'bool':
      return 'true or false';
    case 'int':
      return 'an integer';
    case 'double':
      return 'a number';
    case 'string':
      return 'a text';
    case 'list':
      return 'a list';
    case 'map':
      return 'an object';
    default:
      return type.kind;
  }
}

/** The words an expression reads a value by, such as `repository.actions`; `it` for a computed one. */
export function nameOf(node: Node | undefined): string {
  switch (node?.exprKind.case) {
    case 'identExpr':
      return node.exprKind.value.name;
    case 'selectExpr': {
      const around = nameOf(node.exprKind.value.operand);
      return around === 'it'
        ? around
        : `${around}.${node.exprKind.value.field}`;
    }
    default:
      return 'it';
  }
}

/** The text of a string constant; `undefined` for every other node. */
export function textOf(node: Node): string | undefined {
  const constant =
    node.exprKind.case === 'constExpr' && node.exprKind.value.constantKind;
  return constant && constant.case === 'stringValue'
    ? constant.value
    : undefined;
}
