import {
  type ComparedSide,
  type CompiledPath,
  compilePath,
  type GoldenPath,
  PathComparer,
  type PathComparison,
  scorePath,
} from '@goldenpath/engine';
import { type FactLine, readFactLines } from './factLines';

function sideOf(
  path: CompiledPath | null,
  { entityRef, facts }: FactLine,
  now: Date,
): ComparedSide | null {
  if (!path) {
    return null;
  }
  const card = scorePath({ path, entityRef, facts, waivers: [], now });
  return {
    level: card.level,
    score: card.score,
    verdicts: new Map(card.checks.map(({ id, verdict }) => [id, verdict])),
  };
}

const endOf = (day: string) => new Date(`${day}T23:59:59.999Z`);

/**
 * Scores the facts of a file under both versions of a path. A line with a day is scored as of the end of that day; how an
 * entity stands now is its line without a day, else its last day. Whom the versions are for is not looked at: facts do
 * not tell.
 *
 * @throws When a line is not valid, or the days of an entity are out of order; the message names the line.
 */
export async function replayFacts(options: {
  before: GoldenPath | null;
  after: GoldenPath;
  file: string;
  now: Date;
}): Promise<PathComparison> {
  const { before, after, file, now } = options;
  const comparer = new PathComparer({ before, after, comparedAt: now });
  const paths = {
    before: before && compilePath(before),
    after: compilePath(after),
  };
  const latest = new Map<
    string,
    { day?: string; entry: Parameters<PathComparer['add']>[0] }
  >();
  const days = new Map<string, string>();
  for await (const { line, number } of readFactLines(file)) {
    const { entityRef, owner = null, day } = line;
    const at = day === undefined ? now : endOf(day);
    const sides = {
      before: sideOf(paths.before, line, at),
      after: sideOf(paths.after, line, at),
    };
    if (day !== undefined) {
      const previous = days.get(entityRef);
      if (previous !== undefined && previous >= day) {
        throw new Error(
          `${file}:${number}: ${day} of ${entityRef} comes after ${previous}; sort the lines by day, one per entity and day`,
        );
      }
      days.set(entityRef, day);
      comparer.addDay({ day, entityRef, ...sides });
    }
    const known = latest.get(entityRef);
    if (day === undefined && known && known.day === undefined) {
      throw new Error(
        `${file}:${number}: ${entityRef} has two lines without a day`,
      );
    }
    if (day === undefined || !known || known.day !== undefined) {
      latest.set(entityRef, { day, entry: { entityRef, owner, ...sides } });
    }
  }
  for (const { entry } of latest.values()) {
    comparer.add(entry);
  }
  return comparer.result();
}
