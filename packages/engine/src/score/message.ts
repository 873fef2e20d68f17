import type { Evidence, Waiver } from '../model';
import type { Tally } from './findings';

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
 * @param options.template - the check's own message; `{{ count }}` and `{{ total }}` are filled in.
 * @param options.credit - 0 to 1, for checks with part credit.
 * @param options.isOfElements - whether `tally` and `evidence` are of elements of lists.
 */
export function failMessage(options: {
  template?: string;
  credit: number;
  evidence: Evidence[];
  tally?: Tally;
  isOfElements?: boolean;
}): string {
  const { template, credit, evidence, tally, isOfElements } = options;
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
  const values = evidence
    .slice(0, MAX_NAMED)
    .map(({ fact, text }) => `${fact}: ${text}`);
  return `Not fulfilled${share}${
    values.length > 0 ? ` – ${values.join(', ')}` : ''
  }`;
}

/** Says which facts or fields are absent. */
export function unknownMessage(paths: string[]): string {
  const named = paths.slice(0, MAX_MISSING_NAMED);
  if (paths.length > named.length) {
    named.push(`${paths.length - named.length} more`);
  }
  const verb = paths.length > 1 ? 'have' : 'has';
  return `Not known: ${list(named)} ${verb} not been collected`;
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
export function waivedMessage(waiver: Waiver, otherwise: string): string {
  return `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}. Otherwise: ${otherwise}`;
}
