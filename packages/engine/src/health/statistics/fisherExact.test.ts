import { fisherExact } from './fisherExact';

/** Binomial coefficients by Pascal's rule, exact in this range. */
function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) {
    value = (value * (n - k + i)) / i;
  }
  return value;
}

function byCounting(a: number, n: number, b: number, m: number): number {
  const weight = (x: number) => choose(n, x) * choose(m, a + b - x);
  let sum = 0;
  for (let x = Math.max(0, a + b - m); x <= Math.min(n, a + b); x++) {
    sum += weight(x) <= weight(a) * (1 + 1e-7) ? weight(x) : 0;
  }
  return sum / choose(n + m, a + b);
}

describe('fisherExact', () => {
  it('gives 34/70 for the tea-tasting lady, who found 3 of 4', () => {
    // tables 0..4 weigh 1, 16, 36, 16, 1 of 70: all but the middle one
    expect(fisherExact({ events: 3, n: 4 }, { events: 1, n: 4 })).toBeCloseTo(
      34 / 70,
      12,
    );
  });

  it('gives the known value for 1 of 12 against 9 of 12 and keeps the digits of a small one', () => {
    const p = fisherExact({ events: 1, n: 12 }, { events: 9, n: 12 });
    expect(p).toBeCloseTo(0.002759456, 8);
    const tiny = fisherExact({ events: 40, n: 40 }, { events: 0, n: 40 });
    expect(tiny / (2 / choose(80, 40))).toBeCloseTo(1, 6);
  });

  it('agrees with counting the tables, on either side', () => {
    for (let n = 1; n <= 9; n++) {
      for (let m = 1; m <= 9; m++) {
        for (let a = 0; a <= n; a++) {
          for (let b = 0; b <= m; b++) {
            expect(
              fisherExact({ events: a, n }, { events: b, n: m }),
            ).toBeCloseTo(byCounting(a, n, b, m), 9);
          }
        }
      }
    }
  });
});
