import type { Check, GoldenPath } from '../model';
import { compileExpression, type Expression } from './expression';
import { Recall } from './recall';
import { prepareWeighing, type Weighing } from './weighing';

/**
 * A check with its expressions planned, or with what is wrong with them.
 *
 * @public
 */
export type CompiledCheck = {
  readonly check: Check;
  readonly when?: Expression;
  readonly pass?: Expression;
  /** Fact sources that `when` or `pass` name, sorted. */
  readonly reads: readonly string[];
  /** Set when an expression does not compile: the check's verdict is then `error`. */
  readonly problem?: string;
  /** What the check said before, where that depends on one value alone. */
  readonly recall?: Recall;
};

/** A golden path that is ready to score any number of entities. @public */
export type CompiledPath = {
  readonly path: GoldenPath;
  readonly checks: readonly CompiledCheck[];
  /** Fact sources that at least one check lists, sorted. */
  readonly sources: readonly string[];
  /** Fact sources that at least one expression names, sorted. */
  readonly reads: readonly string[];
  readonly checkIds: ReadonlySet<string>;
  readonly weighing: Weighing;
};

function sortedUnique(names: string[]): string[] {
  return [...new Set(names)].sort();
}

function compileCheck(check: Check): CompiledCheck {
  const problems: string[] = [];
  const compileField = (field: 'when' | 'pass'): Expression | undefined => {
    const source = check[field];
    if (source === undefined) {
      return undefined;
    }
    const compiled = compileExpression(source, check.facts);
    problems.push(
      ...compiled.problems.map(problem => `${field}: ${problem.message}`),
    );
    return compiled.expression;
  };
  const when = compileField('when');
  const pass = compileField('pass');
  return problems.length > 0
    ? { check, reads: [], problem: problems.join('; ') }
    : {
        check,
        when,
        pass,
        reads: sortedUnique([...(when?.reads ?? []), ...(pass?.reads ?? [])]),
        recall: Recall.of({ when, pass }),
      };
}

/**
 * Parses and plans every expression of a path once. Never throws: a check whose expression is broken gets the verdict
 * `error` and leaves all others standing. (`loadGoldenPath` refuses such a path, naming the place.)
 *
 * @public
 */
export function compilePath(path: GoldenPath): CompiledPath {
  const checks = path.spec.checks.map(compileCheck);
  return {
    path,
    checks,
    sources: sortedUnique(path.spec.checks.flatMap(check => check.facts)),
    reads: sortedUnique(checks.flatMap(({ reads }) => reads)),
    checkIds: new Set(path.spec.checks.map(({ id }) => id)),
    weighing: prepareWeighing(path),
  };
}
