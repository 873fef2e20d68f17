import { asCall, childrenOf, macroOf, type Node } from '../syntax';
import { CALLS, commonType, LOGIC, mayBe, type Argument } from './callTypes';
import { suggestion } from './closest';
import { describeType, nameOf, textOf } from './describeType';
import { ANY, BOOL, DOUBLE, INT, STRING, type FactType } from './factType';

type Variables = ReadonlyMap<string, FactType>;
type Report = (node: Node, message: string) => void;

/** The type of a constant; `any` for what closures do not cover. */
function constantType(node: Node): FactType {
  const constant =
    node.exprKind.case === 'constExpr'
      ? node.exprKind.value.constantKind.case
      : undefined;
  switch (constant) {
    case 'boolValue':
      return BOOL;
    case 'int64Value':
      return INT;
    case 'doubleValue':
      return DOUBLE;
    case 'stringValue':
      return STRING;
    case 'nullValue':
      return { kind: 'null' };
    default:
      return ANY;
  }
}

class TypeChecker {
  constructor(private readonly report: Report) {}

  type(node: Node, variables: Variables): FactType {
    const { exprKind } = node;
    switch (exprKind.case) {
      case 'identExpr':
        return variables.get(exprKind.value.name) ?? ANY;
      case 'selectExpr': {
        const { operand, field, testOnly } = exprKind.value;
        if (!operand) {
          return ANY;
        }
        const holder = this.type(operand, variables);
        const type = this.fieldType(node, operand, holder, field);
        return testOnly ? BOOL : type;
      }
      case 'callExpr':
        return this.callType(node, variables);
      case 'listExpr':
        return this.listType(exprKind.value.elements, variables);
      case 'comprehensionExpr':
        return this.loopType(node, variables);
      case 'constExpr':
        return constantType(node);
      default:
        childrenOf(node).forEach(child => this.type(child, variables));
        return ANY;
    }
  }

  private fieldType(
    node: Node,
    holderNode: Node,
    holder: FactType,
    field: string,
  ): FactType {
    const name = nameOf(holderNode);
    if (holder.kind === 'any') {
      return ANY;
    }
    if (holder.kind !== 'map') {
      const hint =
        holder.kind === 'list'
          ? ': ask of its elements, as in .all(e, …), or of one, as in [0]'
          : '';
      this.report(
        node,
        `${name} is ${describeType(holder)} and has no fields${hint}`,
      );
      return ANY;
    }
    const type = holder.fields.get(field) ?? holder.others;
    if (!type) {
      this.report(
        node,
        `${name} has no field '${field}'${suggestion(
          field,
          holder.fields.keys(),
        )}`,
      );
    }
    return type ?? ANY;
  }

  private listType(elements: Node[], variables: Variables): FactType {
    const types = elements.map(element => this.type(element, variables));
    const values = elements.map(textOf).filter(text => text !== undefined);
    const isOfTexts = values.length > 0 && values.length === elements.length;
    return {
      kind: 'list',
      element: isOfTexts ? { kind: 'string', values } : commonType(types),
    };
  }

  private indexType(node: Node, [holder, key]: Argument[]): FactType {
    const { type } = holder;
    if (type.kind === 'any') {
      return ANY;
    }
    const name = nameOf(holder.node);
    if (type.kind === 'list') {
      if (!mayBe(key.type, 'int', 'double')) {
        this.report(
          node,
          `${name} is a list, whose elements have numbers, not ${describeType(
            key.type,
          )}`,
        );
      }
      return type.element;
    }
    if (type.kind === 'map' && mayBe(key.type, 'string')) {
      const text = textOf(key.node);
      return text === undefined
        ? type.others ?? ANY
        : this.fieldType(node, holder.node, type, text);
    }
    this.report(
      node,
      type.kind === 'map'
        ? `the fields of ${name} have names, not ${describeType(key.type)}`
        : `${name} is ${describeType(type)} and has no elements`,
    );
    return ANY;
  }

  private callType(node: Node, variables: Variables): FactType {
    const call = asCall(node)!;
    const nodes = call.target ? [call.target, ...call.args] : call.args;
    const args = nodes.map(arg => ({
      node: arg,
      type: this.type(arg, variables),
    }));
    if (call.function === '_[_]') {
      return this.indexType(node, args);
    }
    if (Object.hasOwn(LOGIC, call.function)) {
      return LOGIC[call.function](args, this.report, node);
    }
    if (!Object.hasOwn(CALLS, call.function)) {
      return ANY;
    }
    const { arity, method, type } = CALLS[call.function];
    const isMethod = call.target !== undefined;
    if (
      args.length !== arity ||
      (method !== undefined && method !== isMethod)
    ) {
      const rest = Array(arity - 1)
        .fill('value')
        .join(', ');
      this.report(
        node,
        `'${call.function}' is called as ${
          method
            ? `value.${call.function}(${rest})`
            : `${call.function}(${['value', rest].filter(Boolean).join(', ')})`
        }`,
      );
      return ANY;
    }
    return type(args, this.report, node);
  }

  private loopType(node: Node, variables: Variables): FactType {
    const macro = macroOf(node);
    if (!macro) {
      return ANY;
    }
    const list = this.type(macro.list, variables);
    let element = ANY;
    if (list.kind === 'list') {
      element = list.element;
    } else if (list.kind === 'map') {
      element = STRING;
    } else if (list.kind !== 'any') {
      this.report(
        node,
        `'${macro.name}' needs a list or an object, and ${nameOf(
          macro.list,
        )} is ${describeType(list)}`,
      );
    }
    const inside = new Map(variables).set(macro.variable, element);
    if (macro.condition) {
      const condition = this.type(macro.condition, inside);
      if (!mayBe(condition, 'bool')) {
        this.report(
          macro.condition,
          `'${macro.name}' asks for true or false, and this is ${describeType(
            condition,
          )}`,
        );
      }
    }
    const made = macro.transform && this.type(macro.transform, inside);
    switch (macro.name) {
      case 'filter':
        return { kind: 'list', element };
      case 'map':
        return { kind: 'list', element: made ?? ANY };
      default:
        return BOOL;
    }
  }
}

/**
 * Finds what cannot work in an expression whatever the facts are: fields no fact has, functions of other types,
 * comparisons that are always false.
 *
 * @param options.types - of the facts it may read; those not among them may be anything.
 * @param options.as - what the expression is: a condition, or what a check comes to.
 */
export function findTypeProblems(options: {
  root: Node;
  types: Variables;
  as: 'when' | 'pass';
}): { node: Node; message: string }[] {
  const { root, types, as } = options;
  const problems: { node: Node; message: string }[] = [];
  const checker = new TypeChecker((node, message) =>
    problems.push({ node, message }),
  );
  const result = checker.type(root, types);
  const isFitting =
    as === 'when'
      ? mayBe(result, 'bool')
      : mayBe(result, 'bool', 'int', 'double');
  if (!isFitting) {
    problems.push({
      node: root,
      message:
        as === 'when'
          ? `'when' is true or false, and this is ${describeType(result)}`
          : `'pass' is true, false or a number from 0 to 1, and this is ${describeType(
              result,
            )}`,
    });
  }
  return problems;
}
