import {
  failRateBand,
  frequencyBand,
  leadTimeBand,
  recoveryBand,
} from './bands';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('the 2023 ladder', () => {
  it.each([
    [DAY - 1, 'elite'],
    [DAY, 'high'],
    [7 * DAY - 1, 'high'],
    [7 * DAY, 'medium'],
    [30 * DAY - 1, 'medium'],
    [30 * DAY, 'low'],
  ])('rates a lead time of %d s as %s', (seconds, band) => {
    expect(leadTimeBand(seconds)).toBe(band);
  });

  it.each([
    [0, 'elite'],
    [0.05, 'elite'],
    [0.051, 'high'],
    [0.1, 'high'],
    [0.15, 'medium'],
    [0.151, 'low'],
  ])('rates a fail rate of %d as %s', (rate, band) => {
    expect(failRateBand(rate)).toBe(band);
  });

  it.each([
    [HOUR - 1, 'elite'],
    [HOUR, 'high'],
    [DAY, 'medium'],
    [7 * DAY, 'low'],
  ])('rates a recovery of %d s as %s', (seconds, band) => {
    expect(recoveryBand(seconds)).toBe(band);
  });

  it.each([
    [5, null, 'elite'],
    [4.5, null, 'high'],
    [1, 0, 'high'],
    [0.5, 1, 'medium'],
    [0, 0.5, 'low'],
    [0, null, undefined],
  ])('rates %d days a week and %d a month as %s', (week, month, band) => {
    expect(
      frequencyBand({ perWeek: week, perMonth: month, perSixMonths: null }),
    ).toBe(band);
  });
});

describe('the 2021 ladder', () => {
  it.each([
    [HOUR - 1, 'elite'],
    [HOUR, 'high'],
    [7 * DAY, 'medium'],
    [180 * DAY - 1, 'medium'],
    [180 * DAY, 'low'],
  ])('rates a lead time of %d s as %s', (seconds, band) => {
    expect(leadTimeBand(seconds, '2021')).toBe(band);
  });

  it.each([
    [0.15, 'elite'],
    [0.16, 'high'],
    [0.2, 'high'],
    [0.21, 'medium'],
    [0.3, 'medium'],
    [0.31, 'low'],
  ])('rates a fail rate of %d as %s', (rate, band) => {
    expect(failRateBand(rate, '2021')).toBe(band);
  });

  it.each([
    [HOUR - 1, 'elite'],
    [DAY - 1, 'high'],
    [DAY, 'medium'],
    [7 * DAY, 'low'],
  ])('rates a recovery of %d s as %s', (seconds, band) => {
    expect(recoveryBand(seconds, '2021')).toBe(band);
  });

  it.each([
    [5, 20, null, 'elite'],
    [4, 16, null, 'high'],
    [0.5, 1, null, 'high'],
    [0, 0, 1, 'medium'],
    [0, 0, 0, 'low'],
    [0, 0, null, undefined],
    [0, null, null, undefined],
  ])(
    'rates %d days a week, %d a month, %d in six months as %s',
    (perWeek, perMonth, perSixMonths, band) => {
      expect(frequencyBand({ perWeek, perMonth, perSixMonths }, '2021')).toBe(
        band,
      );
    },
  );
});
