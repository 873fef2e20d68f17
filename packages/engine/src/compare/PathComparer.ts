import type {
  ComparedEntity,
  GoldenPath,
  PathComparison,
  Score,
  Verdict,
  VerdictCounts,
} from '../model';
import { levelRank } from './levelRank';
import { ReplayTally } from './ReplayTally';

/** How an entity stands under one version of a path. @public */
export interface ComparedSide {
  level: string | null;
  score: Score;
  /** Verdicts by check id. */
  verdicts: ReadonlyMap<string, Verdict>;
}

type Move = 'fall' | 'uncovered' | 'rise' | 'covered' | 'shift' | 'same';
type Tally = PathComparison['total'];

/** The order in which a reviewer wants them. */
const LISTED: Move[] = ['fall', 'uncovered', 'rise', 'covered', 'shift'];
const MAX_ENTITIES = 1_000;

const emptyTally = (): Tally => ({
  entities: 0,
  rise: 0,
  fall: 0,
  shift: 0,
  same: 0,
  covered: 0,
  uncovered: 0,
});

function isSameScore(a: Score, b: Score): boolean {
  return (
    a.raw === b.raw &&
    a.adjusted === b.adjusted &&
    a.low === b.low &&
    a.high === b.high
  );
}

function differences(
  before: ComparedSide,
  after: ComparedSide,
): ComparedEntity['checks'] {
  const ids = new Set([...after.verdicts.keys(), ...before.verdicts.keys()]);
  return [...ids].flatMap(id => {
    const from = before.verdicts.get(id) ?? null;
    const to = after.verdicts.get(id) ?? null;
    return from === to ? [] : [{ id, from, to }];
  });
}

const standingOf = (side: ComparedSide | null) =>
  side && { level: side.level, score: side.score };

/**
 * Compares two versions of a path entity by entity, so that a fleet need not be held in memory: it keeps the totals, at
 * most 1,000 entities of each kind of move, and for the replay the last verdicts of each entity.
 *
 * @public
 */
export class PathComparer {
  readonly #options: {
    before: GoldenPath | null;
    after: GoldenPath;
    comparedAt: Date;
  };
  readonly #total = emptyTally();
  readonly #owners = new Map<string | null, Tally>();
  readonly #moved = new Map<Move, ComparedEntity[]>();
  readonly #flips = new Map<string, number>();
  readonly #counts = {
    before: new Map<string, VerdictCounts>(),
    after: new Map<string, VerdictCounts>(),
  };
  readonly #replay = new ReplayTally();

  /** `before` is `null` for a path that is not in force yet. */
  constructor(options: {
    before: GoldenPath | null;
    after: GoldenPath;
    comparedAt: Date;
  }) {
    this.#options = options;
  }

  /** Adds an entity as it stands now; `null` where a version does not cover it. One that neither covers is left out. */
  add(entity: {
    entityRef: string;
    owner: string | null;
    before: ComparedSide | null;
    after: ComparedSide | null;
  }): void {
    const { entityRef, owner, before, after } = entity;
    if (!before && !after) {
      return;
    }
    this.#count('before', before);
    this.#count('after', after);
    const checks = before && after ? differences(before, after) : [];
    for (const { id } of checks) {
      this.#flips.set(id, (this.#flips.get(id) ?? 0) + 1);
    }
    const move = this.#moveOf(before, after, checks);
    const ownTally = this.#owners.get(owner) ?? emptyTally();
    this.#owners.set(owner, ownTally);
    for (const tally of [this.#total, ownTally]) {
      tally.entities += 1;
      tally[move] += 1;
    }
    const listed = this.#moved.get(move) ?? [];
    if (move !== 'same' && listed.length < MAX_ENTITIES) {
      listed.push({
        entityRef,
        owner,
        before: standingOf(before),
        after: standingOf(after),
        checks,
      });
      this.#moved.set(move, listed);
    }
  }

  /** Adds an entity as it stood on a day of the past. The days of one entity come in ascending order. */
  addDay(entry: {
    /** ISO date, UTC. */
    day: string;
    entityRef: string;
    before: ComparedSide | null;
    after: ComparedSide | null;
  }): void {
    this.#replay.add(entry);
  }

  result(): PathComparison {
    const { before, after, comparedAt } = this.#options;
    const replay = this.#replay.result();
    return {
      path: {
        name: after.metadata.name,
        before: before?.spec.version ?? null,
        after: after.spec.version,
      },
      comparedAt: comparedAt.toISOString(),
      total: { ...this.#total },
      entities: LISTED.flatMap(move =>
        (this.#moved.get(move) ?? []).sort((a, b) =>
          a.entityRef < b.entityRef ? -1 : 1,
        ),
      ).slice(0, MAX_ENTITIES),
      owners: [...this.#owners]
        .map(([owner, tally]) => ({ owner, ...tally }))
        .sort(
          (a, b) =>
            b.fall - a.fall ||
            b.rise - a.rise ||
            ((a.owner ?? '') < (b.owner ?? '') ? -1 : 1),
        ),
      checks: this.#checks(),
      ...(replay && { replay }),
    };
  }

  #count(side: 'before' | 'after', standing: ComparedSide | null) {
    for (const [id, verdict] of standing?.verdicts ?? []) {
      const counts = this.#counts[side].get(id) ?? {};
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      this.#counts[side].set(id, counts);
    }
  }

  #moveOf(
    before: ComparedSide | null,
    after: ComparedSide | null,
    checks: ComparedEntity['checks'],
  ): Move {
    if (!before || !after) {
      return before ? 'uncovered' : 'covered';
    }
    const ladders = {
      before: this.#options.before?.spec.levels ?? [],
      after: this.#options.after.spec.levels,
    };
    const [from, to] = [
      levelRank(before.level, ladders.before, ladders.after),
      levelRank(after.level, ladders.after, ladders.after),
    ];
    if (from !== to) {
      return from < to ? 'rise' : 'fall';
    }
    // A check only one version has is no move as long as it counts for nothing.
    const isSame =
      isSameScore(before.score, after.score) &&
      checks.every(({ from: was, to: is }) => was === null || is === null);
    return isSame ? 'same' : 'shift';
  }

  #checks(): PathComparison['checks'] {
    const { before, after } = this.#options;
    const old = new Map(before?.spec.checks.map(c => [c.id, c.title]) ?? []);
    const current = new Map(after.spec.checks.map(c => [c.id, c.title]));
    return [...new Map([...old, ...current])]
      .map(([id, title]) => ({
        id,
        title,
        before: old.has(id) ? this.#counts.before.get(id) ?? {} : null,
        after: current.has(id) ? this.#counts.after.get(id) ?? {} : null,
        flips: this.#flips.get(id) ?? 0,
      }))
      .sort((a, b) => b.flips - a.flips || (a.id < b.id ? -1 : 1));
  }
}
