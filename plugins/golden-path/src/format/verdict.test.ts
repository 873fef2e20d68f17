import { checkFixture, scorecardFixture } from '../__fixtures__/scorecard';
import {
  countVerdicts,
  rankFailing,
  VERDICT_ORDER,
  verdictWording,
} from './verdict';

describe('verdictWording', () => {
  it('gives good news for a pass only', () => {
    expect(
      VERDICT_ORDER.filter(verdict => verdictWording(verdict).tone === 'good'),
    ).toEqual(['pass']);
  });
});

describe('rankFailing', () => {
  it('puts what counts first, then the lowest level, then the heaviest', () => {
    const fail = { verdict: 'fail' as const };
    const scorecard = scorecardFixture({
      checks: [
        checkFixture({ ...fail, id: 'gold', level: 'gold', weight: 9 }),
        checkFixture({ ...fail, id: 'warned', stage: 'warn' }),
        checkFixture({ ...fail, id: 'light', level: 'bronze', weight: 1 }),
        checkFixture({ ...fail, id: 'heavy', level: 'bronze', weight: 5 }),
        checkFixture({ ...fail, id: 'trial', stage: 'shadow' }),
        checkFixture({ id: 'passes' }),
      ],
    });
    expect(rankFailing(scorecard).map(check => check.id)).toEqual([
      'heavy',
      'light',
      'gold',
      'warned',
    ]);
  });
});

describe('countVerdicts', () => {
  it('leaves trial checks out', () => {
    const counts = countVerdicts([
      checkFixture({}),
      checkFixture({ verdict: 'unknown' }),
      checkFixture({ stage: 'shadow' }),
    ]);
    expect([...counts]).toEqual([
      ['pass', 1],
      ['unknown', 1],
    ]);
  });
});
