import { mean } from 'simple-statistics';
import { percentileInterval, resampleWeights, seededRandom } from './bootstrap';

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, random);
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('fills [0, 1) evenly', () => {
    const random = seededRandom('evenly');
    const bins = new Array(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const value = random();
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 10)] += 1;
    }
    // 1,000 each, with a standard deviation of 30
    expect(Math.min(...bins)).toBeGreaterThan(880);
    expect(Math.max(...bins)).toBeLessThan(1_120);
  });
});

describe('resampleWeights', () => {
  it('draws as many as there are', () => {
    const weights = resampleWeights(28, seededRandom('days'));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(28);
    expect(new Set(weights).size).toBeGreaterThan(2);
  });
});

describe('percentileInterval', () => {
  it('comes near the interval of the mean that is known', () => {
    // 100 values with standard deviation 10: the mean's is 1
    const values = Array.from({ length: 100 }, (_, i) => (i % 2 ? 10 : -10));
    const random = seededRandom('mean');
    const statistics = Array.from({ length: 2_000 }, () => {
      const weights = resampleWeights(values.length, random);
      return mean(values.map((value, i) => value * weights[i]));
    });
    const interval = percentileInterval(statistics)!;
    expect(interval.low).toBeCloseTo(-1.96, 0);
    expect(interval.high).toBeCloseTo(1.96, 0);
  });

  it('says nothing when too many resamples have no value', () => {
    expect(percentileInterval([1, 2, undefined])).toBeUndefined();
    expect(percentileInterval([])).toBeUndefined();
  });
});
