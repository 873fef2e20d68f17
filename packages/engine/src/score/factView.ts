import type { Facts } from '../model';
import { Missing } from './closures/values';

type Json = Facts[string]['data'][string];
type JsonObject = Facts[string]['data'];

/** A path that was asked for and not found, with the object it is missing from, if there is one. */
export type Absence = { path: string; holder?: Json };

/** How a key is read in an expression: `.name`, or `["any-thing"]` when it is no identifier. */
export function keyAccess(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)
    ? `.${key}`
    : `[${JSON.stringify(key)}]`;
}

/** A list element that is null, where it stands. */
class MissingElement extends Missing {
  constructor(readonly list: readonly unknown[], readonly index: number) {
    super('an element is missing');
  }
}

/**
 * Facts of one entity as expressions read them, where the loops of the evaluation under way stand, and which paths it
 * asked for and did not find.
 */
export class FactView {
  private readonly sources = new Map<string, JsonObject>();
  private asked: (() => Absence)[] = [];
  private places: Map<unknown, string> | undefined;
  /** Elements that the loops around are at, outermost first. */
  readonly elements: unknown[] = [];
  /** Positions of those elements in their lists. */
  readonly indices: number[] = [];

  constructor(facts: Facts, sources: Iterable<string>) {
    for (const source of sources) {
      if (Object.hasOwn(facts, source)) {
        this.sources.set(source, facts[source].data);
      }
    }
  }

  /** The data of a source; `undefined` when it has no fact. */
  data(source: string): JsonObject | undefined {
    return this.sources.get(source);
  }

  /** Forgets what was asked for. */
  forget(): void {
    if (this.asked.length > 0) {
      this.asked = [];
    }
  }

  /** Notes that data is missing at a path. */
  missingAt(path: string, holder?: unknown): Missing {
    this.asked.push(() => ({ path, holder: holder as Json }));
    return new Missing(`${path} is missing`);
  }

  /** Notes that an object lacks a key. */
  missingKey(holder: unknown, key: string, around = 'value'): Missing {
    this.asked.push(() => ({
      path: `${this.locate(holder) ?? around}${keyAccess(key)}`,
      holder: holder as Json,
    }));
    return new Missing(`${key} is missing`);
  }

  /** An element of a list as a value: a null is missing. */
  element(list: readonly unknown[], index: number): unknown {
    const item = list[index];
    if (item === null || item === undefined) {
      const missing = new MissingElement(list, index);
      this.askFor(missing);
      return missing;
    }
    if (item instanceof MissingElement) {
      this.askFor(item);
    }
    return item;
  }

  /** An element as a value, noting nothing yet: for a copy of a list. */
  uncheckedElement(list: readonly unknown[], index: number): unknown {
    const item = list[index];
    return item === null || item === undefined
      ? new MissingElement(list, index)
      : item;
  }

  private askFor({ list, index }: MissingElement): void {
    this.asked.push(() => ({
      path: `${this.locate(list) ?? 'list'}[${index}]`,
    }));
  }

  /** What was asked for and not found, by path. */
  absences(): Absence[] {
    const byPath = new Map<string, Absence>();
    for (const absence of this.asked.map(describe => describe())) {
      byPath.set(absence.path, absence);
    }
    return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The path of an object or list of a fact; `undefined` for one that an expression built. */
  locate(json: unknown): string | undefined {
    if (!this.places) {
      this.places = new Map();
      for (const [source, data] of this.sources) {
        this.place(data, source, this.places);
      }
    }
    return this.places.get(json);
  }

  private place(json: unknown, path: string, into: Map<unknown, string>) {
    if (typeof json !== 'object' || json === null || into.has(json)) {
      return;
    }
    into.set(json, path);
    if (Array.isArray(json)) {
      json.forEach((item, index) =>
        this.place(item, `${path}[${index}]`, into),
      );
    } else {
      for (const [key, item] of Object.entries(json)) {
        this.place(item, `${path}${keyAccess(key)}`, into);
      }
    }
  }
}

/**
 * Makes the facts of one entity readable by expressions.
 *
 * @param sources - every source that some check reads; those without a fact read as missing.
 */
export function createFactView(
  facts: Facts,
  sources: Iterable<string>,
): FactView {
  return new FactView(facts, sources);
}
