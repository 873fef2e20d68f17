import { Scorecard } from '@goldenpath/engine';
import { scorecardBadge } from './badge';

const scorecard = (overrides: Partial<Scorecard>) =>
  ({
    path: { name: 'service', version: '1.0.0', title: 'Production <service>' },
    levels: ['bronze', 'silver', 'gold'],
    level: 'gold',
    score: { raw: 100, adjusted: 100, low: 100, high: 100 },
    ...overrides,
  } as Scorecard);

it('says level and score', () => {
  const svg = scorecardBadge(scorecard({}));
  expect(svg).toContain('gold, 100 of 100');
  expect(svg).toContain('Production &lt;service&gt;');
});

it('says the interval where not all is known, and never rounds up', () => {
  const score = { raw: 62.9, adjusted: 62.9, low: 62.9, high: 99.9 };
  expect(scorecardBadge(scorecard({ level: null, score }))).toContain(
    'no level, 62 to 99 of 100',
  );
});

it('says so when nothing is known', () => {
  const score = { raw: null, adjusted: null, low: null, high: null };
  expect(scorecardBadge(scorecard({ level: null, score }))).toContain(
    'score unknown',
  );
  expect(scorecardBadge(undefined)).toContain('not scored');
});
