import { cusumSignals } from './cusum';

// Montgomery, table 9.1: the mean shifts from 10 to 11 after sample 20
const VALUES = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47,
  10.51, 9.4, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5,
  10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];

describe('cusumSignals', () => {
  it('signals first at 29, as Montgomery prints it, and dates the shift to 23', () => {
    const until = (n: number) =>
      cusumSignals(VALUES.slice(0, n), { target: 10, sigma: 1 });
    expect(until(28)).toEqual([]);
    const [signal, ...others] = until(29);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      index: 28,
      onset: 22,
      direction: 'higher',
    });
    expect(signal.statistic).toBeCloseTo(5.28, 2);
  });

  it('sees a fall as well, and none once it is over', () => {
    const fall = [0, 0, -2, -2, -2, -2];
    expect(cusumSignals(fall, { target: 0, sigma: 1 })).toMatchObject([
      { index: 5, onset: 2, direction: 'lower' },
    ]);
    expect(
      cusumSignals([...fall, 3, 3, 3], { target: 0, sigma: 1 }),
    ).toMatchObject([{ direction: 'higher' }]);
  });
});
