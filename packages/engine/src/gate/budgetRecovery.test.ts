import { objective } from './__fixtures__/gate';
import { budgetRecovery } from './budgetRecovery';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const iso = (date: Date | null) => date?.toISOString() ?? null;

describe('when a budget is back', () => {
  it('takes what fell into the shorter windows as what is left to go', () => {
    // 110 % used: 90 % within the last week, the rest before it
    const quiet = objective({
      remaining: -0.1,
      burnRates: [
        { seconds: HOUR, burnRate: 0 },
        { seconds: 7 * DAY, burnRate: 0.9 * 4 },
        { seconds: 28 * DAY, burnRate: 1.1 },
      ],
    });
    expect(budgetRecovery(quiet, 0)).toEqual({
      burnRate: 0,
      ifQuiet: new Date('2026-04-01T11:00:00Z'),
      atPresentBurn: new Date('2026-04-01T11:00:00Z'),
    });
    // For 25 % the last week has to go as well, all but its last hour
    expect(iso(budgetRecovery(quiet, 0.25).ifQuiet)).toBe(
      '2026-04-08T10:00:00.000Z',
    );
  });

  it('counts events where they are known, whatever the traffic was', () => {
    const counted = objective({
      remaining: -0.1,
      burnRates: [
        { seconds: 7 * DAY, burnRate: 100, bad: 50, valid: 500 },
        { seconds: 28 * DAY, burnRate: 1.1, bad: 110, valid: 100_000 },
      ],
    });
    expect(iso(budgetRecovery(counted, 0).ifQuiet)).toBe(
      '2026-04-01T11:00:00.000Z',
    );
  });

  it('learns from the burn-down when it happened', () => {
    const at = (day: number, remaining: number) => ({
      at: new Date(Date.UTC(2026, 1, day, 11)).toISOString(),
      remaining,
    });
    const burnDown = [at(15, 0.9), at(16, 0.9), at(17, -0.1), at(28, -0.1)];
    const known = objective({ remaining: -0.1, burnDown });
    // All but 10 % was used from 16 to 17 February: 28 days later it no longer counts
    expect(iso(budgetRecovery(known, 0).ifQuiet)).toBe(
      '2026-03-17T11:00:00.000Z',
    );
  });

  it('never comes back at a burn of 1 or more', () => {
    const burning = objective({
      remaining: -0.1,
      burnRates: [
        { seconds: 300, burnRate: 0 },
        { seconds: HOUR, burnRate: 1 },
      ],
    });
    expect(budgetRecovery(burning, 0)).toMatchObject({
      atPresentBurn: null,
      ifQuiet: expect.any(Date),
    });
  });

  it('is back after its whole period at the latest', () => {
    const bare = objective({ remaining: -5, burnRates: [] });
    expect(budgetRecovery(bare, 0)).toEqual({
      burnRate: null,
      atPresentBurn: null,
      ifQuiet: new Date('2026-04-08T11:00:00Z'),
    });
  });

  it('cannot be told without knowing what was used', () => {
    expect(
      budgetRecovery(objective({ remaining: null }), 0).ifQuiet,
    ).toBeNull();
  });
});
