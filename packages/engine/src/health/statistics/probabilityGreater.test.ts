import { probabilityGreater } from './probabilityGreater';

const of = (events: number, n: number) => ({ events, n });

describe('probabilityGreater', () => {
  it('is one half for equal arms', () => {
    for (const arm of [of(0, 10), of(3, 12), of(12, 12), of(40, 900)]) {
      expect(probabilityGreater(arm, arm)).toBeCloseTo(0.5, 6);
    }
  });

  it('and its opposite make one', () => {
    for (const [a, b] of [
      [of(0, 10), of(1, 30)],
      [of(1, 14), of(2, 31)],
      [of(30, 400), of(60, 500)],
      [of(10, 10), of(0, 25)],
    ]) {
      expect(probabilityGreater(a, b) + probabilityGreater(b, a)).toBeCloseTo(
        1,
        5,
      );
    }
  });

  it('agrees with a plain sum over a fine grid', () => {
    // densities x^(e-1/2) (1-x)^(n-e-1/2), both summed at midpoints of 20,000 cells
    const cells = 20_000;
    const grid = (events: number, n: number) => {
      const cell = Array.from({ length: cells }, (_, i) => {
        const x = (i + 0.5) / cells;
        return x ** (events - 0.5) * (1 - x) ** (n - events - 0.5);
      });
      const sum = cell.reduce((total, value) => total + value, 0);
      return cell.map(value => value / sum);
    };
    const a = grid(4, 14);
    const b = grid(3, 31);
    let below = 0;
    let expected = 0;
    a.forEach((value, i) => {
      expected += value * (below + b[i] / 2);
      below += b[i];
    });
    expect(probabilityGreater(of(4, 14), of(3, 31))).toBeCloseTo(expected, 4);
  });
});
