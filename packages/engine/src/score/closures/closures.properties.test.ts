import { parse } from '@bufbuild/cel';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadGoldenPath } from '../../document';
import type { Facts } from '../../model';
import { evaluate, type Outcome } from '../expression';
import { createFactView } from '../factView';
import { factsOf } from '../__fixtures__/scoring';
import { buildTerm } from './buildTerm';

const SOURCES = ['f', 'g'];

const BROKEN_OFF = 'broken off';

/** An outcome so that those of both ways can be compared: messages of failures are their own affair. */
function comparable(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'value':
      return { value: outcome.value, type: typeof outcome.value };
    case 'missing':
      return { missing: outcome.absences.map(({ path }) => path) };
    default:
      return outcome.message.startsWith('unsupported input')
        ? BROKEN_OFF
        : { failed: true };
  }
}

function outcomeOf(
  source: string,
  facts: Facts,
  way: 'closures' | 'library',
): unknown {
  const root = parse(source).expr;
  const term = buildTerm(root, SOURCES, way);
  return comparable(
    evaluate(
      { source, root, term, reads: SOURCES },
      createFactView(facts, SOURCES),
    ),
  );
}

const scalar = fc.oneof(
  fc.boolean(),
  fc.constantFrom(0, 1, 2, -1, 0.5, 1e20),
  fc.constantFrom('', 'a', 'ab', 'b', '1', 'true', '2x', '😀'),
);
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'l', 'toString'), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;
const typedData = fc.record(
  {
    a: fc.oneof(fc.boolean(), json),
    b: fc.oneof(fc.constantFrom('a', 'ab'), json),
    n: fc.oneof(fc.constantFrom(0, 1, 2, 0.5), json),
    l: fc.array(
      fc.oneof(
        fc.record({ a: fc.boolean(), b: fc.string() }, { requiredKeys: [] }),
        json,
      ),
      { maxLength: 4 },
    ),
    m: fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);
const facts = fc
  .record({ f: typedData, g: typedData }, { requiredKeys: ['f'] })
  // JSON knows no -0, and no object that stands in two places.
  .map(data => factsOf(JSON.parse(JSON.stringify(data))));

const VARIABLES = ['x', 'y'];

function expressions(depth: number, loops: number): fc.Arbitrary<string> {
  const variables = VARIABLES.slice(0, loops);
  const leaf = fc.oneof(
    fc.constantFrom('f.a', 'f.b', 'f.n', 'f.l', 'f.m', 'g.a', 'f.l[0].a', 'f'),
    fc.constantFrom('true', 'false', '0', '1', '2', '1.0', '0.5'),
    fc.constantFrom("'a'", "'ab'", "''", "'1'", '[]', "[1, 'a']"),
    ...(variables.length > 0
      ? [
          fc.constantFrom(...variables),
          fc.constantFrom(...variables.map(name => `${name}.a`)),
          fc.constantFrom(...variables.map(name => `${name}.b`)),
        ]
      : []),
  );
  if (depth === 0) {
    return leaf;
  }
  const part = expressions(depth - 1, loops);
  const pairs = (...operators: string[]) =>
    fc
      .tuple(part, fc.constantFrom(...operators), part)
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`);
  const choices = [
    leaf,
    pairs('&&', '||', '&&', '||', '==', '!=', 'in'),
    pairs('<', '<=', '>', '>=', '+', '-', '*', '/', '%'),
    part.map(inner => `!(${inner})`),
    part.map(inner => `-(${inner})`),
    fc
      .tuple(part, part, part)
      .map(([when, then, otherwise]) => `(${when} ? ${then} : ${otherwise})`),
    fc
      .tuple(part, fc.constantFrom('a', 'b', 'toString'))
      .map(([inner, field]) => `(${inner}).${field}`),
    fc
      .tuple(part, fc.constantFrom('a', 'l'))
      .map(([inner, field]) => `has((${inner}).${field})`),
    fc.tuple(part, part).map(([inner, key]) => `(${inner})[${key}]`),
    fc
      .tuple(fc.constantFrom('size', 'int', 'double', 'bool', 'string'), part)
      .map(([name, inner]) => `${name}(${inner})`),
    part.map(inner => `(${inner}).size()`),
    fc
      .tuple(
        part,
        fc.constantFrom('contains', 'startsWith', 'endsWith', 'matches'),
        part,
      )
      .map(([inner, name, argument]) => `(${inner}).${name}(${argument})`),
    fc.tuple(part, part).map(([first, second]) => `[${first}, ${second}]`),
  ];
  if (loops < VARIABLES.length) {
    const within = expressions(depth - 1, loops + 1);
    const variable = VARIABLES[loops];
    const list = fc.oneof(
      fc.constantFrom('f.l', 'f.m', 'f', 'g.l', ...variables),
      part,
    );
    choices.push(
      fc
        .tuple(
          list,
          fc.constantFrom('all', 'exists', 'exists_one', 'filter', 'map'),
          within,
        )
        .map(([of, macro, body]) => `(${of}).${macro}(${variable}, ${body})`),
      fc
        .tuple(list, within, within)
        .map(
          ([of, test, body]) => `(${of}).map(${variable}, ${test}, ${body})`,
        ),
    );
  }
  return fc.oneof(...choices);
}

it('come to the same as the library, by value, by what is missing or by failing', () => {
  fc.assert(
    fc.property(expressions(3, 0), facts, (source, all) => {
      const expected = outcomeOf(source, all, 'library');
      // The library breaks off the whole evaluation at `[1][0.5]`, which nothing can absorb then.
      fc.pre(expected !== BROKEN_OFF);
      expect(outcomeOf(source, all, 'closures')).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ["b'x' == b'x'", true],
  ['null == null', true],
  ['1u + 2u == 3u', true],
  ["{'a': 1}.a == 1", true],
  ['type(f.n) == double', true],
  ["timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026", true],
  ["f.l.all(x, duration('1s') < duration('2s'))", true],
])('leave %s to the library', (source, value) => {
  const all = factsOf({ f: { n: 1, l: [1] } });
  const root = parse(source).expr;
  expect(() => buildTerm(root, SOURCES, 'closures')).toThrow();
  expect(outcomeOf(source, all, 'library')).toEqual({
    value,
    type: typeof value,
  });
});

const PATHS = resolve(__dirname, '../../../../../paths');

it.each(readdirSync(PATHS).filter(name => name.endsWith('.yaml')))(
  'cover every expression of %s',
  name => {
    const text = readFileSync(join(PATHS, name), 'utf8');
    const { spec } = loadGoldenPath({ text, file: name });
    for (const { when, pass, facts: sources } of spec.checks) {
      for (const source of [when ?? 'true', pass]) {
        const root = parse(source).expr;
        expect(() => buildTerm(root, sources, 'closures')).not.toThrow();
      }
    }
  },
);
