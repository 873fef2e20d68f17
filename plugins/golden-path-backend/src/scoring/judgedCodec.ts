import {
  CompiledCheck,
  Evidence,
  judgeByValue,
  JudgedCheck,
  Scalar,
  valueBehind,
} from '@goldenpath/engine';

/**
 * What each check says, as stored. Most checks of most entities rest on one value, and there are as many as entities
 * times checks: of such a check only the value is written, from which the engine makes the rest again by the definition
 * it was judged by. That is a third of a kilobyte instead of five for thirty checks.
 *
 * Of the others, names of fields are left out and everything that follows from the rest. A check is `[verdict, evidence,
 * message, credit]`; evidence is `[fact, value, text, file, line, absent]`. Absent ends are cut off. The message of a
 * pass, credits of 0 and 1, and a text that is the value itself are not written.
 */
type StoredCheck = [
  verdict: JudgedCheck['verdict'],
  evidence?: StoredEvidence[],
  message?: string | null,
  credit?: number,
];
type StoredEvidence = [
  fact: string,
  value?: unknown,
  text?: string | null | 0,
  file?: string | null,
  line?: number | null,
  absent?: string,
];

/** Stands for a text that is the value written out. */
const SAME_AS_VALUE = 0;
const PASSED = 'Fulfilled';

/** @internal */
export function encodeJudged(judged: readonly JudgedCheck[]): string {
  let text = '[';
  for (const check of judged) {
    const value = valueBehind(check);
    const encoded =
      value === undefined ? encodeCheck(check) : encodeValue(value);
    text += text.length > 1 ? `,${encoded}` : encoded;
  }
  return `${text}]`;
}

/**
 * Reverses {@link encodeJudged}.
 *
 * @param checks - of the definition that the checks were judged by.
 * @internal
 */
export function decodeJudged(
  text: string,
  checks: readonly CompiledCheck[],
): JudgedCheck[] {
  return (JSON.parse(text) as (StoredCheck | Scalar)[]).map((stored, index) =>
    Array.isArray(stored)
      ? decodeCheck(stored)
      : judgeByValue(checks[index], stored),
  );
}

// Written by hand, since it is done for every check of every entity in a pass, and costs a third of JSON.stringify

function encodeCheck(check: JudgedCheck): string {
  const { verdict, credit, message } = check;
  let evidence = '';
  for (const entry of check.evidence) {
    evidence +=
      evidence === '' ? encodeEvidence(entry) : `,${encodeEvidence(entry)}`;
  }
  const start = `["${verdict}",[${evidence}]`;
  if (credit !== impliedCredit(verdict)) {
    return `${start},${JSON.stringify(message)},${credit}]`;
  }
  return verdict === 'pass' && message === PASSED
    ? `${start}]`
    : `${start},${JSON.stringify(message)}]`;
}

function decodeCheck(stored: StoredCheck): JudgedCheck {
  const [verdict, evidence = [], message, credit] = stored;
  return {
    verdict,
    credit: credit ?? impliedCredit(verdict),
    evidence: evidence.map(decodeEvidence),
    message: message ?? PASSED,
  };
}

function impliedCredit(verdict: JudgedCheck['verdict']): number {
  return verdict === 'pass' ? 1 : 0;
}

function encodeEvidence(evidence: Evidence): string {
  const { fact, value, text, file, line, absent } = evidence;
  const boxed = value === undefined ? '[]' : `[${encodeValue(value)}]`;
  let shown = 'null';
  if (text !== undefined) {
    shown = isWritten(value, text) ? `${SAME_AS_VALUE}` : JSON.stringify(text);
  }
  const start = `[${quotedFact(fact)},${boxed},${shown}`;
  if (file === undefined && line === undefined && absent === undefined) {
    return `${start}]`;
  }
  const place = `${JSON.stringify(file ?? null)},${line ?? null}`;
  return absent === undefined
    ? `${start},${place}]`
    : `${start},${place},"${absent}"]`;
}

function encodeValue(value: NonNullable<Evidence['value']> | null): string {
  return typeof value === 'boolean' ? `${value}` : JSON.stringify(value);
}

const MOST_QUOTED = 10_000;
const quoted = new Map<string, string>();

/** The same few facts are named over and over. */
function quotedFact(fact: string): string {
  let known = quoted.get(fact);
  if (known === undefined) {
    known = JSON.stringify(fact);
    if (quoted.size < MOST_QUOTED) {
      quoted.set(fact, known);
    }
  }
  return known;
}

function decodeEvidence(stored: StoredEvidence): Evidence {
  const [fact, boxed, shown, file, line, absent] = stored;
  const evidence: Evidence = { fact };
  const [value] = boxed as [Evidence['value']?];
  if (value !== undefined) {
    evidence.value = value;
  }
  if (file !== undefined && file !== null) {
    evidence.file = file;
  }
  if (line !== undefined && line !== null) {
    evidence.line = line;
  }
  if (shown === SAME_AS_VALUE) {
    evidence.text = String(value);
  } else if (shown !== undefined && shown !== null) {
    evidence.text = shown;
  }
  if (absent !== undefined) {
    evidence.absent = absent as Evidence['absent'];
  }
  return evidence;
}

function isWritten(value: unknown, text: string): boolean {
  return typeof value !== 'object' && String(value) === text;
}
