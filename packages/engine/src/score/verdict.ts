import type { Evidence, Facts, Verdict } from '../model';
import type { CompiledCheck } from './compile';
import { causeOfAbsence } from './absences';
import { capEvidence, MAX_EVIDENCE, placeOf } from './evidence';
import { explainFailure, explainInputs } from './explain';
import { creditOf, evaluate, type Expression } from './expression';
import { createFactView, type Absence, type FactView } from './factView';
import type { Scalar } from './recall';
import {
  errorMessage,
  failMessage,
  notApplicableMessage,
  passMessage,
  staleMessage,
  unknownMessage,
} from './message';

/**
 * What a check says of one entity by itself, before any waiver and with nothing of the path's text but the check's own
 * message.
 *
 * @public
 */
export type JudgedCheck = {
  verdict: Exclude<Verdict, 'waived'>;
  /** 0 to 1. */
  credit: number;
  message: string;
  evidence: Evidence[];
};

/** What a check is judged on. */
export type Ground = {
  facts: Facts;
  view: FactView;
  /** Sources whose fact has expired. */
  expired: ReadonlySet<string>;
  /** Why data is missing, by source or by path with source. */
  absences?: Readonly<Record<string, string>>;
};

const NONE: ReadonlySet<string> = new Set();

function judgeError(problem: string): JudgedCheck {
  return {
    verdict: 'error',
    credit: 0,
    evidence: [],
    message: errorMessage(problem),
  };
}

function judgeMissing(missing: Absence[], ground: Ground): JudgedCheck {
  const causes = missing
    .slice(0, MAX_EVIDENCE)
    .map(({ path }) => causeOfAbsence(path, ground.facts, ground.absences));
  return {
    verdict: 'unknown',
    credit: 0,
    evidence: capEvidence(
      causes.map(({ absent }, index) => ({
        fact: missing[index].path,
        ...placeOf(missing[index].holder, {}),
        text: 'not collected',
        absent,
      })),
      missing.length,
    ),
    message: unknownMessage(
      missing.map(nameOfAbsence),
      causes.map(({ reason }) => reason),
    ),
  };
}

/** With the place that is in doubt where there is one: an index into a fact tells a person nothing. */
function nameOfAbsence({ path, holder }: Absence): string {
  const { file, line } = placeOf(holder, {});
  if (file === undefined) {
    return path;
  }
  return `${path} (${line === undefined ? file : `${file}:${line}`})`;
}

function judgeExpired(
  { reads }: Expression,
  { facts, expired }: Ground,
): JudgedCheck | undefined {
  if (expired.size === 0) {
    return undefined;
  }
  const sources = reads.filter(source => expired.has(source));
  if (sources.length === 0) {
    return undefined;
  }
  return {
    verdict: 'stale',
    credit: 0,
    message: staleMessage(
      sources.map(source => ({
        source,
        expiresAt: facts[source].expiresAt!,
      })),
    ),
    evidence: sources.map(source => ({
      fact: source,
      text: `observed at ${facts[source].observedAt}, expired at ${facts[source].expiresAt}`,
    })),
  };
}

/** The value of an expression, or the judgement that stands in its place. */
function valueOf(
  expression: Expression,
  ground: Ground,
): { value: unknown } | { judgement: JudgedCheck } {
  const expired = judgeExpired(expression, ground);
  if (expired) {
    return { judgement: expired };
  }
  const outcome = evaluate(expression, ground.view);
  switch (outcome.kind) {
    case 'value':
      return { value: outcome.value };
    case 'missing':
      return { judgement: judgeMissing(outcome.absences, ground) };
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
export function judgeCheck(check: CompiledCheck, ground: Ground): JudgedCheck {
  const { recall } = check;
  const value =
    recall && ground.expired.size === 0
      ? recall.valueIn(ground.view)
      : undefined;
  return value === undefined
    ? judgeAnew(check, ground)
    : recall!.get(value) ?? recall!.keep(value, judgeAnew(check, ground));
}

/**
 * What a check says of every entity for which the one value it asks about is this one: the reverse of `valueBehind`.
 * Never throws; a check that asks about anything else gives the verdict `error`.
 *
 * @public
 */
export function judgeByValue(check: CompiledCheck, value: Scalar): JudgedCheck {
  const { recall, reads } = check;
  if (!recall) {
    return judgeError('it does not rest on one value');
  }
  const known = recall.get(value);
  if (known) {
    return known;
  }
  const facts = recall.factsWith(value);
  const view = createFactView(facts, reads);
  return recall.keep(value, judgeAnew(check, { facts, view, expired: NONE }));
}

function judgeAnew(
  { check, when, pass, problem }: CompiledCheck,
  ground: Ground,
): JudgedCheck {
  const { view } = ground;
  if (problem !== undefined || !pass) {
    return judgeError(problem ?? 'it has no expression');
  }
  if (when) {
    const applies = valueOf(when, ground);
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
  const result = valueOf(pass, ground);
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
    message: failMessage(check.message, credit, explanation),
  };
}
