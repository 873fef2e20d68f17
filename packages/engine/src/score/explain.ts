import type { Evidence } from '../model';
import { BudgetExceeded, closeBudget, openBudget } from './budget';
import { capEvidence } from './evidence';
import { visit, visitElements } from './explainBoolean';
import { filterOfSize, type Term } from './closures/term';
import type { Expression } from './expression';
import type { FactView } from './factView';
import { noFindings, type Findings, type Tally } from './findings';
import { referencesOf, type Scope } from './references';

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
  term: Term,
  raises: boolean,
  scope: Scope,
  into: Findings,
): void {
  const filtered = filterOfSize(term);
  const { call, args } = term;
  if (filtered) {
    visitElements(filtered, raises, scope, into);
  } else if (call === '_?_:_') {
    const chosen = args[0].run(scope.view);
    visitNumber(args[chosen === true ? 1 : 2], raises, scope, into);
  } else if (call === '-_') {
    visitNumber(args[0], !raises, scope, into);
  } else if (call === 'double' && args.length === 1) {
    visitNumber(args[0], raises, scope, into);
  } else if (ARITHMETIC.includes(call)) {
    visitNumber(args[0], raises, scope, into);
    if (call !== '_/_') {
      visitNumber(args[1], raises !== (call === '_-_'), scope, into);
    }
  }
}

function topScope(view: FactView): Scope {
  return { view, depth: 0, place: {} };
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
  const isOpened = openBudget();
  try {
    if (typeof value === 'boolean') {
      visit(expression.term, true, scope, findings);
    } else {
      visitNumber(expression.term, true, scope, findings);
    }
  } catch (error) {
    isComplete = false;
    if (!(error instanceof BudgetExceeded)) {
      findings.evidence = [];
      findings.found = 0;
    }
  } finally {
    if (isOpened) {
      closeBudget();
    }
  }
  if (findings.found === 0) {
    return { evidence: explainInputs(expression, view) };
  }
  const { elements, leaves } = findings;
  const evidence = capEvidence(findings.evidence, findings.found);
  if (!isComplete) {
    return { evidence };
  }
  const isOfElements = elements.total > 0;
  return { evidence, tally: isOfElements ? elements : leaves, isOfElements };
}

/** The first few values an expression rests on, for verdicts that need no more. Never throws. */
export function explainInputs(
  expression: Expression,
  view: FactView,
): Evidence[] {
  const isOpened = openBudget();
  try {
    return referencesOf(expression.term, topScope(view), MAX_PASSING_EVIDENCE);
  } catch {
    return [];
  } finally {
    if (isOpened) {
      closeBudget();
    }
  }
}
