import { scorecardFixture } from '../__fixtures__/scorecard';
import { explainScore, levelText, scoreText } from './score';

function score(low: number | null, high: number | null) {
  return { raw: low, adjusted: low, low, high };
}

describe('scoreText', () => {
  it.each([
    [81, 81, '81'],
    [62, 81, '62 to 81'],
    [0, 100, '0 to 100'],
    [99.6, 99.6, '99'],
    [80.9999999999, 80.9999999999, '81'],
    [81.2, 81.8, '81.2 to 81.8'],
    [null, null, 'No score'],
  ])('writes %p and %p as "%s"', (low, high, words) => {
    expect(scoreText(score(low, high))).toBe(words);
  });
});

describe('explainScore', () => {
  it('says what is not known, how much is, and what waivers change', () => {
    const text = explainScore(
      scorecardFixture({
        score: { raw: 62, adjusted: 70.5, low: 62, high: 81 },
        coverage: 0.8,
      }),
    ).join(' ');
    expect(text).toContain('between 62 and 81 of 100');
    expect(text).toContain('80% of the weight is known');
    expect(text).toContain('With waived checks left out it is 70.5.');
  });

  it('says that nothing applies instead of a number', () => {
    expect(
      explainScore(
        scorecardFixture({ score: score(null, null), coverage: null }),
      ),
    ).toEqual(['No check of this path applies here, so there is no score.']);
  });
});

describe('levelText', () => {
  it.each([
    ['bronze', 'silver', 'Level bronze; next is silver'],
    [null, 'bronze', 'No level reached yet; next is bronze'],
    ['gold', null, 'Level gold'],
  ])('says %p and %p as "%s"', (level, nextLevel, words) => {
    expect(levelText(scorecardFixture({ level, nextLevel }))).toBe(words);
  });
});
