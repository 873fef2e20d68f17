import { newcombeInterval } from './newcombe';

describe('newcombeInterval', () => {
  // Newcombe 1998, table II, method 10
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])(
    'gives the published limits for %d/%d against %d/%d',
    (events, n, otherEvents, otherN, low, high) => {
      const interval = newcombeInterval(
        { events, n },
        { events: otherEvents, n: otherN },
      );
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    },
  );

  it('is mirrored when the arms change places', () => {
    const a = { events: 3, n: 17 };
    const b = { events: 9, n: 41 };
    const there = newcombeInterval(a, b);
    const back = newcombeInterval(b, a);
    expect(back.low).toBeCloseTo(-there.high, 12);
    expect(back.high).toBeCloseTo(-there.low, 12);
  });
});
