import type { Evidence } from '../model';
import type { Tally } from './findings';
import type { AppliedWaiver } from './waiver';

const MAX_NAMED = 3;
const MAX_MISSING_NAMED = 5;

function list(items: string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function fill(template: string, tally: Tally | undefined): string {
  return template.replace(
    /\{\{\s*(count|total)\s*\}\}/g,
    (_, name: keyof Tally) => String(tally?.[name] ?? '?'),
  );
}

/**
 * The sentence under a failed check.
 *
 * @param template - the check's own message; `{{ count }}` and `{{ total }}` are filled in.
 * @param credit - 0 to 1, for checks with part credit.
 * @param explanation - `isOfElements`: whether `tally` and `evidence` are of elements of lists.
 */
export function failMessage(
  template: string | undefined,
  credit: number,
  explanation: {
    evidence: Evidence[];
    tally?: Tally;
    isOfElements?: boolean;
  },
): string {
  const { evidence, tally, isOfElements } = explanation;
  if (template) {
    return fill(template, tally);
  }
  const share = credit > 0 ? ` (${Math.round(credit * 100)} % reached)` : '';
  if (tally && isOfElements && tally.count > 0) {
    const names = evidence
      .slice(0, MAX_NAMED)
      .map(entry => entry.text ?? entry.fact);
    const more = tally.count > names.length ? ', …' : '';
    return `${tally.count} of ${tally.total} fall short: ${names.join(
      ', ',
    )}${more}${share}`;
  }
  let values = '';
  for (let i = 0; i < evidence.length && i < MAX_NAMED; i++) {
    const { fact, text } = evidence[i];
    values += `${i === 0 ? ' – ' : ', '}${fact}: ${text}`;
  }
  return `Not fulfilled${share}${values}`;
}

/**
 * Says which facts or fields are absent, and why as far as that is known.
 *
 * @param reasons - of the paths, in any order.
 */
export function unknownMessage(
  paths: string[],
  reasons: (string | undefined)[] = [],
): string {
  const named = paths.slice(0, MAX_MISSING_NAMED);
  if (paths.length > named.length) {
    named.push(`${paths.length - named.length} more`);
  }
  const verb = paths.length > 1 ? 'have' : 'has';
  const known = [...new Set(reasons)].filter(reason => reason !== undefined);
  const why = known.slice(0, MAX_NAMED).join('; ');
  return `Not known: ${list(named)} ${verb} not been collected${
    why && ` – ${why}`
  }`;
}

/** Says which facts have expired, and when. */
export function staleMessage(
  expired: { source: string; expiresAt: string }[],
): string {
  return `Out of date: ${list(
    expired.map(({ source, expiresAt }) => `${source} expired at ${expiresAt}`),
  )}`;
}

/** Says that a check passed. */
export function passMessage(): string {
  return 'Fulfilled';
}

/** Says why a check does not apply. */
export function notApplicableMessage(when: string): string {
  return `Does not apply: ${when.replace(/\s+/g, ' ').trim()} is false`;
}

/** Says that the rule itself broke, which is not the service's doing. */
export function errorMessage(problem: string): string {
  return `The rule could not be evaluated: ${problem}`;
}

/** Says until when and why a check is waived, and what it would say otherwise. */
export function waivedMessage(
  waiver: AppliedWaiver,
  otherwise: string,
): string {
  return `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}. Otherwise: ${otherwise}`;
}
