import {
  celError,
  celList,
  celMap,
  type CelError,
  type CelValue,
} from '@bufbuild/cel';
import type { Facts } from '../model';

type Json = Facts[string]['data'][string];
type JsonObject = { [key: string]: Json };

/** A path that was asked for and not found, with the object or list it is missing from, if there is one. */
export type Absence = { path: string; holder?: Json };

/** Remembers which paths an evaluation asked for and did not find. */
class MissingData {
  private readonly errors = new Map<string, CelError>();
  private readonly asked = new Map<string, Absence>();

  at(path: string, holder?: Json): CelError {
    this.asked.set(path, { path, holder });
    let error = this.errors.get(path);
    if (!error) {
      error = celError(`${path} is missing`);
      this.errors.set(path, error);
    }
    return error;
  }

  isCauseOf(error: Error): boolean {
    // The engine merges errors into new ones and keeps nothing of the first but its message.
    return [...this.asked.keys()].some(
      path => this.errors.get(path)?.message === error.message,
    );
  }

  absences(): Absence[] {
    return [...this.asked.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  forget(): void {
    this.asked.clear();
  }
}

function isPresent(json: JsonObject, key: unknown): key is string {
  return (
    typeof key === 'string' &&
    Object.hasOwn(json, key) &&
    json[key] !== null &&
    json[key] !== undefined
  );
}

/** A JSON object in an expression: reading a key that is absent or null gives an error that names its path. */
export class FactMap {
  private readonly children = new Map<string, CelValue | CelError>();

  constructor(
    readonly json: JsonObject,
    readonly path: string,
    private readonly missing: MissingData,
  ) {}

  get(key: unknown): CelValue | CelError | undefined {
    if (typeof key !== 'string') {
      return undefined;
    }
    const path = `${this.path}${keyAccess(key)}`;
    if (!isPresent(this.json, key)) {
      return this.missing.at(path, this.json);
    }
    let child = this.children.get(key);
    if (child === undefined) {
      child = toCelValue(this.json[key], path, this.missing);
      this.children.set(key, child);
    }
    return child;
  }

  has(key: unknown): boolean {
    return isPresent(this.json, key);
  }

  private present(): string[] {
    return Object.keys(this.json).filter(key => isPresent(this.json, key));
  }

  get size(): number {
    return this.present().length;
  }

  keys() {
    return this.present()[Symbol.iterator]();
  }

  values() {
    return this.present()
      .map(key => this.get(key))
      [Symbol.iterator]();
  }

  entries() {
    return this.present()
      .map(key => [key, this.get(key)] as const)
      [Symbol.iterator]();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  forEach(callback: (value: unknown, key: string, map: unknown) => void) {
    this.present().forEach(key => callback(this.get(key), key, this));
  }
}

/** A JSON array in an expression: walking one that holds a null gives an error that names its place. */
export class FactList {
  private items: (CelValue | CelError)[] | undefined;

  constructor(
    readonly json: Json[],
    readonly path: string,
    private readonly missing: MissingData,
  ) {}

  get size(): number {
    return this.json.length;
  }

  private elements(): (CelValue | CelError)[] {
    this.items ??= this.json.map((json, index) =>
      json === null
        ? null!
        : toCelValue(json, `${this.path}[${index}]`, this.missing),
    );
    return this.items.includes(null!)
      ? this.items.map(
          (item, index) => item ?? this.missing.at(`${this.path}[${index}]`),
        )
      : this.items;
  }

  get(index: number): CelValue | CelError | undefined {
    return this.elements()[index];
  }

  values() {
    return this.elements()[Symbol.iterator]();
  }

  [Symbol.iterator]() {
    return this.values();
  }
}

/** A JSON value as the expression engine takes it, and where it stands. */
function toCelValue(
  json: Json,
  path: string,
  missing: MissingData,
): CelValue | CelError {
  if (json === null) {
    return missing.at(path);
  }
  if (Array.isArray(json)) {
    return new FactList(json, path, missing) as unknown as CelValue;
  }
  if (typeof json === 'object') {
    return new FactMap(json, path, missing) as unknown as CelValue;
  }
  return json;
}

// The engine knows its maps and lists by a mark they inherit, and takes no others.
Object.setPrototypeOf(FactMap.prototype, celMap(new Map()));
Object.setPrototypeOf(FactList.prototype, celList([]));

/** How a key is read in an expression: `.name`, or `['any-thing']` when it is no identifier. */
export function keyAccess(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)
    ? `.${key}`
    : `[${JSON.stringify(key)}]`;
}

/** Facts of one entity as variables of expressions. Converted as far as they are read, and once for all checks. */
export type FactView = {
  /** Variables by fact source; a source without a fact is bound to an error. */
  readonly bindings: Record<string, CelValue | CelError>;
  readonly missing: MissingData;
};

/**
 * Makes the facts of one entity readable by expressions.
 *
 * @param sources - every source that some check reads; those without a fact read as missing.
 */
export function createFactView(
  facts: Facts,
  sources: Iterable<string>,
): FactView {
  const missing = new MissingData();
  const bindings: FactView['bindings'] = Object.create(null);
  for (const source of sources) {
    if (Object.hasOwn(facts, source)) {
      bindings[source] = new FactMap(
        facts[source].data,
        source,
        missing,
      ) as unknown as CelValue;
    } else {
      Object.defineProperty(bindings, source, {
        enumerable: true,
        get: () => missing.at(source),
      });
    }
  }
  return { bindings, missing };
}
