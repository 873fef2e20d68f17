import { Scorecard, Verdict } from '@goldenpath/engine';
import { scorecardChanges } from './scorecardChanges';

function scorecard(
  verdicts: Record<string, Verdict>,
  overrides: Partial<Scorecard> = {},
): Scorecard {
  return {
    path: { name: 'service', version: '1.0.0' },
    level: 'bronze',
    score: { raw: 50, adjusted: 50, low: 50, high: 50 },
    checks: Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict })),
    ...overrides,
  } as Scorecard;
}

it('says nothing when nothing changed', () => {
  const before = scorecard({ a: 'pass' });
  const after = scorecard({ a: 'pass' }, { evaluatedAt: 'later' });
  expect(scorecardChanges({ before, after })).toBeUndefined();
});

it('lists every check the first time', () => {
  expect(
    scorecardChanges({ before: undefined, after: scorecard({ a: 'unknown' }) }),
  ).toEqual([{ id: 'a', from: null, to: 'unknown' }]);
});

it('lists checks that changed, came and went', () => {
  expect(
    scorecardChanges({
      before: scorecard({ a: 'fail', b: 'pass', c: 'pass' }),
      after: scorecard({ a: 'pass', b: 'pass', d: 'fail' }),
    }),
  ).toEqual([
    { id: 'a', from: 'fail', to: 'pass' },
    { id: 'd', from: null, to: 'fail' },
    { id: 'c', from: 'pass', to: null },
  ]);
});

it.each<Partial<Scorecard>>([
  { level: 'silver' },
  { path: { name: 'service', version: '1.1.0' } },
  { score: { raw: 50, adjusted: 50, low: 40, high: 50 } },
])('notices %j though no verdict changed', overrides => {
  expect(
    scorecardChanges({
      before: scorecard({ a: 'pass' }),
      after: scorecard({ a: 'pass' }, overrides),
    }),
  ).toEqual([]);
});
