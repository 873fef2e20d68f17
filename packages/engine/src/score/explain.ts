import type { Evidence } from '../model';
import { BudgetExceeded, withBudget } from './budget';
import { capEvidence } from './evidence';
import { visit, visitElements } from './explainBoolean';
import { evaluateNode, type Expression } from './expression';
import type { FactView } from './factView';
import { noFindings, type Findings, type Tally } from './findings';
import { referencesOf, type Scope } from './references';
import { asCall, filterOfSize, type Node } from './syntax';

const MAX_PASSING_EVIDENCE = 5;
const ARITHMETIC = ['_+_', '_*_', '_-_', '_/_'];

/** Why a check has its verdict. `tally` is absent when counting was given up. */
export type Explanation = {
  evidence: Evidence[];
  tally?: Tally;
  /** Whether it is elements of lists that were counted. */
  isOfElements?: boolean;
};

/** Finds the list elements that keep a number down: those a `filter` leaves out of it, or takes in when it is subtracted. */
function visitNumber(
  node: Node,
  raises: boolean,
  scope: Scope,
  into: Findings,
): void {
  const filtered = filterOfSize(node);
  if (filtered) {
    visitElements(filtered, raises, scope, into);
    return;
  }
  const call = asCall(node);
  if (call?.function === '_?_:_') {
    const chosen = evaluateNode(call.args[0], scope.bindings);
    visitNumber(call.args[chosen === true ? 1 : 2], raises, scope, into);
  } else if (call?.function === '-_') {
    visitNumber(call.args[0], !raises, scope, into);
  } else if (call?.function === 'double' && call.args.length === 1) {
    visitNumber(call.args[0], raises, scope, into);
  } else if (call && ARITHMETIC.includes(call.function)) {
    visitNumber(call.args[0], raises, scope, into);
    if (call.function !== '_/_') {
      const flips = call.function === '_-_';
      visitNumber(call.args[1], raises !== flips, scope, into);
    }
  }
}

function topScope(view: FactView): Scope {
  return { bindings: view.bindings, paths: new Map(), place: {} };
}

/**
 * Explains why an expression fell short. Pure, and never throws: what cannot be explained has no evidence.
 *
 * @param value - what the expression came to: `false`, or a number below 1.
 */
export function explainFailure(
  expression: Expression,
  view: FactView,
  value: unknown,
): Explanation {
  const findings = noFindings();
  const scope = topScope(view);
  let isComplete = true;
  withBudget(() => {
    try {
      if (typeof value === 'boolean') {
        visit(expression.root, true, scope, findings);
      } else {
        visitNumber(expression.root, true, scope, findings);
      }
    } catch (error) {
      isComplete = false;
      if (!(error instanceof BudgetExceeded)) {
        findings.evidence = [];
        findings.found = 0;
      }
    }
  });
  if (findings.found === 0) {
    return { evidence: explainInputs(expression, view) };
  }
  const { elements, leaves } = findings;
  return {
    evidence: capEvidence(findings.evidence, findings.found),
    ...(isComplete && {
      tally: elements.total > 0 ? elements : leaves,
      isOfElements: elements.total > 0,
    }),
  };
}

/** The first few values an expression rests on, for verdicts that need no more. Never throws. */
export function explainInputs(
  expression: Expression,
  view: FactView,
): Evidence[] {
  try {
    return withBudget(() =>
      referencesOf(expression.root, topScope(view), MAX_PASSING_EVIDENCE),
    );
  } catch {
    return [];
  }
}
