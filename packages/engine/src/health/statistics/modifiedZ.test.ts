import { modifiedZ } from './modifiedZ';

describe('modifiedZ', () => {
  it('is 0.6745 (x - median) / MAD', () => {
    // median 5, deviations 4 3 2 1 0 1 2 3 4, MAD 2: 0.6745 * (15 - 5) / 2
    expect(modifiedZ(15, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeCloseTo(3.3725, 10);
  });

  it('takes the mean absolute deviation x 1.2533 where the MAD is 0', () => {
    // median 10, MAD 0, mean deviation 4/8 = 0.5: (12 - 10) / (0.5 * 1.2533)
    expect(modifiedZ(12, [10, 10, 10, 10, 10, 10, 10, 14])).toBeCloseTo(
      2 / (0.5 * 1.2533),
      10,
    );
  });

  it('gives no verdict where all values are the same', () => {
    expect(modifiedZ(99, [10, 10, 10, 10, 10, 10, 10, 10])).toBeUndefined();
  });
});
