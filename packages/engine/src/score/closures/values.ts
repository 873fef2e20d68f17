/** What an expression comes to instead of a value. Cheap to make: it holds no stack. */
export class Fault {
  constructor(readonly message: string) {}
}

/** The fault of data that is absent or null. */
export class Missing extends Fault {}

/** A list that an expression built, so that it may hold what JSON cannot: integers, and faults where it was copied. */
export class BuiltList extends Array<unknown> {}

/**
 * A value of an expression: JSON as it stands in a fact, `bigint` for an integer, a {@link BuiltList}, or a
 * {@link Fault}. JSON numbers are doubles. Values of other types (bytes, timestamps, ...) are those of the library.
 */
export type Value = unknown;

/** True for a map, which in closures is every object but a list and a fault. */
export function isMap(value: Value): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Fault)
  );
}

/** True for a JSON object, and false for every value of the library. */
export function isJsonObject(value: Value): value is Record<string, unknown> {
  if (!isMap(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  // Not by identity: the object may be of another realm.
  return prototype === null || prototype.constructor?.name === 'Object';
}

/** True for a key of a map that is there: absent and null are the same. */
export function isPresent(
  json: Record<string, unknown>,
  key: unknown,
): key is string {
  return (
    typeof key === 'string' &&
    Object.hasOwn(json, key) &&
    json[key] !== null &&
    json[key] !== undefined
  );
}

/** Keys of a map that are there. */
export function keysOf(json: Record<string, unknown>): string[] {
  return Object.keys(json).filter(
    key => json[key] !== null && json[key] !== undefined,
  );
}

/** Name of a value's type in the expression language. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'double';
    case 'bigint':
      return 'int';
    case 'string':
      return 'string';
    default:
      if (Array.isArray(value)) {
        return 'list';
      }
      return isMap(value) ? 'map' : 'value';
  }
}

/** The fault of a function or operator that takes no values of these types. */
export function noOverload(name: string, ...values: Value[]): Fault {
  return new Fault(
    `found no matching overload for '${name}' applied to (${values
      .map(typeOf)
      .join(', ')})`,
  );
}
