import type { Evidence, Facts } from '../model';

/** Why data that was asked for is not there. */
export type AbsenceCause = {
  absent: NonNullable<Evidence['absent']>;
  reason?: string;
};

/** `forge.alerts["code-scanning"].high` as `forge.alerts.code-scanning.high`. */
function dotted(path: string): string {
  return path.replace(
    /\[(\d+|"(?:[^"\\]|\\.)*")\]/g,
    (_, key: string) => `.${key.startsWith('"') ? JSON.parse(key) : key}`,
  );
}

/** The reason given for the longest beginning of a path, compared field by field. */
function reasonFor(
  path: string,
  reasons: Readonly<Record<string, string>>,
): { length: number; reason: string } | undefined {
  let found: { length: number; reason: string } | undefined;
  for (const key of Object.keys(reasons)) {
    const covers = path === key || path.startsWith(`${key}.`);
    if (covers && key.length > (found?.length ?? -1)) {
      found = { length: key.length, reason: reasons[key] };
    }
  }
  return found;
}

/**
 * Finds out why a path is missing: its source has no fact, its collector named a gap there, or the fact lacks the field.
 *
 * @param reasons - by source or by path with source.
 */
export function causeOfAbsence(
  path: string,
  facts: Facts,
  reasons: Readonly<Record<string, string>> = {},
): AbsenceCause {
  const plain = dotted(path);
  const source = plain.split('.', 1)[0];
  const given = reasonFor(plain, reasons);
  if (!Object.hasOwn(facts, source)) {
    return { absent: 'source', reason: given?.reason };
  }
  const gap = reasonFor(
    plain.slice(source.length + 1),
    facts[source].gaps ?? {},
  );
  const gapLength = gap ? source.length + 1 + gap.length : -1;
  if (given && given.length > source.length && given.length > gapLength) {
    return { absent: 'gap', reason: given.reason };
  }
  return gap ? { absent: 'gap', reason: gap.reason } : { absent: 'field' };
}
