import {
  answerScore,
  frequencyClass,
  meanScore,
  rateScore,
  timeClass,
} from './quickCheck';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('scores', () => {
  // 1, 6 and 3.5, and 0, 100 and 50 %, are the vectors of dora.dev's own test
  it.each([
    [1, 0],
    [2, 2],
    [3.5, 5],
    [5, 8],
    [6, 10],
  ])('answer %d gives %d', (answer, score) => {
    expect(answerScore(answer)).toBe(score);
  });

  it.each([
    [0, 10],
    [1, 0],
    [0.5, 5],
    [0.19, 8.1],
    [0.22, 7.8],
  ])('a rate of %d gives %d', (rate, score) => {
    expect(rateScore(rate)).toBeCloseTo(score, 12);
  });

  it('are averaged over those there are', () => {
    expect(meanScore([10, 10, 10, 10, 10])).toBe(10);
    expect(meanScore([10, null, 4])).toBe(7);
    expect(meanScore([null, null])).toBeNull();
  });
});

describe('classes', () => {
  it.each([
    [0, 6],
    [HOUR - 1, 6],
    [HOUR, 5],
    [DAY - 1, 5],
    [DAY, 4],
    [7 * DAY - 1, 4],
    [7 * DAY, 3],
    [30 * DAY - 1, 3],
    [30 * DAY, 2],
    [180 * DAY - 1, 2],
    [180 * DAY, 1],
  ])('%d seconds are answer %d', (seconds, answer) => {
    expect(timeClass(seconds)).toBe(answer);
  });

  it.each([
    [5, 20, null, 6],
    [4.5, 20, null, 4],
    [1, 4, null, 4],
    [0.5, 2, null, 3],
    [0, 1, null, 3],
    [0, 0, 2, 2],
    [0, 0, 0, 1],
    [0, 0, null, undefined],
    [0.5, null, null, undefined],
  ])(
    '%d days a week, %d a month, %d in six months are answer %d',
    (perWeek, perMonth, perSixMonths, answer) => {
      expect(frequencyClass({ perWeek, perMonth, perSixMonths })).toBe(answer);
    },
  );
});
