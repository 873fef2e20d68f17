import { type HealthReport, healthReportSchema } from '../model';
import { deployed, detected, resolved } from './__fixtures__/deliveryEvents';
import { metricsOf, WINDOW } from './__fixtures__/report';
import { computeHealth } from './computeHealth';

const options = {
  ...WINDOW,
  events: [],
  entityRef: 'component:default/checkout',
  environment: 'production',
};

const busy = [6, 7, 8, 9, 12, 13].flatMap(day => {
  const date = `2026-01-${String(day).padStart(2, '0')}`;
  return [
    deployed(`d${day}`, `${date}T12:00:00Z`, {
      changes: [{ sha: `c${day}`, committedAt: `${date}T10:00:00Z` }],
    }),
    detected(`i${day}`, `${date}T13:00:00Z`, {
      causedBy: { deploymentId: `d${day}` },
    }),
    resolved(`i${day}`, `${date}T13:30:00Z`),
  ];
});

const NAMES = [
  'deploymentFrequency',
  'changeLeadTime',
  'changeFailRate',
  'failedDeploymentRecoveryTime',
  'deploymentReworkRate',
  'timeToRestore',
  'deliveryFailureRate',
  'errorBudget',
] as const;

function statusesOf(metrics: HealthReport['metrics']) {
  return Object.fromEntries(NAMES.map(name => [name, metrics[name].status]));
}

describe('computeHealth', () => {
  it('keeps to the contract', () => {
    const report = computeHealth({ ...options, events: busy });
    expect(healthReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      entityRef: 'component:default/checkout',
      environment: 'production',
      window: {
        from: '2026-01-05T00:00:00.000Z',
        to: '2026-02-02T00:00:00.000Z',
      },
    });
    expect(statusesOf(report.metrics)).toEqual({
      deploymentFrequency: 'ok',
      changeLeadTime: 'ok',
      changeFailRate: 'ok',
      failedDeploymentRecoveryTime: 'ok',
      deploymentReworkRate: 'ok',
      timeToRestore: 'ok',
      deliveryFailureRate: 'ok',
      errorBudget: 'not-instrumented',
    });
  });

  it('never gives a band, nor a status of ok, from nothing', () => {
    for (const instrumented of [
      undefined,
      { deployments: false, incidents: false },
      { deployments: true, incidents: true },
    ]) {
      const metrics = metricsOf([], { instrumented });
      for (const metric of Object.values(metrics)) {
        expect(metric.band).toBeUndefined();
        expect(metric.evidence).toEqual([]);
      }
      expect(
        Object.entries(metrics)
          .filter(([, { status }]) => status === 'ok')
          .map(([name]) => name),
      ).toEqual(instrumented?.deployments ? ['deploymentFrequency'] : []);
    }
  });

  it('says which sources are missing', () => {
    const all = (status: string) =>
      Object.fromEntries(NAMES.map(name => [name, status]));
    expect(
      statusesOf(metricsOf(busy, { instrumented: { deployments: false } })),
    ).toEqual({ ...all('not-instrumented'), timeToRestore: 'ok' });
    expect(
      statusesOf(metricsOf(busy, { instrumented: { incidents: false } })),
    ).toEqual({
      ...all('ok'),
      timeToRestore: 'not-instrumented',
      errorBudget: 'not-instrumented',
    });
  });

  it('is stale when a source has been silent for too long', () => {
    const metrics = metricsOf(busy, {
      lastHeard: {
        deployments: new Date('2026-02-08T00:00:00Z'),
        incidents: new Date('2026-02-01T23:59:59Z'),
      },
    });
    expect(metrics.deploymentFrequency.status).toBe('ok');
    expect(metrics.changeFailRate).toMatchObject({
      status: 'stale',
      value: null,
    });
    expect(metrics.changeFailRate.band).toBeUndefined();
    expect(metrics.timeToRestore).toMatchObject({
      status: 'stale',
      value: null,
      note: 'nothing was heard of the source of incidents for too long',
    });
    expect(
      metricsOf(busy, {
        lastHeard: { incidents: new Date('2026-02-02T00:00:00Z') },
      }).timeToRestore.status,
    ).toBe('ok');
    expect(
      metricsOf(busy, {
        lastHeard: { incidents: new Date('2026-02-01T23:59:59Z') },
        staleAfterHours: 24 * 8,
      }).timeToRestore.status,
    ).toBe('ok');
  });

  it('leaves other entities out, however a reference is written', () => {
    const of = (id: string, entityRef: string) =>
      deployed(id, '2026-01-06T12:00:00Z', { entityRef });
    expect(
      metricsOf([
        of('a', 'component:default/checkout'),
        of('b', 'Checkout'),
        of('c', 'component:default/cart'),
        of('d', 'component:shop/checkout'),
        deployed('e', '2026-01-06T12:00:00Z'),
      ]).deploymentFrequency.evidence,
    ).toEqual(['a-deployed', 'b-deployed', 'e-deployed']);
  });

  it('does not know what happened after now', () => {
    const now = new Date('2026-01-06T13:10:00Z');
    expect(metricsOf(busy, { now }).timeToRestore.open).toEqual([
      { id: 'i6', seconds: 600 },
    ]);
  });

  it.each([
    [{ to: WINDOW.from }, 'from must be before to'],
    [{ from: new Date(NaN) }, 'from is not a valid date'],
    [{ attributionWindowHours: 0 }, 'attributionWindowHours'],
    [{ timeZone: 'Europe/Atlantis' }, 'give an IANA name'],
    [{ staleAfterHours: Infinity }, 'staleAfterHours'],
  ])('refuses %j', (wrong, message) => {
    expect(() => computeHealth({ ...options, ...wrong })).toThrow(message);
  });
});
