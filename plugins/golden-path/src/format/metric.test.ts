import { metricFixture } from '../__fixtures__/health';
import { metricBand, metricNumber, metricValue, metricWording } from './metric';

describe('metricWording', () => {
  it.each([
    [{ status: 'ok', value: 0.125 }, '12.5%'],
    [{ status: 'ok', value: 11_520, unit: 'seconds' }, '3 h 12 min'],
    [{ status: 'insufficient', n: 2, value: 0.5 }, 'Insufficient (n=2 of 5)'],
    [
      { status: 'insufficient', n: 1, value: 60, unit: 'seconds' },
      'Insufficient (n=1 of 3)',
    ],
    [{ status: 'no-data', value: null }, 'No data'],
    [{ status: 'not-instrumented', value: null }, 'Not instrumented'],
    [{ status: 'stale', value: 0.5 }, 'Stale'],
  ] as const)('says %j as "%s"', (metric, words) => {
    expect(metricWording(metricFixture(metric)).label).toBe(words);
  });

  it('is never good news, and unsure whenever it is no judgement', () => {
    for (const status of [
      'insufficient',
      'no-data',
      'not-instrumented',
      'stale',
    ] as const) {
      expect(metricWording(metricFixture({ status })).tone).toBe('unsure');
    }
    expect(metricWording(metricFixture({ status: 'ok' })).tone).toBe('neutral');
  });

  it('has a band only with a judgement', () => {
    expect(metricBand(metricFixture({ band: 'elite' }))).toBe('elite');
    expect(
      metricBand(metricFixture({ band: 'elite', status: 'insufficient' })),
    ).toBeUndefined();
    expect(
      metricBand(metricFixture({ band: 'elite', value: null })),
    ).toBeUndefined();
  });
});

describe('metricNumber', () => {
  it.each([
    [{ status: 'ok' }, '50%'],
    [{ status: 'insufficient' }, '50%'],
    [{ status: 'insufficient', value: null }, undefined],
    [{ status: 'stale' }, undefined],
    [{ status: 'no-data', value: null }, undefined],
  ] as const)('of %j is %s', (metric, number) => {
    expect(metricNumber(metricFixture(metric))).toBe(number);
  });
});

describe('metricValue', () => {
  it.each([
    [2.14, 'per-day', '2.1 per day'],
    [0.5, 'per-day', '3.5 per week'],
    [0.04, 'per-day', '1.2 per 30 days'],
    [0, 'per-day', '0 per day'],
    [0, 'ratio', '0%'],
    [0.4, 'seconds', '0 s'],
    [45, 'seconds', '45 s'],
    [90_000, 'seconds', '1 d 1 h'],
    [86_460, 'seconds', '1 d'],
    [-90, 'seconds', '−1 min 30 s'],
    [3, 'count', '3'],
    [0.146, 'count', '0.15'],
    [0.00038, 'ratio', '0.038%'],
    [0.9997, 'ratio', '99.97%'],
    [1, 'ratio', '100%'],
  ] as const)('says %d %s as "%s"', (value, unit, words) => {
    expect(metricValue(value, unit)).toBe(words);
  });
});

describe('an amount of money', () => {
  it.each([
    ['EUR', '€7.00'],
    [undefined, '7 of an unknown currency'],
    ['no currency', '7 no currency'],
  ])('in %s is "%s"', (currency, words) => {
    expect(metricValue(7, 'currency', currency)).toBe(words);
  });
});
