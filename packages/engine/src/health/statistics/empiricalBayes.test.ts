import { empiricalBayesPrior, shrunkenRate } from './empiricalBayes';

const of = (events: number, n: number) => ({ events, n });

describe('empiricalBayesPrior', () => {
  it('finds the prior by the method of moments, as worked by hand', () => {
    /*
     * Three entities of 10: 1, 3 and 8 events. p = 12/30 = 0.4, p(1-p) = 0.24.
     * spread 10 (0.3^2 + 0.1^2 + 0.4^2) = 2.6; size 3 * 10 * (1 - 1/3) = 20; degrees 2
     * correlation (2.6 - 0.48) / (0.24 * 18) = 2.12/4.32 = 0.490741; strength 1/0.490741 - 1 = 1.037736
     */
    const prior = empiricalBayesPrior([of(1, 10), of(3, 10), of(8, 10)])!;
    expect(prior.alpha + prior.beta).toBeCloseTo(1.037736, 6);
    expect(prior.alpha).toBeCloseTo(0.4 * 1.037736, 6);
  });

  it('is as strong as all observations when the entities do not differ', () => {
    const prior = empiricalBayesPrior([of(2, 20), of(2, 20), of(2, 20)])!;
    expect(prior.alpha).toBeCloseTo(6, 12);
    expect(prior.beta).toBeCloseTo(54, 12);
  });

  it('says nothing for one entity, or where nothing happened', () => {
    expect(empiricalBayesPrior([of(1, 10)])).toBeUndefined();
    expect(empiricalBayesPrior([of(0, 10), of(0, 5)])).toBeUndefined();
    expect(empiricalBayesPrior([of(3, 3), of(2, 2)])).toBeUndefined();
  });
});

describe('B9: ranking and small n', () => {
  it('shrinks 1 of 1 far, and 50 of 100 hardly', () => {
    const prior = { alpha: 1, beta: 9 };
    expect(shrunkenRate(of(1, 1), prior)).toBeCloseTo(2 / 11, 12);
    expect(shrunkenRate(of(50, 100), prior)).toBeCloseTo(51 / 110, 12);
  });
});
