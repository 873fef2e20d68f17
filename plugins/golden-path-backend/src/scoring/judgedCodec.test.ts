import {
  Evidence,
  evidenceSchema,
  JudgedCheck,
  judgePath,
} from '@goldenpath/engine';
import { loadPath } from '../paths/loadPaths';
import { decodeJudged, encodeJudged } from './judgedCodec';

const check = (overrides: Partial<JudgedCheck>): JudgedCheck => ({
  verdict: 'pass',
  credit: 1,
  evidence: [],
  message: 'Fulfilled',
  ...overrides,
});

const EVIDENCE: Evidence[] = [
  { fact: 'a' },
  { fact: 'a', value: true, text: 'true' },
  { fact: 'a', value: 0, text: '0' },
  { fact: 'a', value: '0', text: '0' },
  { fact: 'a', value: 'x', text: 'other' },
  { fact: 'a', value: null, text: 'null' },
  { fact: 'a', value: [], text: '' },
  { fact: 'a', value: ['x'], text: 'x' },
  { fact: 'a', value: { b: null }, text: '1 field' },
  { fact: 'a', text: '' },
  { fact: 'a', file: 'f', line: 3, text: 'undefined' },
  { fact: 'a', file: 'f' },
  { fact: 'a', line: 3, value: false },
  { fact: 'a', text: 'not collected', absent: 'gap' },
  { fact: 'a', file: 'f', line: 1, value: 1, text: '1', absent: 'field' },
];

it.each(EVIDENCE)('keeps %j', evidence => {
  const judged = [check({ evidence: [evidence, evidence] })];
  expect(decodeJudged(encodeJudged(judged), [])).toEqual(judged);
});

it('knows every field of evidence', () => {
  const known = EVIDENCE.flatMap(evidence => Object.keys(evidence));
  expect(new Set(known)).toEqual(new Set(Object.keys(evidenceSchema.shape)));
});

it.each<Partial<JudgedCheck>>([
  {},
  { message: 'another' },
  { message: '' },
  { credit: 0.5 },
  { verdict: 'fail', credit: 0, message: '2 of 3 fall short' },
  { verdict: 'fail', credit: 0.25, message: 'a quarter' },
  { verdict: 'fail', credit: 0, message: 'Fulfilled' },
  { verdict: 'not-applicable', credit: 0, message: 'does not apply' },
])('keeps a check with %j', overrides => {
  const judged = [check(overrides), check({})];
  expect(decodeJudged(encodeJudged(judged), [])).toEqual(judged);
});

it('keeps of a check that rests on one value the value alone', () => {
  const { compiled } = loadPath({
    file: 'path.yaml',
    text: `apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: p }
spec:
  owner: group:default/a
  version: 1.0.0
  appliesTo: { kind: Component }
  levels: [bronze]
  checks:
    - { id: A, title: a, category: a, level: bronze, weight: 1, facts: [ci], pass: ci.green }
    - { id: B, title: b, category: a, level: bronze, weight: 1, facts: [ci], pass: ci.name == "x" }
    - { id: C, title: c, category: a, level: bronze, weight: 1, facts: [ci], pass: 'ci.jobs.all(j, j > 1)' }
`,
  });
  const judged = judgePath({
    path: compiled,
    facts: {
      ci: {
        observedAt: '2026-11-20T00:00:00Z',
        data: { green: true, name: 'a "b"', jobs: [1, 2] },
      },
    },
    now: new Date('2026-11-21T00:00:00Z'),
  });
  const text = encodeJudged(judged);
  expect(text).toMatch(/^\[true,"a \\"b\\"",\["fail",/);
  expect(decodeJudged(text, compiled.checks)).toEqual(judged);
});
