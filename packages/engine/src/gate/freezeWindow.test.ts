import { decide, policy } from './__fixtures__/gate';
import { freezeState } from './freezeWindow';

const state = (freeze: object, now: string) => {
  const { active, until, next } = freezeState(
    policy({ freezes: [{ name: 'f', ...freeze }] }).freezes![0],
    new Date(now),
  );
  return [active, until?.toISOString() ?? null, next?.toISOString() ?? null];
};

describe('a freeze that is on once', () => {
  const freeze = {
    from: '2026-12-20T00:00:00',
    to: '2027-01-03T00:00:00',
    timeZone: 'Europe/Berlin',
  };
  const end = '2027-01-02T23:00:00.000Z';

  it.each([
    ['2026-12-19T22:59:59Z', [false, null, '2026-12-19T23:00:00.000Z']],
    ['2026-12-19T23:00:00Z', [true, end, null]],
    ['2027-01-02T22:59:59Z', [true, end, null]],
    ['2027-01-02T23:00:00Z', [false, null, null]],
  ])('at %s', (now, expected) => {
    expect(state(freeze, now)).toEqual(expected);
  });

  it('keeps an offset that is written', () => {
    const offset = { ...freeze, from: '2026-12-20T00:00:00+09:00' };
    expect(state(offset, '2026-12-19T15:00:00Z')[0]).toBe(true);
  });
});

describe('a freeze of every week', () => {
  // Friday evening to Saturday morning, over midnight
  const night = {
    days: [5],
    start: '17:00',
    end: '09:00',
    timeZone: 'Europe/Berlin',
  };

  it.each([
    ['2026-03-13T15:59:59Z', false],
    ['2026-03-13T16:00:00Z', true],
    ['2026-03-14T07:59:59Z', true],
    ['2026-03-14T08:00:00Z', false],
    // A week later, in the night the clocks go forward, it still ends at nine
    ['2026-03-28T06:59:59Z', true],
    ['2026-04-04T06:59:59Z', true],
    ['2026-04-04T07:00:00Z', false],
  ])('at %s is on: %s', (now, active) => {
    expect(state(night, now)[0]).toBe(active);
  });

  it('moves with the clocks, and not by hours', () => {
    // Sunday 29 March 2026: 02:00 becomes 03:00
    const weekend = { ...night, days: [6, 7], start: '00:00', end: '00:00' };
    expect(state(weekend, '2026-03-28T12:00:00Z')).toEqual([
      ...[true, '2026-03-29T22:00:00.000Z', null],
    ]);
    expect(state(weekend, '2026-03-30T12:00:00Z')).toEqual([
      ...[false, null, '2026-04-03T22:00:00.000Z'],
    ]);
    // And back on 25 October
    expect(state(weekend, '2026-10-24T12:00:00Z')[1]).toBe(
      '2026-10-25T23:00:00.000Z',
    );
  });

  it('that covers every hour has no end', () => {
    const always = {
      days: [1, 2, 3, 4, 5, 6, 7],
      start: '00:00',
      end: '00:00',
    };
    expect(state(always, '2026-03-11T12:00:00Z')).toEqual([true, null, null]);
  });
});

describe('the rule', () => {
  const freezes = (freeze: object, now: string) =>
    decide(
      { freezes: [{ name: 'weekend', ...freeze }] },
      {},
      {},
      new Date(now),
    );

  it('blocks, says when it ends, and warns where the policy says so', () => {
    const weekly = {
      days: [6],
      start: '08:00',
      end: '18:00',
      timeZone: 'Asia/Tokyo',
    };
    const on = freezes(weekly, '2026-03-13T23:30:00Z');
    expect(on).toMatchObject({
      verdict: 'block',
      rules: [
        {
          ...{ rule: 'freeze', subject: 'weekend' },
          wayOut: 'It ends on 14 March 2026, 18:00 Asia/Tokyo',
          numbers: { until: '2026-03-14T09:00:00.000Z' },
        },
      ],
    });
    expect(
      freezes({ ...weekly, verdict: 'warn' }, '2026-03-13T23:30:00Z').verdict,
    ).toBe('warn');
    expect(freezes(weekly, '2026-03-14T09:00:00Z').verdict).toBe('allow');
  });

  it('is unknown in a time zone that does not exist', () => {
    const result = freezes(
      { days: [6], start: '08:00', end: '18:00', timeZone: 'Mars/Olympus' },
      '2026-03-13T23:30:00Z',
    );
    expect(result.rules[0]).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining("'Mars/Olympus' is no time zone"),
    });
  });
});
