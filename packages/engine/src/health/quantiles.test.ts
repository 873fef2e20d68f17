import { medianOf, summarise } from './quantiles';

describe('quantiles', () => {
  it('interpolates between the middle values', () => {
    expect(medianOf([20, 10])).toBe(15);
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([])).toBeNull();
    expect(summarise([])).toBeUndefined();
  });

  it('interpolates linearly (type 7)', () => {
    expect(summarise([50, 10, 20, 40, 30])).toEqual({
      median: 30,
      mean: 30,
      quantiles: { p50: 30, p75: 40, p90: 46 },
    });
    expect(summarise([1, 2, 3, 4])!.quantiles).toEqual({
      p50: 2.5,
      p75: 3.25,
      p90: expect.closeTo(3.7, 12),
    });
  });
});
