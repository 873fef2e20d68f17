import type { PathComparison } from '@goldenpath/engine';

const score = (value: number) => ({
  raw: value,
  adjusted: value,
  low: value,
  high: value,
});

const tally = {
  entities: 7,
  rise: 1,
  fall: 2,
  shift: 1,
  same: 3,
  covered: 0,
  uncovered: 0,
};

export const comparison: PathComparison = {
  path: { name: 'service', before: '1.2.0', after: '1.3.0' },
  comparedAt: '2026-11-21T10:00:00Z',
  total: tally,
  entities: [
    {
      entityRef: 'component:default/orders',
      owner: 'group:default/shop',
      before: { level: 'silver', score: score(80) },
      after: { level: null, score: score(60) },
      checks: [{ id: 'SEC-12', from: null, to: 'fail' }],
    },
  ],
  owners: [{ ...tally, owner: 'group:default/shop' }],
  checks: [
    {
      id: 'SEC-12',
      title: 'Releases are signed',
      before: null,
      after: { pass: 5, fail: 2 },
      flips: 7,
    },
  ],
  replay: {
    from: '2026-11-19',
    to: '2026-11-20',
    entities: 7,
    days: [
      {
        day: '2026-11-19',
        entities: 7,
        before: { none: 2, silver: 5 },
        after: { none: 4, silver: 3 },
      },
      {
        day: '2026-11-20',
        entities: 7,
        before: { none: 1, silver: 6 },
        after: { none: 4, silver: 3 },
      },
    ],
    flaps: [
      { id: 'SEC-12', before: 0, after: 3 },
      { id: 'SEC-01', before: 0, after: 0 },
    ],
  },
};
