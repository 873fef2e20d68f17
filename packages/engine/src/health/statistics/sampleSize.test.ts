import { sampleSizeForDoubling } from './sampleSize';

describe('sampleSizeForDoubling', () => {
  it.each([
    // (1.96 sqrt(2*0.15*0.85) + 0.8416 sqrt(0.09 + 0.16))^2 / 0.01 = (0.98974 + 0.42081)^2 / 0.01 = 198.97
    [0.1, 199],
    [0.05, 435],
    // (1.96 sqrt(2*0.3*0.7) + 0.8416 sqrt(0.16 + 0.24))^2 / 0.04 = (1.27021 + 0.53229)^2 / 0.04 = 81.22
    [0.2, 82],
  ])('from %d needs %d per arm', (rate, n) => {
    expect(sampleSizeForDoubling(rate)).toBe(n);
  });

  it('has no answer for a rate that cannot double', () => {
    expect(sampleSizeForDoubling(0.5)).toBeUndefined();
    expect(sampleSizeForDoubling(0)).toBeUndefined();
  });
});
