import fc from 'fast-check';
import { censoredMedian } from '../kaplanMeier';
import { medianOf } from '../quantiles';
import {
  bySeconds,
  type DatedSpan,
  weightedMedian as weightedMedianOf,
} from './weightedMedian';

function weightedMedian(spans: DatedSpan[], weights: number[]) {
  return weightedMedianOf(
    spans,
    weights,
    spans.reduce((total, { day }) => total + weights[day], 0),
  );
}

const span = fc.record({
  seconds: fc.integer({ min: 0, max: 20 }),
  ended: fc.boolean(),
  day: fc.nat(4),
});

describe('weightedMedian', () => {
  it('is the plain median of what has ended', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), spans => {
        const ended = spans.map(entry => ({ ...entry, ended: true }));
        expect(
          weightedMedian(ended.sort(bySeconds), [1, 1, 1, 1, 1]),
        ).toBeCloseTo(medianOf(ended.map(({ seconds }) => seconds))!, 9);
      }),
    );
  });

  it('counts a span as often as its day was drawn, and gives the censored median where there is one', () => {
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 1 }),
        fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
        (spans, weights) => {
          const repeated = spans.flatMap((entry): DatedSpan[] =>
            new Array(weights[entry.day]).fill(entry),
          );
          const expected = censoredMedian(repeated);
          fc.pre(expected !== null);
          expect(
            weightedMedian([...spans].sort(bySeconds), weights),
          ).toBeCloseTo(expected!, 9);
        },
      ),
    );
  });

  it('gives the longest span where too much is open, and nothing without weight', () => {
    const spans = [
      { seconds: 5, ended: true, day: 0 },
      { seconds: 9, ended: false, day: 0 },
      { seconds: 12, ended: false, day: 0 },
    ];
    expect(weightedMedian(spans, [1])).toBe(12);
    expect(weightedMedian(spans, [0])).toBeUndefined();
  });
});
