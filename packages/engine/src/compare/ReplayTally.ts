import type { PathComparison, Verdict } from '../model';
import type { ComparedSide } from './PathComparer';

type Replay = NonNullable<PathComparison['replay']>;
type Day = Replay['days'][number];
type Verdicts = ReadonlyMap<string, Verdict> | undefined;

function countLevel(
  counts: Record<string, number>,
  side: ComparedSide | null,
): void {
  if (side) {
    const level = side.level ?? 'none';
    counts[level] = (counts[level] ?? 0) + 1;
  }
}

function countFlaps(
  flaps: Map<string, number>,
  yesterday: Verdicts,
  today: Verdicts,
): void {
  for (const [id, verdict] of today ?? []) {
    const previous = yesterday?.get(id);
    if (previous !== undefined && previous !== verdict) {
      flaps.set(id, (flaps.get(id) ?? 0) + 1);
    }
  }
}

/** Adds up past days under two versions of a path: entities by level, and changes of verdict from day to day. */
export class ReplayTally {
  readonly #days = new Map<string, Day>();
  readonly #last = new Map<string, { before: Verdicts; after: Verdicts }>();
  readonly #flaps = {
    before: new Map<string, number>(),
    after: new Map<string, number>(),
  };

  add(entry: {
    day: string;
    entityRef: string;
    before: ComparedSide | null;
    after: ComparedSide | null;
  }): void {
    const { day, entityRef, before, after } = entry;
    if (!before && !after) {
      return;
    }
    const counts = this.#days.get(day) ?? {
      day,
      entities: 0,
      before: {},
      after: {},
    };
    this.#days.set(day, counts);
    counts.entities += 1;
    countLevel(counts.before, before);
    countLevel(counts.after, after);
    const last = this.#last.get(entityRef);
    const verdicts = { before: before?.verdicts, after: after?.verdicts };
    countFlaps(this.#flaps.before, last?.before, verdicts.before);
    countFlaps(this.#flaps.after, last?.after, verdicts.after);
    this.#last.set(entityRef, verdicts);
  }

  /** `undefined` when no day was added. */
  result(): Replay | undefined {
    const days = [...this.#days.values()].sort((a, b) =>
      a.day < b.day ? -1 : 1,
    );
    if (days.length === 0) {
      return undefined;
    }
    const { before, after } = this.#flaps;
    return {
      from: days[0].day,
      to: days[days.length - 1].day,
      entities: this.#last.size,
      days,
      flaps: [...new Set([...before.keys(), ...after.keys()])]
        .map(id => ({
          id,
          before: before.get(id) ?? 0,
          after: after.get(id) ?? 0,
        }))
        .sort((a, b) => b.after - a.after || (a.id < b.id ? -1 : 1)),
    };
  }
}
