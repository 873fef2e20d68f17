import {
  celError,
  celList,
  celMap,
  type CelError,
  type CelValue,
} from '@bufbuild/cel';
import { isJsonObject, isPresent, keysOf } from '../closures/values';
import { keyAccess, type Absence } from '../factView';

type JsonObject = Record<string, unknown>;

/** Remembers which paths an evaluation by the library asked for and did not find. */
export class MissingData {
  private readonly errors = new Map<string, CelError>();
  private readonly asked = new Map<string, Absence>();

  at(path: string, holder?: unknown): CelError {
    this.asked.set(path, { path, holder: holder as Absence['holder'] });
    let error = this.errors.get(path);
    if (!error) {
      error = celError(`${path} is missing`);
      this.errors.set(path, error);
    }
    return error;
  }

  isCauseOf(error: Error): boolean {
    // The library merges errors into new ones and keeps nothing of the first but its message.
    return [...this.asked.keys()].some(
      path => this.errors.get(path)?.message === error.message,
    );
  }

  absences(): Absence[] {
    return [...this.asked.values()];
  }
}

/** A JSON object for the library: reading a key that is absent or null gives an error that names its path. */
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
      child = toEngineValue(this.json[key], path, this.missing);
      this.children.set(key, child);
    }
    return child;
  }

  has(key: unknown): boolean {
    return isPresent(this.json, key);
  }

  private present(): string[] {
    return keysOf(this.json);
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

/** A JSON array for the library: walking one that holds a null gives an error that names its place. */
export class FactList {
  private readonly items = new Map<number, CelValue | CelError>();

  constructor(
    readonly json: readonly unknown[],
    readonly path: string,
    private readonly missing: MissingData,
  ) {}

  get size(): number {
    return this.json.length;
  }

  get(index: number): CelValue | CelError | undefined {
    if (!(index in this.json)) {
      return undefined;
    }
    if (this.json[index] === null) {
      return this.missing.at(`${this.path}[${index}]`);
    }
    let item = this.items.get(index);
    if (item === undefined) {
      item = toEngineValue(
        this.json[index],
        `${this.path}[${index}]`,
        this.missing,
      );
      this.items.set(index, item);
    }
    return item;
  }

  values() {
    return this.json.map((_, index) => this.get(index))[Symbol.iterator]();
  }

  [Symbol.iterator]() {
    return this.values();
  }
}

/** A JSON value as the library takes it, and where it stands. Values of other types stay what they are. */
export function toEngineValue(
  value: unknown,
  path: string,
  missing: MissingData,
): CelValue | CelError {
  if (value === null) {
    return missing.at(path);
  }
  if (Array.isArray(value)) {
    return new FactList(value, path, missing) as unknown as CelValue;
  }
  return isJsonObject(value)
    ? (new FactMap(value, path, missing) as unknown as CelValue)
    : (value as CelValue);
}

// The library knows its maps and lists by a mark they inherit, and takes no others.
Object.setPrototypeOf(FactMap.prototype, celMap(new Map()));
Object.setPrototypeOf(FactList.prototype, celList([]));
