import { Evidence, evidenceSchema, JudgedCheck } from '@goldenpath/engine';
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
  expect(decodeJudged(encodeJudged(judged))).toEqual(judged);
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
  expect(decodeJudged(encodeJudged(judged))).toEqual(judged);
});
