import { Fact, Facts } from '@goldenpath/engine';
import { StoredFact } from '../database/FactStore';
import { FactContent } from '../database/ResultStore';

/** The facts of one entity as checks read them, with what the results need to know of each source. @internal */
export interface EntityFacts {
  facts: Facts;
  /** Why sources have no fact. */
  absences: Record<string, string>;
  /** Source to digest of its content; `''` where there is none. */
  digests: Record<string, string>;
}

/** A fact whose content is parsed when a check first reads it: most sources of most entities did not change. */
class StoredContent implements Fact {
  readonly observedAt: string;
  readonly expiresAt?: string;
  readonly gaps?: Fact['gaps'];
  #text: string | undefined;
  #data: Fact['data'] | undefined;

  constructor(row: FactContent, text: string, observedAt: string) {
    this.observedAt = observedAt;
    this.#text = text;
    if (row.expires_at !== null) {
      this.expiresAt = row.expires_at;
    }
    if (row.gaps !== null) {
      this.gaps = JSON.parse(row.gaps);
    }
  }

  get data(): Fact['data'] {
    if (this.#text !== undefined) {
      this.#data = JSON.parse(this.#text);
      this.#text = undefined;
    }
    return this.#data!;
  }
}

/** @internal */
export function readStoredFacts(rows: FactContent[]): EntityFacts {
  const facts: Facts = {};
  const absences: Record<string, string> = {};
  const digests: Record<string, string> = {};
  for (const row of rows) {
    const { source, data, observed_at: observedAt, problem } = row;
    if (data !== null && observedAt !== null) {
      facts[source] = new StoredContent(row, data, observedAt);
      digests[source] = row.digest ?? '';
    } else {
      digests[source] = '';
      if (problem !== null) {
        absences[source] = problem;
      }
    }
  }
  return { facts, absences, digests };
}

/** The facts an evaluation has in its hands. @internal */
export function factsForJudging(stored: StoredFact[]): EntityFacts {
  const known: EntityFacts = { facts: {}, absences: {}, digests: {} };
  for (const { source, fact, digest, problem } of stored) {
    known.digests[source] = fact ? digest ?? '' : '';
    if (fact) {
      known.facts[source] = fact;
    } else if (problem !== undefined) {
      known.absences[source] = problem;
    }
  }
  return known;
}

/** Contents by entity, and about how much memory they take. @internal */
export function byEntity(rows: FactContent[]) {
  const grouped = new Map<string, FactContent[]>();
  let bytes = 0;
  for (const row of rows) {
    bytes += row.data?.length ?? 0;
    const known = grouped.get(row.entity_ref);
    if (known) {
      known.push(row);
    } else {
      grouped.set(row.entity_ref, [row]);
    }
  }
  return { rows: grouped, bytes };
}
