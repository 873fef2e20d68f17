import {
  binomialUpperTail,
  normalUpperTail,
  poissonUpperTail,
  quantileResidual,
} from './tails';

describe('binomialUpperTail', () => {
  it('gives 0.0128 for 4 failures in 10 at 10 %', () => {
    expect(binomialUpperTail(4, 10, 0.1)).toBeCloseTo(0.0128, 4);
  });

  it('is 1 from no event on, and keeps the digits of a small tail', () => {
    expect(binomialUpperTail(0, 10, 0.1)).toBe(1);
    expect(binomialUpperTail(10, 10, 0.01) / 1e-20).toBeCloseTo(1, 6);
  });
});

describe('poissonUpperTail', () => {
  it('sums the upper tail', () => {
    // 1 - e^-2 (1 + 2 + 2) = 0.323324
    expect(poissonUpperTail(3, 2)).toBeCloseTo(0.323324, 6);
    expect(poissonUpperTail(0, 2)).toBe(1);
  });
});

describe('normalUpperTail', () => {
  it('gives 0.00135 at three sigmas', () => {
    expect(normalUpperTail(3)).toBeCloseTo(0.00135, 5);
    expect(normalUpperTail(-3)).toBeCloseTo(0.99865, 5);
  });
});

describe('quantileResidual', () => {
  it('is 0 in the middle and follows the direction', () => {
    expect(quantileResidual(0.7, 0.3)).toBeCloseTo(0, 6);
    expect(quantileResidual(0.05, 0.01)).toBeGreaterThan(1.8);
    expect(quantileResidual(0.99, 0.95)).toBeLessThan(-1.8);
  });
});
