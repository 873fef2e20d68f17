import { ewmaChart } from './ewma';

// NIST/SEMATECH e-Handbook, section 6.3.2.4: lambda 0.3, target 50, s 2.0539
const VALUES = [
  52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9,
  51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
];
const PUBLISHED = [
  50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11,
  49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
];

describe('ewmaChart', () => {
  const chart = ewmaChart(VALUES, { target: 50, sigma: 2.0539 });

  it('reproduces the limits 47.41 and 52.59 of NIST', () => {
    expect(chart.limits.low).toBeCloseTo(47.41, 2);
    expect(chart.limits.high).toBeCloseTo(52.59, 2);
  });

  it('reproduces the averages of NIST, all within the limits', () => {
    chart.averages.forEach((average, index) => {
      expect(Math.abs(average - PUBLISHED[index])).toBeLessThan(0.0101);
      expect(average).toBeGreaterThan(chart.limits.low);
      expect(average).toBeLessThan(chart.limits.high);
    });
  });
});
