import { DriftReport, DriftStatus } from '@goldenpath/engine';
import { driftFact } from './driftFact';

function report(
  statuses: DriftStatus[],
  options: { plannedAt?: string; newestVersion?: string | null } = {},
): DriftReport {
  const { plannedAt, newestVersion = '2.0.0' } = options;
  return {
    entityRef: 'component:default/pay',
    status: 'ok',
    observedAt: '2026-11-21T00:00:00.000Z',
    commit: null,
    layers: [
      {
        id: 'service',
        template: {
          entityRef: 'template:default/node',
          version: '1.0.0',
          commit: null,
          newestVersion,
        },
        counts: {} as DriftReport['layers'][0]['counts'],
        drifted: statuses.length,
        files: statuses.map((status, n) => ({
          path: `f${n}`,
          status,
          class: 'merged',
          drifted: true,
        })),
        ...(plannedAt && { plannedAt }),
      },
    ],
  };
}

describe('driftFact', () => {
  it('counts conflicts once everything was merged that both sides changed', () => {
    const plannedAt = '2026-11-21T00:00:00.000Z';
    expect(
      driftFact(report(['edited+outdated', 'conflict'], { plannedAt })),
    ).toMatchObject({ outdated: 2, conflicts: 1 });
    expect(driftFact(report(['edited', 'outdated']))).toMatchObject({
      conflicts: 0,
    });
  });

  it('says no number of conflicts, and not none, while that is not known', () => {
    const fact = driftFact(report(['edited+outdated']));
    expect(fact).toMatchObject({ outdated: 1 });
    expect(fact).not.toHaveProperty('conflicts');
    expect(
      driftFact(report(['edited'], { newestVersion: null })),
    ).not.toHaveProperty('conflicts');
  });
});
