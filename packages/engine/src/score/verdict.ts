import type { Evidence, Facts, Verdict } from '../model';
import type { CompiledCheck } from './compile';
import { capEvidence, placeOf } from './evidence';
import { explainFailure, explainInputs } from './explain';
import { creditOf, evaluate, type Expression } from './expression';
import type { Absence, FactView } from './factView';
import {
  errorMessage,
  failMessage,
  notApplicableMessage,
  passMessage,
  staleMessage,
  unknownMessage,
} from './message';

/** What a check says by itself, before any waiver. */
export type Judgement = {
  verdict: Exclude<Verdict, 'waived'>;
  /** 0 to 1. */
  credit: number;
  evidence: Evidence[];
  message: string;
};

function judgeError(problem: string): Judgement {
  return {
    verdict: 'error',
    credit: 0,
    evidence: [],
    message: errorMessage(problem),
  };
}

function judgeMissing(absences: Absence[]): Judgement {
  return {
    verdict: 'unknown',
    credit: 0,
    evidence: capEvidence(
      absences.map(({ path, holder }) => ({
        fact: path,
        ...placeOf(holder, {}),
        text: 'not collected',
      })),
      absences.length,
    ),
    message: unknownMessage(absences.map(({ path }) => path)),
  };
}

function judgeExpired(
  expression: Expression,
  facts: Facts,
  now: Date,
): Judgement | undefined {
  const expired = expression.reads.flatMap(source => {
    const expiresAt = Object.hasOwn(facts, source)
      ? facts[source].expiresAt
      : undefined;
    // A date that cannot be read counts as past.
    return expiresAt === undefined || Date.parse(expiresAt) > now.getTime()
      ? []
      : [{ source, expiresAt }];
  });
  return expired.length === 0
    ? undefined
    : {
        verdict: 'stale',
        credit: 0,
        evidence: expired.map(({ source, expiresAt }) => ({
          fact: source,
          text: `observed at ${facts[source].observedAt}, expired at ${expiresAt}`,
        })),
        message: staleMessage(expired),
      };
}

/** The value of an expression, or the judgement that stands in its place. */
function valueOf(
  expression: Expression,
  facts: Facts,
  view: FactView,
  now: Date,
): { value: unknown } | { judgement: Judgement } {
  const expired = judgeExpired(expression, facts, now);
  if (expired) {
    return { judgement: expired };
  }
  const outcome = evaluate(expression, view);
  switch (outcome.kind) {
    case 'value':
      return { value: outcome.value };
    case 'missing':
      return { judgement: judgeMissing(outcome.absences) };
    default:
      return { judgement: judgeError(outcome.message) };
  }
}

/**
 * Judges one check on the facts of one entity. Never throws.
 *
 * @remarks
 * `when` comes first: `false` gives `not-applicable`, and what is missing, expired or broken in it decides the verdict.
 * Then the same for `pass`. A fact counts as read by an expression that names it: one that has expired gives `stale`
 * even where the rest of the expression would decide without it. Missing data gives `unknown` only where the expression
 * needs it: `true || missing` is true, in either order.
 */
export function judgeCheck(options: {
  check: CompiledCheck;
  facts: Facts;
  view: FactView;
  now: Date;
}): Judgement {
  const { facts, view, now } = options;
  const { check, when, pass, problem } = options.check;
  if (problem !== undefined || !pass) {
    return judgeError(problem ?? 'it has no expression');
  }
  if (when) {
    const applies = valueOf(when, facts, view, now);
    if ('judgement' in applies) {
      return applies.judgement;
    }
    if (typeof applies.value !== 'boolean') {
      return judgeError("'when' is neither true nor false");
    }
    if (!applies.value) {
      return {
        verdict: 'not-applicable',
        credit: 0,
        evidence: explainInputs(when, view),
        message: notApplicableMessage(when.source),
      };
    }
  }
  const result = valueOf(pass, facts, view, now);
  if ('judgement' in result) {
    return result.judgement;
  }
  const credit = creditOf(result.value);
  if (credit === undefined) {
    return judgeError("'pass' is neither a boolean nor a number from 0 to 1");
  }
  if (credit === 1) {
    return {
      verdict: 'pass',
      credit,
      evidence: explainInputs(pass, view),
      message: passMessage(),
    };
  }
  const explanation = explainFailure(pass, view, result.value);
  return {
    verdict: 'fail',
    credit,
    evidence: explanation.evidence,
    message: failMessage({ template: check.message, credit, ...explanation }),
  };
}
