import { WorkingHours } from './workingHours';

const HOUR = 3_600;

function hours(
  start: number,
  end: number,
  timeZone = 'UTC',
  days = [1, 2, 3, 4, 5],
) {
  return new WorkingHours({ timeZone, workingHours: { days, start, end } });
}

const ms = (text: string) => Date.parse(text);

describe('WorkingHours', () => {
  it.each([
    ['2026-01-14T08:59:59Z', false],
    ['2026-01-14T09:00:00Z', true],
    ['2026-01-14T17:59:59Z', true],
    ['2026-01-14T18:00:00Z', false],
    // a Saturday
    ['2026-01-17T12:00:00Z', false],
  ])('from 9 to 18 on weekdays, %s is working time: %s', (time, expected) => {
    expect(hours(9, 18).includes(ms(time))).toBe(expected);
  });

  it('goes by the clock of the time zone, in summer and winter', () => {
    const berlin = hours(9, 18, 'Europe/Berlin');
    expect(berlin.includes(ms('2026-01-14T08:00:00Z'))).toBe(true);
    expect(berlin.includes(ms('2026-01-14T07:59:00Z'))).toBe(false);
    expect(berlin.includes(ms('2026-07-15T07:00:00Z'))).toBe(true);
    expect(berlin.includes(ms('2026-07-15T06:59:00Z'))).toBe(false);
  });

  it('takes fractions of an hour and the whole day', () => {
    expect(hours(9.5, 18).includes(ms('2026-01-14T09:29:00Z'))).toBe(false);
    expect(hours(9.5, 18).includes(ms('2026-01-14T09:30:00Z'))).toBe(true);
    expect(hours(0, 24).includes(ms('2026-01-14T23:59:59Z'))).toBe(true);
  });

  it('may end on the day after', () => {
    const night = hours(22, 6);
    expect(night.includes(ms('2026-01-14T23:00:00Z'))).toBe(true);
    expect(night.includes(ms('2026-01-15T05:00:00Z'))).toBe(true);
    expect(night.includes(ms('2026-01-15T06:00:00Z'))).toBe(false);
    // the night after Friday, not the one before Monday
    expect(night.includes(ms('2026-01-17T05:00:00Z'))).toBe(true);
    expect(night.includes(ms('2026-01-19T05:00:00Z'))).toBe(false);
  });

  it('sums working time over weekends and the change of the clock', () => {
    const work = hours(9, 18);
    const between = (from: string, to: string) =>
      work.secondsBetween(ms(from), ms(to));
    expect(between('2026-01-09T17:00:00Z', '2026-01-12T10:00:00Z')).toBe(
      2 * HOUR,
    );
    expect(between('2026-01-10T00:00:00Z', '2026-01-11T00:00:00Z')).toBe(0);
    expect(between('2026-01-05T00:00:00Z', '2026-02-02T00:00:00Z')).toBe(
      20 * 9 * HOUR,
    );
    // the night of 28 March has an hour less in Berlin
    expect(
      hours(0, 24, 'Europe/Berlin', [7]).secondsBetween(
        ms('2026-03-28T00:00:00Z'),
        ms('2026-03-31T00:00:00Z'),
      ),
    ).toBe(23 * HOUR);
  });
});
