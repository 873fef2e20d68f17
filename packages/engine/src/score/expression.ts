import { isCelUint, parse } from '@bufbuild/cel';
import { closeBudget, openBudget } from './budget';
import { environment } from './celEnvironment';
import { buildTerm } from './closures/buildTerm';
import type { Term } from './closures/term';
import { Fault, Missing } from './closures/values';
import type { Absence, FactView } from './factView';
import { findPatternProblem } from './regularExpression';
import { asCall, depthOf, walk, type Node } from './syntax';
import { locateMistake } from './syntaxPosition';

/** Longest expression, in characters. */
export const MAX_EXPRESSION_LENGTH = 4000;
/** Deepest nesting of operators, calls and fields. */
export const MAX_EXPRESSION_DEPTH = 60;
/** Most loops (`all`, `exists`, `map`, `filter`, ...) within one another. */
export const MAX_LOOP_DEPTH = 4;

/** What is wrong with an expression. `offset` is 0-based, in UTF-16 code units. */
export type ExpressionProblem = { offset: number; message: string };

/** An expression as it was written. */
export type ParsedExpression = {
  readonly root: Node;
  /** Fact sources it names, sorted. */
  readonly reads: string[];
  /** 0-based offset at which a part of it stands. */
  offsetOf(node: Node): number;
};

/** An expression that can be evaluated. */
export type Expression = {
  readonly source: string;
  readonly root: Node;
  readonly term: Term;
  /** Fact sources the expression names, sorted. */
  readonly reads: string[];
};

/**
 * What an expression came to: a value; `missing` when it needed data that is absent or null, with what it asked
 * for; `failed` for every other failure.
 */
export type Outcome =
  | { kind: 'value'; value: unknown }
  | { kind: 'missing'; absences: Absence[] }
  | { kind: 'failed'; message: string };

const TYPE_NAMES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

// Operators that the engine evaluates itself and that are no functions of the environment.
const BUILT_IN = new Set(['_[_]', '_?_:_', '_&&_', '_||_']);

type SyntaxFailure = Error & {
  location?: { start: { offset: number } };
  rawMessage?: string;
  found?: string | null;
};

function offsetOf(error: unknown): number {
  return (error as SyntaxFailure).location?.start.offset ?? 0;
}

function failureOffset(text: string): number | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return offsetOf(error);
  }
}

function parseSource(source: string): {
  root?: Node;
  positions: Record<string, number>;
  problems: ExpressionProblem[];
} {
  const failed = (offset: number, message: string) => ({
    positions: {},
    problems: [{ offset, message }],
  });
  if (source.length > MAX_EXPRESSION_LENGTH) {
    return failed(
      0,
      `the expression has ${source.length} characters, at most ${MAX_EXPRESSION_LENGTH} are allowed`,
    );
  }
  try {
    const { expr, sourceInfo } = parse(source);
    return { root: expr, positions: sourceInfo?.positions ?? {}, problems: [] };
  } catch (error) {
    if (error instanceof RangeError) {
      return failed(0, 'the expression is nested too deeply');
    }
    const { rawMessage, found } = error as SyntaxFailure;
    if (rawMessage !== undefined && found === undefined) {
      return failed(offsetOf(error), `${rawMessage}`);
    }
    const offset = locateMistake(source, failureOffset);
    const rest = source.slice(offset, offset + 20).trim();
    return failed(
      offset,
      rest === ''
        ? 'the expression ends too early'
        : `not valid CEL near ${JSON.stringify(rest)}`,
    );
  }
}

function problemOfNode(
  node: Node,
  bound: ReadonlySet<string>,
  facts: readonly string[],
): string | undefined {
  const { exprKind } = node;
  if (exprKind.case === 'identExpr') {
    const { name } = exprKind.value;
    return bound.has(name) || facts.includes(name) || TYPE_NAMES.has(name)
      ? undefined
      : `'${name}' is not among the check's facts (${facts.join(', ')})`;
  }
  if (exprKind.case === 'structExpr' && exprKind.value.messageName) {
    return `'${exprKind.value.messageName}{}': messages cannot be built here`;
  }
  const call = asCall(node);
  if (!call || call.function.startsWith('@not_')) {
    return undefined;
  }
  if (!BUILT_IN.has(call.function) && !environment.funcs.find(call.function)) {
    return `there is no function '${call.function}' with these arguments`;
  }
  const pattern = call.args[0]?.exprKind;
  if (
    call.function === 'matches' &&
    pattern?.case === 'constExpr' &&
    pattern.value.constantKind.case === 'stringValue'
  ) {
    return findPatternProblem(pattern.value.constantKind.value);
  }
  return undefined;
}

/**
 * Parses an expression and checks what can be checked without facts: syntax, length, nesting, that it names only the
 * given facts, that its functions exist and its regular expressions are valid RE2. Never throws.
 */
export function compileExpression(
  source: string,
  facts: readonly string[],
): {
  expression?: Expression;
  /** What was understood, also where it cannot be evaluated. */
  parsed?: ParsedExpression;
  problems: ExpressionProblem[];
} {
  const { root, positions, problems } = parseSource(source);
  if (!root) {
    return { problems };
  }
  const depth = depthOf(root);
  if (depth.nodes > MAX_EXPRESSION_DEPTH) {
    return {
      problems: [
        {
          offset: 0,
          message: `the expression is nested ${depth.nodes} deep, at most ${MAX_EXPRESSION_DEPTH} are allowed`,
        },
      ],
    };
  }
  if (depth.loops > MAX_LOOP_DEPTH) {
    problems.push({
      offset: 0,
      message: `the expression nests ${depth.loops} loops, at most ${MAX_LOOP_DEPTH} are allowed`,
    });
  }
  const offsetOfNode = (node: Node) => positions[String(node.id)] ?? 0;
  const reads = new Set<string>();
  walk(root, (node, bound) => {
    const message = problemOfNode(node, bound, facts);
    if (message !== undefined) {
      problems.push({ offset: offsetOfNode(node), message });
    } else if (
      node.exprKind.case === 'identExpr' &&
      !bound.has(node.exprKind.value.name) &&
      facts.includes(node.exprKind.value.name)
    ) {
      reads.add(node.exprKind.value.name);
    }
  });
  const parsed = { root, reads: [...reads].sort(), offsetOf: offsetOfNode };
  return problems.length > 0
    ? { parsed, problems }
    : {
        parsed,
        problems,
        expression: {
          source,
          root,
          term: buildTerm(root, facts),
          reads: parsed.reads,
        },
      };
}

/** Evaluates an expression on the facts of one entity. Never throws. */
export function evaluate(expression: Expression, view: FactView): Outcome {
  view.forget();
  const isOpened = openBudget();
  try {
    const value = expression.term.run(view);
    if (!(value instanceof Fault)) {
      return { kind: 'value', value };
    }
    return value instanceof Missing
      ? { kind: 'missing', absences: view.absences() }
      : { kind: 'failed', message: value.message };
  } catch (error) {
    return { kind: 'failed', message: (error as Error).message };
  } finally {
    if (isOpened) {
      closeBudget();
    }
  }
}

/**
 * The credit a value stands for: 1 and 0 for booleans, a number from 0 to 1 itself, `undefined` for everything else.
 */
export function creditOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  const number = isCelUint(value) ? value.value : value;
  if (typeof number !== 'number' && typeof number !== 'bigint') {
    return undefined;
  }
  return number >= 0 && number <= 1 ? Number(number) : undefined;
}
