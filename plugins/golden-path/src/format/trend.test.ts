import {
  fewHealth,
  fullHealth,
  staleHealth,
} from '../__fixtures__/healthPictures';
import { metricTrend } from './trend';

const earlier = { from: '2026-09-26T00:00:00Z', to: '2026-10-24T00:00:00Z' };

function withTrend(
  point: { status?: 'ok' | 'insufficient'; value: number | null },
  window = earlier,
) {
  return {
    ...fullHealth,
    trends: {
      changeLeadTime: [{ ...window, n: 20, status: 'ok' as const, ...point }],
    },
  };
}

describe('metricTrend', () => {
  it('says better where more is good and there is more', () => {
    expect(metricTrend('deploymentFrequency', fullHealth)).toMatchObject({
      direction: 'up',
      tone: 'good',
      words: 'better than the 4 weeks before',
      before: '1.5 per day then',
    });
  });

  it('says worse where less is good and there is more', () => {
    expect(
      metricTrend('changeLeadTime', withTrend({ value: 5_000 })),
    ).toMatchObject({
      direction: 'up',
      tone: 'warn',
      words: 'worse than the 4 weeks before',
    });
  });

  it('says better where less is good and there is less', () => {
    expect(
      metricTrend('changeLeadTime', withTrend({ value: 50_000 })),
    ).toMatchObject({ direction: 'down', tone: 'good' });
  });

  it('claims no change that may be chance: the earlier rate lies within the interval', () => {
    expect(metricTrend('changeFailRate', fullHealth)).toMatchObject({
      direction: 'level',
      tone: 'neutral',
      words: 'no clear change from the 4 weeks before',
    });
  });

  it('claims no change of less than a tenth', () => {
    expect(metricTrend('changeLeadTime', fullHealth)?.direction).toBe('level');
  });

  it.each([
    [
      'the earlier number was no judgement',
      { status: 'insufficient' as const },
    ],
    ['nothing was known before', { value: null }],
  ])('is silent where %s', (_, point) => {
    expect(
      metricTrend('changeLeadTime', withTrend({ value: 1, ...point })),
    ).toBeUndefined();
  });

  it('is silent where the earlier window is not the one before', () => {
    const long = { from: '2026-06-06T00:00:00Z', to: '2026-07-04T00:00:00Z' };
    expect(
      metricTrend('changeLeadTime', withTrend({ value: 1 }, long)),
    ).toBeUndefined();
  });

  it('compares with the window that ended where this one begins, of several that overlap', () => {
    const day = 86_400_000;
    const to = Date.parse(fullHealth.window.to);
    const points = [5, 4, 3, 2, 1].map(weeks => ({
      from: new Date(to - (weeks * 7 + 28) * day).toISOString(),
      to: new Date(to - weeks * 7 * day).toISOString(),
      status: 'ok' as const,
      value: weeks * 10_000,
      n: 20,
    }));
    expect(
      metricTrend('changeLeadTime', {
        ...fullHealth,
        trends: { changeLeadTime: points },
      }),
    ).toMatchObject({
      before: '11 h 6 min then',
      points: [50_000, 40_000, 30_000, 20_000, 10_000, 11_520],
    });
  });

  it('is silent where the picture carries no judgement', () => {
    expect(metricTrend('changeLeadTime', fewHealth)).toBeUndefined();
    expect(
      metricTrend('changeLeadTime', {
        ...staleHealth,
        trends: fullHealth.trends,
      }),
    ).toBeUndefined();
  });
});
