/**
 * What is known of a value before any fact is: `any` takes part in everything. JSON numbers are `double`, and only
 * `double`.
 */
export type FactType =
  | { kind: 'any' | 'bool' | 'int' | 'double' | 'null' }
  | { kind: 'string'; values?: readonly string[] }
  | { kind: 'list'; element: FactType }
  | {
      kind: 'map';
      fields: ReadonlyMap<string, FactType>;
      /** Of fields not listed; absent when there are none. */
      others?: FactType;
    };

/** A type that takes part in everything. */
export const ANY: FactType = { kind: 'any' };
/** True or false. */
export const BOOL: FactType = { kind: 'bool' };
/** A whole number written in an expression, or a size. */
export const INT: FactType = { kind: 'int' };
/** A JSON number, or one written with a point. */
export const DOUBLE: FactType = { kind: 'double' };
/** A text. */
export const STRING: FactType = { kind: 'string' };

/**
 * JSON Schema of a fact's data, as `z.toJSONSchema` gives it. What it leaves open is never complained about.
 *
 * @public
 */
export type FactSchema = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeNames(schema: FactSchema): unknown[] {
  const names = Array.isArray(schema.type) ? schema.type : [schema.type];
  // Null counts as missing in an expression.
  return names.filter(name => name !== 'null');
}

class SchemaReader {
  private readonly open = new Set<unknown>();

  constructor(private readonly definitions: Record<string, unknown>) {}

  read(schema: unknown): FactType {
    if (!isObject(schema) || this.open.has(schema)) {
      return ANY;
    }
    this.open.add(schema);
    try {
      return this.readObject(schema);
    } finally {
      this.open.delete(schema);
    }
  }

  private readObject(schema: Record<string, unknown>): FactType {
    if (typeof schema.$ref === 'string') {
      return this.read(this.definitions[schema.$ref.split('/').pop() ?? '']);
    }
    const branches = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(branches)) {
      const known = branches.filter(
        branch => !isObject(branch) || branch.type !== 'null',
      );
      return known.length === 1 ? this.read(known[0]) : ANY;
    }
    const [type, ...more] = typeNames(schema);
    if (more.length > 0) {
      return ANY;
    }
    switch (type) {
      case 'boolean':
        return BOOL;
      case 'number':
      case 'integer':
        return DOUBLE;
      case 'string':
        return this.readString(schema);
      case 'array':
        return { kind: 'list', element: this.read(schema.items) };
      case 'object':
        return this.readMap(schema);
      default:
        return ANY;
    }
  }

  private readString({ enum: options, const: only }: FactSchema): FactType {
    const values = options ?? (only === undefined ? undefined : [only]);
    return Array.isArray(values) && values.every(v => typeof v === 'string')
      ? { kind: 'string', values }
      : STRING;
  }

  private readMap(schema: FactSchema): FactType {
    const { properties, additionalProperties, propertyNames } = schema;
    const others =
      additionalProperties === false
        ? undefined
        : this.read(additionalProperties);
    const names =
      isObject(propertyNames) && Array.isArray(propertyNames.enum)
        ? propertyNames.enum.map(String)
        : undefined;
    const fields = new Map(
      Object.entries(isObject(properties) ? properties : {}).map(
        ([name, field]) => [name, this.read(field)],
      ),
    );
    names?.forEach(name => fields.set(name, others ?? ANY));
    return { kind: 'map', fields, ...(others && !names && { others }) };
  }
}

const known = new WeakMap<FactSchema, FactType>();

/** The type that a fact's JSON Schema describes. Never throws: what it does not understand is `any`. */
export function typeOfSchema(schema: FactSchema): FactType {
  let type = known.get(schema);
  if (!type) {
    const definitions = schema.$defs ?? schema.definitions;
    type = new SchemaReader(isObject(definitions) ? definitions : {}).read(
      schema,
    );
    known.set(schema, type);
  }
  return type;
}
