import { benjaminiHochberg } from './benjaminiHochberg';

// Benjamini and Hochberg 1995, section 4: 15 p values, of which the four smallest are discoveries at 5 %
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324,
  0.4262, 0.5719, 0.6528, 0.759, 1,
];

describe('benjaminiHochberg', () => {
  it('finds the four of the published example, in whatever order', () => {
    expect(benjaminiHochberg(PUBLISHED).map(p => p <= 0.05)).toEqual(
      PUBLISHED.map((_, index) => index < 4),
    );
    const reversed = [...PUBLISHED].reverse();
    expect(benjaminiHochberg(reversed)).toEqual(
      benjaminiHochberg(PUBLISHED).reverse(),
    );
  });

  it('adjusts each by its rank, and never above the next larger', () => {
    // 3 values: 0.01*3/1 = 0.03; 0.04*3/2 = 0.06, but 0.05*3/3 = 0.05 is smaller
    const [a, b, c] = benjaminiHochberg([0.01, 0.04, 0.05]);
    expect(a).toBeCloseTo(0.03, 12);
    expect(b).toBeCloseTo(0.05, 12);
    expect(c).toBeCloseTo(0.05, 12);
  });

  it('leaves a single one and none as they are', () => {
    expect(benjaminiHochberg([0.02])).toEqual([0.02]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});
