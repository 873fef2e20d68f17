import type { Facts } from '../model';
import {
  compileExpression,
  creditOf,
  evaluate,
  MAX_EXPRESSION_LENGTH,
} from './expression';
import { createFactView } from './factView';
import { factsOf } from './__fixtures__/scoring';

const SOURCES = ['f', 'g'];

function outcomeOf(source: string, f: Facts[string]['data'] = {}) {
  const { expression, problems } = compileExpression(source, SOURCES);
  if (!expression) {
    throw new Error(JSON.stringify(problems));
  }
  return evaluate(expression, createFactView(factsOf({ f }), SOURCES));
}

function missingIn(source: string, f: Facts[string]['data']) {
  const outcome = outcomeOf(source, f);
  return outcome.kind === 'missing'
    ? outcome.absences.map(({ path }) => path)
    : outcome;
}

function problemsOf(source: string) {
  return compileExpression(source, SOURCES).problems;
}

describe('values of expressions', () => {
  it.each<[string, Facts[string]['data'], unknown]>([
    ['f.a', { a: true }, true],
    ['f.a > 3', { a: 4 }, true],
    ['f.a == 3', { a: 3 }, true],
    ['f.a / 4.0', { a: 1 }, 0.25],
    ['has(f.a)', {}, false],
    ['has(f.a)', { a: null }, false],
    ['!has(f.a) || f.a.b', {}, true],
    ['has(f.constructor)', {}, false],
    ["'a' in f", { a: 1 }, true],
    ["'a' in f", { a: null }, false],
    ['f.size() == 1', { a: null, b: 1 }, true],
    ['f.m.all(k, f.m[k] > 0)', { m: { a: 1, b: 2 } }, true],
    ['f.m == f.n', { m: { a: [1, 'x'] }, n: { a: [1, 'x'] } }, true],
    ['f.m == f.n', { m: { a: [1, 'x'] }, n: { a: [2, 'x'] } }, false],
    ["f['a-b'] == 'x'", { 'a-b': 'x' }, true],
    ["f.l.map(x, x + '!')[1] == 'b!'", { l: ['a', 'b'] }, true],
    ["f.l.map(x, x != 'a', x + '!').size() == 1", { l: ['a', 'b'] }, true],
    ['f.l.filter(x, f.l.filter(y, y < x).size() > 0)[0]', { l: [3, 1] }, 3],
    ['f.l.exists_one(x, x == 1)', { l: [3, 1] }, true],
    ["f.s.matches('^a+$')", { s: 'aaa' }, true],
    ["'b' in f.l", { l: ['a', 'b'] }, true],
    ['type(f.s) == string', { s: '' }, true],
  ])('%s on %j is %p', (source, data, value) => {
    expect(outcomeOf(source, data)).toEqual({ kind: 'value', value });
  });

  it('absorbs what is missing or broken where && and || can decide without it', () => {
    const decided = (value: boolean) => ({ kind: 'value', value });
    expect(outcomeOf('f.a || f.b', { b: true })).toEqual(decided(true));
    expect(outcomeOf('f.b || g.a', { b: true })).toEqual(decided(true));
    expect(outcomeOf('f.a && f.b', { b: false })).toEqual(decided(false));
    expect(outcomeOf('1 / 0 > 1 || f.b', { b: true })).toEqual(decided(true));
    expect(outcomeOf('f.l.all(x, x.ok)', { l: [{}, { ok: false }] })).toEqual(
      decided(false),
    );
  });
});

describe('missing data', () => {
  it.each<[string, Facts[string]['data'], string[]]>([
    ['g.a', {}, ['g']],
    ['has(g.a)', {}, ['g']],
    ['f.a', {}, ['f.a']],
    ['f.a', { a: null }, ['f.a']],
    ['f.a == null', { a: null }, ['f.a']],
    ["f.a != 'deprecated'", {}, ['f.a']],
    ['f.a < 10', {}, ['f.a']],
    ['has(f.a.b)', {}, ['f.a']],
    ['f.a.size() == 0', {}, ['f.a']],
    ["f.a['x/y'] == 'z'", { a: {} }, ['f.a["x/y"]']],
    ['f.l[f.i] == 1', { l: [1] }, ['f.i']],
    ['f.l.all(x, x.ok)', { l: [{ ok: true }, {}] }, ['f.l[1].ok']],
    ['f.l.filter(x, x.ok).size() > 0', { l: [{}] }, ['f.l[0].ok']],
    ['f.l.all(x, x > 0)', { l: [1, null] }, ['f.l[1]']],
    ['f.l.exists(x, x > 0)', { l: [1, null] }, ['f.l[1]']],
    ['f.a && f.b', {}, ['f.a', 'f.b']],
    ['f.a ? true : false', {}, ['f.a']],
    ['f.constructor', {}, ['f.constructor']],
    ['f.toString', {}, ['f.toString']],
  ])('%s on %j misses %j', (source, data, paths) => {
    expect(missingIn(source, data)).toEqual(paths);
  });
});

describe('other failures', () => {
  it.each<[string, Facts[string]['data']]>([
    ['1 / 0 > 1', {}],
    ['f.a.size() / 0 > 1', { a: [] }],
    ['f.s.b', { s: 'text' }],
    ['f.l.b', { l: [] }],
    ['f.l[3]', { l: [1] }],
    ['f.l.filter(x, x > 5)[0]', { l: [1] }],
    ['f.a + 1', { a: 1 }],
    ["f.a > 'x'", { a: 1 }],
    ['f.a && true', { a: 'yes' }],
    ['f.a.all(x, x)', { a: 3 }],
    ['int(f.s)', { s: 'x' }],
    ['f.s.matches(f.p)', { s: 'x', p: '(' }],
  ])('%s on %j is a failure of the rule', (source, data) => {
    expect(outcomeOf(source, data).kind).toBe('failed');
  });
});

describe('hostile expressions', () => {
  const files = Array.from({ length: 10_000 }, (_, i) => ({
    path: `src/file${i}`,
    size: i,
    ok: true,
  }));
  const copy = structuredClone(files);
  const doubled = (levels: number) =>
    Array.from({ length: levels }).reduce<string>(
      inner => `[${inner}].map(v, v + v)[0]`,
      'f.s',
    );

  it.each([
    ['f.files.all(a, f.files.all(b, b.size >= 0.0))'],
    ['f.files.all(a, !f.files.exists(b, b.size < 0.0))'],
    ['f.files.all(a, f.files.all(b, b.size >= 0.0)) || true'],
    ['f.files.exists(a, f.files.map(b, b.size).size() < 0)'],
    ['f.files.all(a, !(a.path in f.paths))'],
    ['f.files.all(a, f.files == f.copy)'],
    ['f.files.all(a, f.numbers == f.sameNumbers)'],
    ["f.files.all(a, !f.long.matches('(x+x+)+y')) || true"],
    ["f.long.matches('a{900}b{900}') || true"],
    [`f.files.all(a, ${Array(400).fill('a.ok').join(' && ')})`],
    ["f.files.all(a, !f.long.matches('(x+x+)+y'))"],
    ['f.files.all(a, f.long.size() > 0)'],
    ['int(f.digits) > 0'],
    [doubled(4)],
    ['[f.files].map(v, v + v + v + v + v)[0].map(v, v + v + v + v).size() > 1'],
  ])('%s is given up', source => {
    const outcome = outcomeOf(source, {
      files,
      copy,
      numbers: files.map(({ size }) => size),
      sameNumbers: files.map(({ size }) => size),
      paths: files.map(({ path }) => `${path}x`),
      s: 'x'.repeat(20_000),
      long: 'x'.repeat(100_000),
      digits: '9'.repeat(100_000),
    });
    expect(outcome.kind).toBe('failed');
  });

  it('leaves room for what a rule over a large repository needs', () => {
    const data = { files, copy };
    const isTrue = { kind: 'value', value: true };
    expect(outcomeOf('f.files == f.copy', data)).toEqual(isTrue);
    expect(
      outcomeOf(
        "f.files.filter(a, a.size >= 0.0).all(a, a.path.matches('^[a-z]+/[a-z]+[0-9]{1,9}$') && a.path.size() < 100)",
        data,
      ),
    ).toEqual(isTrue);
    expect(
      outcomeOf(
        'f.files.filter(a, a.size < 10.0).all(a, f.files.exists(b, b.path == a.path))',
        data,
      ),
    ).toEqual(isTrue);
  });

  it('does not let one expression spend the budget of the next', () => {
    const source = 'f.files.all(a, f.files.all(b, b.size >= 0.0))';
    expect(outcomeOf(source, { files }).kind).toBe('failed');
    expect(outcomeOf('f.files.size() > 0', { files }).kind).toBe('value');
  });
});

describe('compiling', () => {
  it('lists the facts an expression names, and no variables of loops', () => {
    const { expression } = compileExpression('g.a.all(f, f > 1)', SOURCES);
    expect(expression?.reads).toEqual(['g']);
  });

  it.each([
    ['1 +', 2, 'near "+"'],
    ['f.a &&& g.b', 4, 'not valid CEL'],
    ['f.a.all(x, x ==)', 13, 'near "=='],
    ['f.a.all(x, g.b.exists(y, y +))', 27, 'near "+'],
    ['f.a[1 +]', 6, 'near "+'],
    ['size(f.a', 4, 'near "(f.a"'],
    ['f.a)', 3, 'near ")"'],
    ["f.a == 'x(' || (", 15, 'near "("'],
    ['', 0, 'ends too early'],
    ['f.typo.x && h.a', 12, "'h' is not among the check's facts (f, g)"],
    ['f.a.all(x, x.ok) && x.ok', 20, "'x' is not among"],
    ['f.a.sise() > 1', 3, "no function 'sise'"],
    ['f.a.all(x)', 3, "no function 'all'"],
    ["f.a.matches('(')", 3, 'regular expression is not valid'],
    ["f.a.matches('(a{1000}b){1000}')", 3, 'regular expression'],
    ['google.protobuf.Int32Value{}', 0, 'messages cannot be built'],
    [
      'f.a.all(a, a.all(b, b.all(c, c.all(d, d.all(e, e)))))',
      0,
      'nests 5 loops',
    ],
    [`${'1 + '.repeat(70)}1`, 0, 'nested 71 deep'],
    [`${'('.repeat(1990)}1${')'.repeat(1990)}`, 0, 'nested too deeply'],
    [
      `f.a == '${'x'.repeat(MAX_EXPRESSION_LENGTH)}'`,
      0,
      `at most ${MAX_EXPRESSION_LENGTH}`,
    ],
  ])('%s fails at %i: %s', (source, offset, message) => {
    const [first] = problemsOf(source);
    expect(first).toEqual({
      offset: expect.any(Number),
      message: expect.stringContaining(message),
    });
    expect(first.offset).toBe(offset);
  });

  it('lists all facts an expression may not see', () => {
    expect(problemsOf('h.a && i.b').map(p => p.message)).toEqual([
      expect.stringContaining("'h'"),
      expect.stringContaining("'i'"),
    ]);
  });
});

it.each([
  [true, 1],
  [false, 0],
  [0.25, 0.25],
  [1, 1],
  [BigInt(1), 1],
  [BigInt(2), undefined],
  [1.01, undefined],
  [-0.01, undefined],
  [NaN, undefined],
  ['1', undefined],
  [null, undefined],
])('credit of %p is %p', (value, credit) => {
  expect(creditOf(value)).toBe(credit);
});
