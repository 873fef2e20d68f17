import { poissonInterval } from './poissonInterval';

describe('poissonInterval', () => {
  // Garwood's table: 95 % limits of the mean by the count
  it.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [3, 0.6187, 8.7673],
    [10, 4.7954, 18.3904],
    [50, 37.1114, 65.9183],
  ])('of %d has the published limits', (count, low, high) => {
    const interval = poissonInterval(count, 1);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
    expect(poissonInterval(count, 4).high).toBeCloseTo(high / 4, 3);
  });
});
