import type { TimelineItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { placeLanes } from './timelineLayout';

const window = { from: '2026-11-01T00:00:00Z', to: '2026-11-11T00:00:00Z' };

function release(hour: number, overrides: Partial<TimelineItem> = {}) {
  return {
    id: `r-${hour}`,
    kind: 'deployment' as const,
    at: new Date(Date.parse(window.from) + hour * 3_600_000).toISOString(),
    title: 'released',
    evidence: [],
    ...overrides,
  };
}

describe('placeLanes', () => {
  it('puts what happened close together below each other, so that each can be hit', () => {
    const [lane] = placeLanes(
      ['deployment'],
      [release(0), release(2), release(24)],
      window,
    );
    expect(lane.items.map(({ middle }) => middle)).toEqual([18, 42, 18]);
    expect(lane.height).toBe(60);
  });

  it('goes no further down than four rows', () => {
    const [lane] = placeLanes(
      ['deployment'],
      [0, 0.1, 0.2, 0.3, 0.4, 0.5].map(hour => release(hour)),
      window,
    );
    expect(lane.items.map(({ middle }) => middle)).toEqual([
      18, 42, 66, 90, 18, 42,
    ]);
  });

  it('stacks the lanes, and draws what lasts to its end or to now', () => {
    const [releases, incidents] = placeLanes(
      ['deployment', 'incident'],
      [
        release(0),
        release(24, { kind: 'incident', until: '2026-11-03T00:00:00Z' }),
        release(120, { kind: 'incident', outcome: 'open' }),
      ],
      window,
    );
    expect(incidents.top).toBe(releases.height);
    expect(releases.items[0].width).toBeUndefined();
    expect(incidents.items.map(({ width }) => width)).toEqual([10, 50]);
  });
});
