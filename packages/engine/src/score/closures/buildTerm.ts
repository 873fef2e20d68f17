import { keyAccess, type FactView } from '../factView';
import { engineRun } from '../engine/engineRun';
import { asCall, childrenOf, countNodes, macroOf, type Node } from '../syntax';
import { closureRun, type Parts } from './closureRun';
import {
  filterOfSize,
  type LoopVariable,
  type MacroTerm,
  type Run,
  type Term,
} from './term';

type Variables = readonly LoopVariable[];
type Place = Pick<Term, 'pathAt' | 'path' | 'isExact'>;
/** Makes what evaluates a node; `undefined` when it cannot. */
type MakeRun = (parts: Parts, variables: Variables) => Run | undefined;

/** Thrown for a node that closures do not cover. */
class NotCovered extends Error {}

const NOWHERE: Place = { isExact: false };

function variablePlace({ slot, list }: LoopVariable): Place {
  const { pathAt, isExact } = list;
  const indexed = (view: FactView) =>
    `${pathAt?.(view) ?? 'list'}[${view.indices[slot]}]`;
  return {
    isExact,
    // What a list was made of stands elsewhere than its position in the list says.
    pathAt: isExact
      ? indexed
      : view => view.locate(view.elements[slot]) ?? indexed(view),
  };
}

function fieldPlace({ path, pathAt, isExact }: Term, field: string): Place {
  const access = keyAccess(field);
  if (path !== undefined) {
    const whole = path + access;
    return { isExact, path: whole, pathAt: () => whole };
  }
  return {
    isExact,
    pathAt:
      pathAt &&
      (view => {
        const before = pathAt(view);
        return before === undefined ? undefined : before + access;
      }),
  };
}

function indexPlace(holder: Term, key: Term): Place {
  if (key.node.exprKind.case === 'constExpr') {
    const { value } = key.node.exprKind.value.constantKind;
    if (typeof value === 'string') {
      return fieldPlace(holder, value);
    }
  }
  const { pathAt } = holder;
  return {
    isExact: holder.isExact,
    pathAt:
      pathAt &&
      (view => {
        const before = pathAt(view);
        const value = key.run(view);
        if (before === undefined || typeof value === 'object') {
          return undefined;
        }
        return `${before}${
          typeof value === 'string' ? keyAccess(value) : `[${String(value)}]`
        }`;
      }),
  };
}

function placeOf(parts: Parts, call: string): Place {
  const { node, args, macro, variable, source } = parts;
  if (variable) {
    return variablePlace(variable);
  }
  if (source !== undefined) {
    return { isExact: true, path: source, pathAt: () => source };
  }
  if (node.exprKind.case === 'selectExpr') {
    return fieldPlace(args[0], node.exprKind.value.field);
  }
  if (call === '_[_]') {
    return indexPlace(args[0], args[1]);
  }
  if (macro) {
    const { path, pathAt } = macro.list;
    return { path, pathAt, isExact: false };
  }
  return NOWHERE;
}

class Builder {
  constructor(
    private readonly facts: readonly string[],
    private readonly makeRun: MakeRun,
  ) {}

  build(node: Node, variables: Variables): Term {
    const macro = this.macro(node, variables);
    const name =
      node.exprKind.case === 'identExpr' ? node.exprKind.value.name : undefined;
    const variable = variables.findLast(known => known.name === name);
    const parts: Parts = {
      node,
      macro,
      variable,
      source:
        !variable && name !== undefined && this.facts.includes(name)
          ? name
          : undefined,
      args: macro
        ? []
        : this.childrenOf(node).map(child => this.build(child, variables)),
    };
    const run = this.makeRun(parts, variables);
    if (!run) {
      throw new NotCovered();
    }
    const call = asCall(node)?.function ?? '';
    const term = {
      node,
      run,
      call,
      args: parts.args,
      macro,
      isTest:
        node.exprKind.case === 'selectExpr' && node.exprKind.value.testOnly,
      ...placeOf(parts, call),
      asksAboutElements: false,
      references: undefined,
    };
    return { ...term, asksAboutElements: asksAboutElements(term) };
  }

  private childrenOf(node: Node): Node[] {
    return node.exprKind.case === 'comprehensionExpr' ? [] : childrenOf(node);
  }

  private macro(node: Node, variables: Variables): MacroTerm | undefined {
    const macro = macroOf(node);
    if (!macro) {
      return undefined;
    }
    const list = this.build(macro.list, variables);
    const variable = { name: macro.variable, slot: variables.length, list };
    const inside = [...variables, variable];
    const within = (part: Node | undefined) => part && this.build(part, inside);
    return {
      name: macro.name,
      list,
      variable,
      condition: within(macro.condition),
      transform: within(macro.transform),
      turnCost:
        1 +
        [macro.condition, macro.transform].reduce(
          (sum, part) => sum + (part ? countNodes(part) : 0),
          0,
        ),
    };
  }
}

function asksAboutElements(term: Term): boolean {
  const { macro, args } = term;
  return (
    macro?.name === 'all' ||
    macro?.name === 'exists' ||
    filterOfSize(term) !== undefined ||
    [...args, macro?.list, macro?.condition, macro?.transform].some(
      part => part?.asksAboutElements,
    )
  );
}

/**
 * Makes a parsed expression ready: of closures, or by the library as a whole when a part of it is nothing that closures
 * cover.
 *
 * @param facts - names of fact sources it may read.
 * @param only - tests compare the two ways with it.
 */
export function buildTerm(
  root: Node,
  facts: readonly string[],
  only?: 'closures' | 'library',
): Term {
  if (only !== 'library') {
    try {
      return new Builder(facts, closureRun).build(root, []);
    } catch (error) {
      if (!(error instanceof NotCovered) || only === 'closures') {
        throw error;
      }
    }
  }
  return new Builder(facts, ({ node }, variables) =>
    engineRun(node, facts, variables),
  ).build(root, []);
}
