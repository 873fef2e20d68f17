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
    expect(frequencyBand({ daysPerWeek: week, daysPerMonth: month })).toBe(
      band,
    );
  });
});
