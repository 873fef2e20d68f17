import fc from 'fast-check';
import { checkSchema, goldenPathSchema, type Facts } from '../model';
import { compilePath, type CompiledPath } from './compile';
import { judgePath } from './judgePath';
import { valueBehind } from './recall';
import { judgeByValue } from './verdict';

const NOW = new Date('2026-11-21T00:00:00Z');

function pathOf(...pass: string[]): CompiledPath {
  return compilePath(
    goldenPathSchema.parse({
      apiVersion: 'golden-path.dev/v1alpha1',
      kind: 'GoldenPath',
      metadata: { name: 'p' },
      spec: {
        owner: 'group:default/a',
        version: '1.0.0',
        appliesTo: { kind: 'Component' },
        checks: pass.map((expression, index) =>
          checkSchema.parse({
            id: `C-${index}`,
            title: 'A check',
            category: 'a',
            level: 'bronze',
            weight: 1,
            facts: ['ci'],
            pass: expression,
            ...(index % 2 === 1 && { message: 'Own words' }),
          }),
        ),
      },
    }),
  );
}

const facts = (data: Record<string, unknown>, expiresAt?: string): Facts => ({
  ci: {
    observedAt: '2026-11-20T00:00:00Z',
    ...(expiresAt && { expiresAt }),
    data: data as Facts[string]['data'],
  },
});

const scalar = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 150 }),
);

const EXPRESSIONS = [
  'ci.value == true',
  'ci.value > 3',
  'ci.value != "x" && (ci.value != "y" || size(ci.value) > 2)',
  '!(ci.deep.er.value in [1, "a", true])',
  'double(ci.value) / 100.0',
];

it('says of a value what it says of an entity with that value', () => {
  fc.assert(
    fc.property(scalar, scalar, (value, other) => {
      const data = { value, deep: { er: { value } } };
      const before = pathOf(...EXPRESSIONS);
      judgePath({
        path: before,
        facts: facts({ value: other, deep: { er: { value: other } } }),
        now: NOW,
      });
      const judged = judgePath({ path: before, facts: facts(data), now: NOW });
      const fresh = pathOf(...EXPRESSIONS);
      const isLong = typeof value === 'string' && value.length > 100;
      expect(judged.map(valueBehind)).toEqual(
        judged.map(() => (isLong ? undefined : value)),
      );
      const anew = fresh.checks.map(check => judgeByValue(check, value));
      expect(anew).toEqual(judged);
    }),
  );
});

it.each([
  ['a list', 'size(ci.list) > 0'],
  ['a loop', 'ci.list.all(e, e > 0)'],
  ['two values', 'ci.value == 1 || ci.other == 2'],
  ['the presence of a value', 'has(ci.value)'],
  ['a place in a list', 'ci.list[0] == 1'],
])('does not share what rests on %s', (_, expression) => {
  const path = pathOf(expression);
  const [judged] = judgePath({
    path,
    facts: facts({ value: 1, other: 3, list: [1] }),
    now: NOW,
  });
  expect(judged.verdict).toBe('pass');
  expect(valueBehind(judged)).toBeUndefined();
});

it('asks again what is missing, null or expired', () => {
  const path = pathOf('ci.value == 1');
  const verdicts = [
    facts({ value: 1 }),
    facts({}),
    facts({ value: null }),
    facts({ value: 1 }, '2026-11-20T12:00:00Z'),
    facts({ value: 1 }),
  ].map(given => judgePath({ path, facts: given, now: NOW })[0].verdict);
  expect(verdicts).toEqual(['pass', 'unknown', 'unknown', 'stale', 'pass']);
});

it('tells values apart that are written alike', () => {
  const path = pathOf('ci.value == "1"');
  const verdicts = ['1', 1, '1'].map(
    value => judgePath({ path, facts: facts({ value }), now: NOW })[0].verdict,
  );
  expect(verdicts[0]).toBe('pass');
  expect(verdicts[1]).not.toBe('pass');
  expect(verdicts[2]).toBe('pass');
});

it('cannot be changed by whoever reads it', () => {
  const path = pathOf('ci.value == 1');
  const [judged] = judgePath({ path, facts: facts({ value: 1 }), now: NOW });
  expect(() => judged.evidence.push({ fact: 'x' })).toThrow(TypeError);
  expect(() => Object.assign(judged, { verdict: 'fail' })).toThrow(TypeError);
});
