import type { Anomaly } from '../../model';
import { groupAnomalies } from './groupAnomalies';

function anomaly(
  id: string,
  day: number,
  data: Partial<Anomaly> = {},
): Anomaly {
  const at = (number: number) =>
    new Date(Date.UTC(2026, 0, number)).toISOString();
  return {
    id,
    metric: 'incidents',
    method: 'poisson-tail',
    at: at(day),
    until: at(day + 1),
    direction: 'higher',
    worse: true,
    observed: 9,
    expected: 1,
    unit: 'count',
    n: 20,
    message: '',
    evidence: [],
    ...data,
  };
}

function deployment(
  entityRef: string,
  deploymentId: string,
  finishedAt: string,
) {
  return { entityRef, deploymentId, finishedAt };
}

/** The shop uses checkout, which uses payment; search stands apart. */
const DEPENDENCIES = [
  { from: 'shop', to: 'checkout' },
  { from: 'checkout', to: 'payment' },
];

function groupsOf(
  anomalies: Record<string, Anomaly[]>,
  deployments: ReturnType<typeof deployment>[] = [],
) {
  return groupAnomalies({
    anomalies,
    dependencies: DEPENDENCIES,
    deployments,
  });
}

describe('groupAnomalies', () => {
  it('makes one group of several signals of an entity and its dependencies', () => {
    const groups = groupsOf({
      shop: [anomaly('s', 11)],
      checkout: [anomaly('c1', 10), anomaly('c2', 10, { metric: 'cost' })],
      search: [anomaly('x', 12)],
    });
    expect(
      groups.map(({ id, entityRefs, signals }) => [
        id,
        entityRefs,
        signals.length,
      ]),
    ).toEqual([
      ['c1', ['checkout', 'shop'], 3],
      ['x', ['search'], 1],
    ]);
  });

  it('keeps signals apart that lie far from each other in time', () => {
    expect(
      groupsOf({ shop: [anomaly('s', 20)], checkout: [anomaly('c', 10)] }),
    ).toHaveLength(2);
  });

  it('puts entities together that the same deployment upstream is behind', () => {
    const groups = groupAnomalies({
      anomalies: { web: [anomaly('w', 10)], app: [anomaly('a', 10)] },
      dependencies: [
        { from: 'web', to: 'api' },
        { from: 'app', to: 'api' },
      ],
      deployments: [deployment('api', 'd1', '2026-01-10T09:00:00Z')],
    });
    expect(groups).toHaveLength(1);
    expect(groups[0].cause).toMatchObject({ deploymentId: 'd1', distance: 1 });
  });

  it('names the latest deployment before the first signal, in the entity or upstream', () => {
    const [group] = groupsOf({ checkout: [anomaly('c', 10)] }, [
      deployment('checkout', 'too-old', '2026-01-08T23:59:00Z'),
      deployment('checkout', 'own', '2026-01-09T12:00:00Z'),
      deployment('payment', 'upstream', '2026-01-10T08:00:00Z'),
      deployment('shop', 'downstream', '2026-01-10T09:00:00Z'),
      deployment('search', 'unrelated', '2026-01-10T10:00:00Z'),
      deployment('payment', 'too-late', '2026-01-11T00:00:00Z'),
    ]);
    expect(group.cause).toEqual({
      entityRef: 'payment',
      deploymentId: 'upstream',
      finishedAt: '2026-01-10T08:00:00Z',
      distance: 1,
    });
    expect(group.message).toBe(
      'checkout: incidents; probable change: deployment upstream of payment at 2026-01-10T08:00:00Z',
    );
  });

  it('names none when the latest is older than the attribution window', () => {
    const [group] = groupsOf({ checkout: [anomaly('c', 10)] }, [
      deployment('checkout', 'too-old', '2026-01-08T23:59:00Z'),
    ]);
    expect(group.cause).toBeUndefined();
    expect(group.message).toBe(
      'checkout: incidents; no deployment lies shortly before it',
    );
  });

  it('takes the most upstream signal of one time for the first', () => {
    expect(
      groupsOf({ shop: [anomaly('s', 10)], payment: [anomaly('p', 10)] })[0],
    ).toMatchObject({ id: 'p', entityRef: 'payment' });
  });

  it('passes over what is not for the worse, and what is acknowledged', () => {
    expect(
      groupsOf({
        shop: [anomaly('s', 10, { worse: false })],
        checkout: [
          anomaly('c', 10, {
            acknowledged: { by: 'user:default/ada', at: '', reason: 'known' },
          }),
        ],
      }),
    ).toEqual([]);
  });

  it('keeps the id as others join, in whatever order they are given, cycles included', () => {
    const input = {
      dependencies: [...DEPENDENCIES, { from: 'payment', to: 'shop' }],
      deployments: [],
    };
    const first = groupAnomalies({
      ...input,
      anomalies: { checkout: [anomaly('c', 10)] },
    });
    const later = groupAnomalies({
      ...input,
      anomalies: {
        shop: [anomaly('s', 11)],
        payment: [anomaly('p', 11)],
        checkout: [anomaly('c', 10)],
      },
    });
    expect(later).toHaveLength(1);
    expect(later[0].id).toBe(first[0].id);
  });
});
