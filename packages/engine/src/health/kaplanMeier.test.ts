import fc from 'fast-check';
import { censoredMedian } from './kaplanMeier';
import { medianOf } from './quantiles';

const ended = (...spans: number[]) =>
  spans.map(seconds => ({ seconds, ended: true }));
const open = (...spans: number[]) =>
  spans.map(seconds => ({ seconds, ended: false }));

describe('censoredMedian', () => {
  it('is the plain median where nothing is open', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), {
          minLength: 1,
          maxLength: 15,
        }),
        spans => {
          expect(censoredMedian(ended(...spans))).toBe(medianOf(spans));
        },
      ),
    );
  });

  it('has every open span last longer than its age', () => {
    // at risk 5, 4, then 2 after one is open at 3: 4/5, 3/5, 3/5 * 1/2 = 3/10
    expect(censoredMedian([...ended(1, 2, 4), ...open(3, 5)])).toBe(4);
    // with the open ones taken for ended it were 3, without them 2
    expect(censoredMedian(ended(1, 2, 4, 3, 5))).toBe(3);
    expect(censoredMedian(ended(1, 2, 4))).toBe(2);
  });

  it('takes a span that ended when another was last seen open for the earlier', () => {
    // at risk 3 at the time 2, so that two thirds are left; at 5 one of one
    expect(censoredMedian([...open(2), ...ended(2, 5)])).toBe(5);
  });

  it('is the middle of a stretch at one half', () => {
    // 3/4, 1/2 at 2, next end at 6
    expect(censoredMedian([...ended(1, 2, 6), ...open(6)])).toBe(4);
  });

  it.each([
    ['nothing', []],
    ['only open spans', open(1, 2, 3)],
    ['half of them open', [...ended(1, 2), ...open(3, 4)]],
    ['most of them open', [...ended(1), ...open(3, 4)]],
  ])('is not there for %s', (_name, spans) => {
    expect(censoredMedian(spans)).toBeNull();
  });

  it('is never below the median with every open span ending now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(50), { maxLength: 10 }),
        (spans, ages) => {
          const all = [...spans, ...ages];
          const censored = censoredMedian([
            ...ended(...spans),
            ...open(...ages),
          ]);
          expect(censored ?? Infinity).toBeGreaterThanOrEqual(medianOf(all)!);
        },
      ),
    );
  });
});
