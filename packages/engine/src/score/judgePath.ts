import type { Facts } from '../model';
import type { CompiledCheck, CompiledPath } from './compile';
import { createFactView } from './factView';
import { judgeCheck, type Ground, type JudgedCheck } from './verdict';

const NONE: ReadonlySet<string> = new Set();

/** Sources whose fact has expired. A date that cannot be read counts as past. */
function expiredSources(
  facts: Facts,
  sources: readonly string[],
  now: number,
): ReadonlySet<string> {
  const expired = sources.filter(source => {
    const expiresAt = Object.hasOwn(facts, source)
      ? facts[source].expiresAt
      : undefined;
    return expiresAt !== undefined && !(Date.parse(expiresAt) > now);
  });
  return expired.length === 0 ? NONE : new Set(expired);
}

function stillHolds(
  { reads }: CompiledCheck,
  judged: JudgedCheck,
  changed: ReadonlySet<string>,
  expired: ReadonlySet<string>,
): boolean {
  return (
    judged.verdict !== 'stale' &&
    !reads.some(source => changed.has(source) || expired.has(source))
  );
}

/**
 * Judges every check of a path on the facts of one entity. Never throws.
 *
 * @remarks
 * Pure: the same arguments give the same verdicts. Neither the order of the checks or facts nor another check's failure
 * changes a verdict. What is judged here depends on no waiver, stage or text of the path but the check's own message.
 *
 * @param options.path - from `compilePath`; use it for as many entities as there are.
 * @param options.facts - facts of the entity by source. Expired ones may be among them.
 * @param options.absences - why a source has no fact (`forge`), or one of its fields no value (`forge.alerts`), where it
 * is known; added to the messages of checks that miss it.
 * @param options.now - decides what has expired.
 * @param options.previous - what the same version of the path said before of the same entity, and the sources whose
 * fact, or reason to have none, is another one since. Only checks that read one of them, or a fact that has expired,
 * are judged again; the result is that of judging all.
 * @returns one entry per check, in the order of the path.
 *
 * @public
 */
export function judgePath(options: {
  path: CompiledPath;
  facts: Facts;
  absences?: Readonly<Record<string, string>>;
  now: Date;
  previous?: {
    judged: readonly JudgedCheck[];
    changed: ReadonlySet<string>;
  };
}): JudgedCheck[] {
  const { path, facts, absences, now, previous } = options;
  const ground: Ground = {
    facts,
    view: createFactView(facts, path.reads),
    expired: expiredSources(facts, path.reads, now.getTime()),
    absences,
  };
  const { checks } = path;
  if (!previous || previous.judged.length !== checks.length) {
    return checks.map(check => judgeCheck(check, ground));
  }
  return checks.map((check, index) => {
    const known = previous.judged[index];
    return stillHolds(check, known, previous.changed, ground.expired)
      ? known
      : judgeCheck(check, ground);
  });
}
