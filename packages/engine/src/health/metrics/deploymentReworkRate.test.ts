import {
  change,
  deployed,
  pipeline,
  rolledBack,
} from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';

const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T12:00:00Z`;
const SHA = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';

const planned = [6, 8, 10, 12].map(day =>
  deployed(`d${day}`, at(day), {
    sha: `sha-${day}`,
    changes: [{ sha: day === 6 ? SHA : `change-${day}` }],
  }),
);

const reworkOf = (...events: DeliveryEvent[]) =>
  metricsOf([...planned, ...events]).deploymentReworkRate;

describe('deploymentReworkRate', () => {
  it.each([
    ['a rollback', [rolledBack('r', at(13))]],
    ['a declared rollback', [deployed('r', at(13), { kind: 'rollback' })]],
    [
      'a deployment that names what it takes back',
      [deployed('r', at(13), { rollbackOf: 'd12' })],
    ],
    ['a hotfix', [deployed('h', at(13), { kind: 'hotfix' })]],
    ['a fix of an incident', [deployed('f', at(13), { fixes: ['i'] })]],
    [
      'a revert of a shipped commit',
      [
        change(
          'merged',
          'PR-9',
          at(12),
          { sha: 'fff' },
          {
            description: `This reverts commit ${SHA}.`,
          },
        ),
        deployed('f', at(13), { changes: [{ sha: 'fff' }] }),
      ],
    ],
    [
      'an older version soon after',
      [deployed('r', '2026-01-13T11:00:00Z', { sha: 'sha-8' })],
    ],
  ])('counts %s', (_name, events) => {
    expect(reworkOf(...events)).toMatchObject({
      status: 'ok',
      value: 0.2,
      numerator: 1,
      denominator: 5,
    });
  });

  it.each([
    ['a planned deployment', [deployed('p', at(13), { kind: 'deploy' })]],
    [
      'the revert of a commit never shipped',
      [
        change(
          'merged',
          'PR-9',
          at(12),
          { sha: 'fff' },
          {
            description: 'This reverts commit 0123456789abcdef.',
          },
        ),
        deployed('f', at(13), { changes: [{ sha: 'fff' }] }),
      ],
    ],
    ['an older version much later', [deployed('r', at(14), { sha: 'sha-8' })]],
  ])('does not count %s', (_name, events) => {
    expect(reworkOf(...events)).toMatchObject({ numerator: 0, denominator: 5 });
  });

  it('counts succeeded deployments only', () => {
    expect(
      reworkOf(pipeline('r', at(13), 'failure', { kind: 'hotfix' })),
    ).toMatchObject({ status: 'insufficient', numerator: 0, denominator: 4 });
  });

  it('has an interval and no band', () => {
    const metric = reworkOf(rolledBack('r', at(13)));
    // Wilson at 95 % for 1 in 5
    expect(metric.interval!.low).toBeCloseTo(0.0362, 4);
    expect(metric.interval!.high).toBeCloseTo(0.6245, 4);
    expect(metric.band).toBeUndefined();
  });

  it('says when no rework was ever declared', () => {
    expect(reworkOf().note).toContain('ever declared');
  });

  it('is no 0 without a deployment', () => {
    expect(
      metricsOf([], { instrumented: { deployments: true } })
        .deploymentReworkRate,
    ).toMatchObject({ status: 'no-data', value: null, denominator: 0 });
    expect(metricsOf([]).deploymentReworkRate.status).toBe('not-instrumented');
  });
});
