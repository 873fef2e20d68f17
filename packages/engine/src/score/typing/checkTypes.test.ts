import { z } from 'zod';
import { compileExpression } from '../expression';
import { findTypeProblems } from './checkTypes';
import { FACT_SCHEMAS } from './factSchemas';
import { typeOfSchema } from './factType';

const schema = z.object({
  ok: z.boolean(),
  name: z.string().optional(),
  kind: z.enum(['service', 'library']),
  count: z.number().int(),
  share: z.number().nullable(),
  tags: z.array(z.string()),
  items: z.array(
    z.object({ id: z.string(), size: z.number(), ok: z.boolean() }),
  ),
  labels: z.record(z.string(), z.string()),
  stages: z.record(z.enum(['build', 'test']), z.number()),
  free: z.json(),
  either: z.union([z.string(), z.number()]),
  open: z.looseObject({ known: z.boolean() }),
  tree: z.object({
    get children() {
      return z.array(z.object({ name: z.string(), more: z.unknown() }));
    },
  }),
});
const types = new Map([
  ['f', typeOfSchema(z.toJSONSchema(schema) as Record<string, unknown>)],
]);

function problemsOf(source: string, as: 'when' | 'pass' = 'pass') {
  const { parsed } = compileExpression(source, ['f', 'g']);
  return findTypeProblems({ root: parsed!.root, types, as }).map(
    ({ node, message }) => `${parsed!.offsetOf(node)} ${message}`,
  );
}

it.each([
  ['f.ok'],
  ['f.share'],
  ['f.count == 3'],
  ['f.count > 3 && f.share <= 0.5'],
  ['f.count / 4.0 + 1.0 < 2'],
  ['size(f.tags) + 1 > 2'],
  ['double(f.tags.size()) / double(f.items.size())'],
  ['int(f.count) % 2 == 0'],
  ["f.kind == 'service' || f.kind != 'library'"],
  ["f.kind in ['service', 'other']"],
  ["'a' in f.tags && 'k' in f.labels && f.labels.k == 'v'"],
  ["f.labels['x/y'].startsWith('a')"],
  ['f.stages.build > f.stages.test'],
  ['f.items.filter(i, i.ok).map(i, i.size).all(s, s > 1.0)'],
  ["f.items[0].id.matches('^a')"],
  ["f.tags[0] == f.name && f.items.exists_one(i, i.id == 'x')"],
  ['f.labels.all(k, f.labels[k] != "")'],
  ['has(f.name) && !has(f.share)'],
  ['f.free.anything[0] > "x" && f.free + 1 == 2'],
  ['f.either == 1 || f.either == "x"'],
  ['f.open.known && f.open.unknown.deep'],
  ['f.tree.children.all(c, c.more.x == 1)'],
  ["g.a.all(x, x + 1 > 'a')"],
  ['(f.ok ? f.tags : f.items).size() > 0'],
  ["(f.ok ? 'a' : f.name) == 'b'"],
  ["string(f.count) == '1' && f.name + 'x' == 'yx'"],
  ['[1, 2].all(n, n > 0) && [[1], []].all(l, l.size() < 2)'],
  ['timestamp(f.name).getFullYear() > 2000 && type(f.ok) == bool'],
])('finds nothing wrong with %s', source => {
  expect(problemsOf(source)).toEqual([]);
});

it.each([
  ['f.nam', "1 f has no field 'nam' (did you mean 'name'?)"],
  ['has(f.nam)', "did you mean 'name'"],
  ["f['nam'] == 'x'", "f has no field 'nam'"],
  ['f.items.all(i, i.sizes > 1.0)', "16 i has no field 'sizes'"],
  ['f.tags.all(t, t.name)', 't is a text and has no fields'],
  ['f.items.ok', 'f.items is a list and has no fields: ask of its elements'],
  ['f.stages.deploy > 1.0', "f.stages has no field 'deploy'"],
  ["f.tags.contains('a')", "'contains' is of a text, and f.tags is a list"],
  [
    'f.name.startsWith(f.count)',
    "'startsWith' takes a text, and this is a number",
  ],
  ["contains(f.name, 'a')", "'contains' is called as value.contains(value)"],
  ['f.name.double() > 1.0', "'double' is called as double(value)"],
  ['f.tags.size(1) > 1', "'size' is called as size(value)"],
  ["f.ok < 'a'", 'have no order among each other'],
  ['f.tags > 3', 'a list has no order'],
  ["f.count == '3'", 'a number and a text are never equal'],
  [
    "f.kind == 'servise'",
    "f.kind is never 'servise', only one of service, library (did you mean 'service'?)",
  ],
  ['f.name == null', 'ask has(…) instead'],
  ['1 in f.tags', 'an integer and a text are never equal'],
  [
    'f.name in f.count',
    "'in' needs a list or an object, and f.count is a number",
  ],
  ['1 in f.labels', 'keys are texts'],
  ['f.count + 1 > 2', "there is no 'double + int'"],
  ['f.tags.size() / 2.0 > 1.0', "there is no 'double / int'"],
  ["f.count - 'a' > 1", "'-' does not take a text"],
  ["f.name + 1.0 == 'x'", "there is no '+' of a text and a number"],
  ['f.count % 2.0 == 0', 'write int(…)'],
  ['-f.name > 1', "'-' takes a number"],
  ['!f.name', "'!' takes true or false, and f.name is a text"],
  ['f.ok && f.tags', "'&&' takes true or false, and f.tags is a list"],
  ['f.count ? true : false', "'?' takes true or false"],
  [
    'f.ok.all(x, x)',
    "'all' needs a list or an object, and f.ok is true or false",
  ],
  [
    'f.items.all(i, i.size)',
    "'all' asks for true or false, and this is a number",
  ],
  [
    'f.tags["a"] == "x"',
    'f.tags is a list, whose elements have numbers, not a text',
  ],
  ['f[1]', 'the fields of f have names, not an integer'],
  ['f.name[0] == "x"', 'f.name is a text and has no elements'],
  [
    'size(f.count) > 1',
    'a size is of a list, an object or a text, and f.count is a number',
  ],
  ['double(f.tags) > 1.0', 'a list cannot be converted'],
  [
    'f.name',
    "'pass' is true, false or a number from 0 to 1, and this is a text",
  ],
])('finds what is wrong with %s', (source, problem) => {
  const problems = problemsOf(source);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

it('wants true or false of a condition', () => {
  expect(problemsOf('f.count', 'when')).toEqual([
    "1 'when' is true or false, and this is a number",
  ]);
});

it('reports each mistake once, and nothing that only follows from it', () => {
  expect(problemsOf("f.nam.a.b > 1 && f.countt + 'x' == 1")).toEqual([
    "1 f has no field 'nam' (did you mean 'name'?)",
    "18 f has no field 'countt' (did you mean 'count'?)",
  ]);
});

it('understands schemas by reference, and none that are odd', () => {
  const node: Record<string, unknown> = {
    type: 'object',
    properties: {
      next: { $ref: '#/$defs/node' },
      value: { type: ['string', 'null'] },
    },
    additionalProperties: false,
  };
  const type = typeOfSchema({ $ref: '#/$defs/node', $defs: { node } });
  expect(type).toMatchObject({ kind: 'map' });
  for (const odd of [{}, { type: 3 }, { $ref: 'x' }, { anyOf: [true] }]) {
    expect(typeOfSchema(odd)).toEqual({ kind: 'any' });
  }
});

it('knows the facts that the suite collects', () => {
  expect(Object.keys(FACT_SCHEMAS).sort()).toEqual([
    'catalog',
    'cost',
    'drift',
    'forge',
    'health',
    'repository',
    'slo',
  ]);
  for (const known of Object.values(FACT_SCHEMAS)) {
    const type = typeOfSchema(known);
    expect(type.kind === 'map' && type.fields.size > 0 && !type.others).toBe(
      true,
    );
  }
});
