import {
  body,
  change,
  deployed,
  detected,
  pipeline,
  resolved,
  rolledBack,
} from '../__fixtures__/deliveryEvents';
import { measured } from '../__fixtures__/ownEvents';
import { metricsOf, WINDOW } from '../__fixtures__/report';
import type { HealthOptions } from '../computeHealth';
import type { DeliveryEvent } from '../deliveryEvent';
import { parseDeliveryEvent } from '../parseDeliveryEvent';

const HOUR = 3600;
const day = (date: number, time = '12:00') =>
  `2026-01-${String(date).padStart(2, '0')}T${time}:00Z`;

/** Failed deployments with what links the failure to them. */
function linksOf(
  events: DeliveryEvent[],
  options: Partial<HealthOptions> = {},
): Record<string, string[]> {
  const { changeFailRate } = metricsOf(events, {
    instrumented: { incidents: true },
    ...options,
  });
  return Object.fromEntries(
    changeFailRate.failures!.map(({ deploymentId, links }) => [
      deploymentId,
      links.map(({ kind, confidence }) => `${kind} ${confidence}`),
    ]),
  );
}

function burnAlert(
  id: string,
  at: string,
  severity: 'page' | 'ticket',
  predicate = 'detected',
): DeliveryEvent {
  return parseDeliveryEvent(
    body(`incident.${predicate}`, at, {
      id: `${id}-${predicate}`,
      subjectId: id,
      environment: 'production',
      ...(predicate === 'detected' && {
        goldenPath: { burnAlert: { objective: 'availability', severity } },
      }),
    }),
  );
}

describe('B2 deployment frequency', () => {
  it('B2 frequency: succeeded production deployments per day of the window', () => {
    const { deploymentFrequency } = metricsOf([
      deployed('a', day(6)),
      deployed('b', day(7)),
      pipeline('failed', day(8), 'failure'),
      deployed('staged', day(8), {}, { environment: 'staging' }),
    ]);
    expect(deploymentFrequency).toMatchObject({
      numerator: 2,
      denominator: 28,
      value: 2 / 28,
    });
  });

  it('B2 frequency: 0 is real only with a source connected', () => {
    expect(metricsOf([]).deploymentFrequency).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
    expect(
      metricsOf([], { instrumented: { deployments: true } })
        .deploymentFrequency,
    ).toMatchObject({ status: 'ok', value: 0 });
  });
});

describe('B2 change lead time', () => {
  it('B2 lead time: from the first commit to the first succeeded deployment that contains it', () => {
    const shipping = {
      changes: [{ sha: 'aaaaaaa', committedAt: day(6, '06:00') }],
    };
    const { changeLeadTime } = metricsOf([
      pipeline('failed', day(6, '08:00'), 'failure', shipping),
      deployed('first', day(6, '10:00'), shipping),
      deployed('again', day(6, '18:00'), shipping),
    ]);
    expect(changeLeadTime).toMatchObject({ n: 1, value: 4 * HOUR });
  });

  it('B2 lead time: a first commit more than 90 days before the proposal is replaced by it, flagged', () => {
    const of = (committedAt: string) =>
      metricsOf([
        change('created', 'pr', day(6, '10:00'), { sha: 'aaaaaaa' }),
        deployed('d', day(6, '12:00'), {
          changes: [{ sha: 'aaaaaaa', committedAt }],
        }),
      ]).changeLeadTime;
    // 90 days before 6 January is 8 October
    expect(of('2025-10-08T10:00:00Z').value).toBe(90 * 24 * HOUR + 2 * HOUR);
    expect(of('2025-10-08T09:59:59Z').value).toBe(2 * HOUR);
    expect(of('2025-10-08T09:59:59Z').note).toContain(
      '1 change timed from the proposal',
    );
  });

  describe('B2 a pull request and the push of its merge are one change', () => {
    const merges = (sha: string, at: string, description = '') => [
      change('merged', `a/b#${sha}`, at, { sha }, { description }, `pr-${sha}`),
      change(
        'merged',
        `a/b#${sha}`,
        at,
        { sha, startedAt: day(5) },
        { description },
        `push-${sha}`,
      ),
    ];
    const events = [
      ...merges('aaaaaaa', day(6, '09:00')),
      deployed('d1', day(6), { sha: 'aaaaaaa' }),
      ...merges('bbbbbbb', day(7, '09:00'), 'This reverts commit aaaaaaa.'),
      ...merges('ccccccc', day(7, '10:00')),
      deployed('d2', day(7), { sha: 'ccccccc' }),
    ];

    it('B2 lead time: counts once, from the first commit that the push tells of', () => {
      const { changeLeadTime } = metricsOf(events);
      expect(changeLeadTime).toMatchObject({
        n: 2,
        value: 48 * HOUR,
        note: expect.not.stringContaining('without a commit time'),
        stages: { commitToMerge: 45.5 * HOUR, mergeToDeploy: 2.5 * HOUR },
      });
    });

    it('B2 its place is that of the first, however late the push is heard of', () => {
      const late = [
        change('merged', 'a/b#1', day(6), { sha: 'aaaaaaa' }, {}, 'pr-1'),
        change('merged', 'a/b#2', day(7), { sha: 'bbbbbbb' }, {}, 'pr-2'),
        change('merged', 'a/b#1', day(8), { sha: 'aaaaaaa' }, {}, 'push-1'),
        deployed('d1', day(9), { sha: 'aaaaaaa' }),
        deployed('d2', day(10), { sha: 'bbbbbbb' }),
      ];
      expect(metricsOf(late).changeLeadTime.stages).toMatchObject({
        mergeToDeploy: 72 * HOUR,
      });
    });

    it('B2 link 3: a revert told twice is one link with both events behind it', () => {
      const { failures } = metricsOf(events).changeFailRate;
      expect(failures).toHaveLength(1);
      expect(failures![0].links).toHaveLength(1);
      expect(failures![0].links[0].evidence).toEqual(
        expect.arrayContaining(['pr-bbbbbbb', 'push-bbbbbbb']),
      );
    });
  });

  it('B2 lead time: no deployed change is no data', () => {
    expect(metricsOf([deployed('d', day(6))]).changeLeadTime).toMatchObject({
      status: 'no-data',
      value: null,
    });
  });
});

describe('B2 failure links, strongest first', () => {
  const d1 = deployed('d1', day(6, '10:00'), { sha: 'aaaaaaa' });
  const d2 = deployed('d2', day(6, '12:00'), { sha: 'bbbbbbb' });

  it.each([
    ['the deployment', { causedBy: { deploymentId: 'd1' } }, {}],
    ['the commit', { causedBy: { sha: 'aaaaaaa' } }, {}],
    ['the artifact', {}, { content: { artifactId: 'pkg:oci/checkout@d1' } }],
    [
      'the commit in its text as "root cause: <sha>"',
      {},
      { content: { description: 'Root cause: aaaaaaa' } },
    ],
  ])('B2 link 1: an incident names %s', (_name, data, options) => {
    expect(
      linksOf([d1, d2, detected('i', day(6, '13:00'), data, options)]),
    ).toEqual({ d1: ['explicit confirmed'] });
  });

  it('B2 link 2: rolled back, aborted after taking traffic, or an older version again inside the window', () => {
    expect(
      linksOf([d1, rolledBack('r', day(6, '11:00'), { rollbackOf: 'd1' })]),
    ).toEqual({ d1: ['rolled-back confirmed'] });
    expect(
      linksOf([
        pipeline('aborted', day(6), 'failure', { reachedProduction: true }),
      ]),
    ).toEqual({ aborted: ['failed-rollout confirmed'] });
    const again = (at: string) => deployed('d3', at, { sha: 'aaaaaaa' });
    expect(linksOf([d1, d2, again(day(7, '11:59'))])).toEqual({
      d2: ['rolled-back confirmed'],
    });
    expect(linksOf([d1, d2, again(day(7, '12:00'))])).toEqual({});
  });

  it('B2 link 3: a later deployment declares a fix, or reverts a shipped commit', () => {
    expect(
      linksOf([
        d1,
        detected('i', day(6, '11:00')),
        deployed('fix', day(6, '14:00'), { fixes: ['i'] }),
      ]),
    ).toEqual({ d1: ['repaired confirmed'] });
    expect(
      linksOf([
        d1,
        change(
          'merged',
          'pr-9',
          day(6, '13:00'),
          { sha: 'ccccccc' },
          { description: 'This reverts commit aaaaaaa.' },
        ),
        deployed('d3', day(6, '14:00'), { sha: 'ccccccc' }),
      ]),
    ).toEqual({ d1: ['repaired confirmed'] });
  });

  describe('B2 link 4: a fast burn starts inside the attribution window', () => {
    it('B2 a page alert is one, a ticket alert is none, and neither is an incident', () => {
      const page = [d1, burnAlert('a', day(6, '11:00'), 'page')];
      expect(linksOf(page)).toEqual({ d1: ['budget confirmed'] });
      expect(linksOf([d1, burnAlert('a', day(6, '11:00'), 'ticket')])).toEqual(
        {},
      );
      const { timeToRestore, changeFailRate } = metricsOf([
        ...page,
        burnAlert('a', day(6, '15:00'), 'page', 'resolved'),
      ]);
      expect(timeToRestore).toMatchObject({ status: 'not-instrumented', n: 0 });
      expect(changeFailRate).toMatchObject({ numerator: 1, denominator: 1 });
      expect(changeFailRate.failures![0].links[0].evidence).toEqual([
        'a-detected',
      ]);
    });

    it('B2 outside the window it is nobody in particular', () => {
      expect(linksOf([d1, burnAlert('a', day(7, '09:59'), 'page')])).toEqual({
        d1: ['budget confirmed'],
      });
      expect(linksOf([d1, burnAlert('a', day(7, '10:00'), 'page')])).toEqual(
        {},
      );
    });

    it('B2 an alert goes on firing and counts when it started', () => {
      expect(
        linksOf([
          d1,
          burnAlert('a', day(6, '11:00'), 'page'),
          d2,
          parseDeliveryEvent(
            body('incident.reported', day(6, '13:00'), {
              subjectId: 'a',
              environment: 'production',
              goldenPath: {
                burnAlert: { objective: 'availability', severity: 'page' },
              },
            }),
          ),
        ]),
      ).toEqual({ d1: ['budget confirmed'] });
    });

    it('B2 measurements tell of a fast burn where no alert does', () => {
      const windows = (bad: number) =>
        ({ 300: [bad, 100], 3600: [bad, 1200] } as const);
      expect(
        linksOf([
          d1,
          measured(day(6, '10:30'), { windows: windows(0) }),
          // 30 of 1,200 are 2.5 %, 25 times the budget of 0.1 %
          measured(day(6, '11:00'), { windows: windows(30) }),
          d2,
          measured(day(6, '13:00'), { windows: windows(30) }),
        ]),
      ).toEqual({ d1: ['budget confirmed'] });
    });
  });

  it('B2 link 5: an incident in time alone is suspected, and counted only on request', () => {
    const events = [d1, detected('i', day(7, '09:59'))];
    expect(linksOf(events)).toEqual({ d1: ['time-only suspected'] });
    expect(metricsOf(events).changeFailRate).toMatchObject({
      numerator: 0,
      denominator: 1,
      suspected: 1,
    });
    expect(
      metricsOf(events, { countSuspected: true }).changeFailRate,
    ).toMatchObject({ numerator: 1, denominator: 1 });
    expect(linksOf([d1, detected('i', day(7, '10:00'))])).toEqual({});
  });

  it('B2 an incident marked as not change related links to nothing', () => {
    expect(
      linksOf([d1, detected('i', day(6, '11:00'), { changeRelated: false })]),
    ).toEqual({});
  });

  it('B2 the attribution window is set per entity', () => {
    const events = [d1, detected('i', day(6, '12:00'))];
    expect(linksOf(events, { attributionWindowHours: 2 })).toEqual({});
    expect(linksOf(events, { attributionWindowHours: 3 })).toEqual({
      d1: ['time-only suspected'],
    });
  });
});

describe('B2 change fail rate', () => {
  it('B2 two incidents on one deployment are one failure', () => {
    const cause = { causedBy: { deploymentId: 'd1' } };
    expect(
      metricsOf([
        deployed('d1', day(6)),
        deployed('d2', day(8)),
        detected('i1', day(6, '13:00'), cause),
        detected('i2', day(6, '14:00'), cause),
      ]).changeFailRate,
    ).toMatchObject({ numerator: 1, denominator: 2, value: 0.5 });
  });

  it('B2 a pipeline that failed before touching production is a delivery failure, not a change failure', () => {
    const { changeFailRate, deliveryFailureRate } = metricsOf(
      [
        ...[6, 7, 8, 9].map(date => deployed(`d${date}`, day(date))),
        pipeline('broken', day(12), 'failure'),
      ],
      { instrumented: { incidents: true } },
    );
    expect(changeFailRate).toMatchObject({ numerator: 0, denominator: 4 });
    expect(deliveryFailureRate).toMatchObject({
      status: 'ok',
      value: 0.2,
      numerator: 1,
      denominator: 5,
      interval: { low: expect.any(Number), high: expect.any(Number) },
    });
    expect(deliveryFailureRate.band).toBeUndefined();
    expect(deliveryFailureRate.evidence).toHaveLength(5);
  });

  it('B2 delivery failure rate: a next attempt that succeeds is no failure, and one that aborted in production is a change failure', () => {
    const { changeFailRate, deliveryFailureRate } = metricsOf([
      pipeline('d1', day(6, '10:00'), 'failure'),
      pipeline('d1', day(6, '11:00'), 'success', { attempt: 2 }),
      pipeline('d2', day(7), 'failure', { reachedProduction: true }),
      pipeline('d3', day(8), 'cancel'),
    ]);
    expect(deliveryFailureRate).toMatchObject({ numerator: 0, denominator: 2 });
    expect(changeFailRate).toMatchObject({ numerator: 1, denominator: 2 });
  });

  it('B2 delivery failure rate: nothing finished is no data, no source is not instrumented', () => {
    expect(
      metricsOf([pipeline('d', day(6), 'cancel')]).deliveryFailureRate,
    ).toMatchObject({ status: 'no-data', value: null });
    expect(metricsOf([]).deliveryFailureRate).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });

  it('B2 ripeness: a deployment younger than the attribution window is in neither numerator nor denominator', () => {
    const now = new Date(day(10, '12:00'));
    const events = [
      deployed('ripe', day(9, '12:00')),
      deployed('young', day(9, '12:01')),
      detected('i', day(10, '11:00'), { causedBy: { deploymentId: 'young' } }),
    ];
    expect(metricsOf(events, { now }).changeFailRate).toMatchObject({
      numerator: 0,
      denominator: 1,
      pending: 1,
    });
    expect(
      metricsOf(events, { now: new Date(day(10, '12:01')) }).changeFailRate,
    ).toMatchObject({ numerator: 1, denominator: 2, pending: 0 });
  });

  it('B2 a denominator of 0 is no data, never 0 %', () => {
    expect(
      metricsOf([], { instrumented: { deployments: true, incidents: true } })
        .changeFailRate,
    ).toMatchObject({ status: 'no-data', value: null, denominator: 0 });
  });
});

describe('B2 failed deployment recovery time', () => {
  const failing = (date: number, minutes?: number) => {
    const end = new Date(Date.parse(day(date)) + (minutes ?? 0) * 60_000);
    return [
      deployed(`d${date}`, day(date)),
      detected(`i${date}`, day(date, '12:10'), {
        causedBy: { deploymentId: `d${date}` },
      }),
      ...(minutes === undefined
        ? []
        : [resolved(`i${date}`, end.toISOString())]),
    ];
  };

  it('B2 recovery: the earliest of resolved, rolled back and fixed', () => {
    expect(
      metricsOf([
        ...failing(6, 300),
        rolledBack('r', day(6, '16:00'), { rollbackOf: 'd6' }),
        deployed('fix', day(6, '15:00'), { fixes: ['i6'] }),
      ]).failedDeploymentRecoveryTime,
    ).toMatchObject({ n: 1, value: 3 * HOUR });
  });

  it('B2 time to detect and time to restore stand beside it', () => {
    expect(
      metricsOf([...failing(6, 30), ...failing(7, 50), ...failing(8, 70)])
        .failedDeploymentRecoveryTime.stages,
    ).toEqual({ detect: 10 * 60, restore: 40 * 60 });
  });

  it('B2 open failures stay in the figure as >= so long', () => {
    const now = new Date(day(9, '15:00'));
    const metric = metricsOf(
      [
        ...failing(6, 60),
        ...failing(7, 120),
        ...failing(8, 600),
        ...failing(9),
      ],
      { now },
    ).failedDeploymentRecoveryTime;
    expect(metric.open).toEqual([{ id: 'd9', seconds: 3 * HOUR }]);
    expect(metric.note).toContain('1 failure still open (>= 3 h)');
    // 3/4 after 1 h, 1/2 after 2 h and level until 10 h: the middle, where the three alone had 2 h
    expect(metric).toMatchObject({ status: 'ok', n: 3, value: 6 * HOUR });
  });

  it('B2 without a failed deployment it is no data with that text, not 0 h', () => {
    expect(
      metricsOf([deployed('d', day(6))], { instrumented: { incidents: true } })
        .failedDeploymentRecoveryTime,
    ).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no failed deployment',
    });
  });
});

describe('B2 deployment rework rate', () => {
  it('B2 rework: rollbacks, hotfixes, fixes of incidents and reverts, of all succeeded deployments', () => {
    const { deploymentReworkRate } = metricsOf([
      deployed('plain', day(6), { sha: 'aaaaaaa' }),
      rolledBack('back', day(7)),
      deployed('hot', day(8), { kind: 'hotfix' }),
      deployed('fix', day(9), { fixes: ['inc-1'] }),
      change(
        'merged',
        'pr',
        day(10, '10:00'),
        { sha: 'ccccccc' },
        { description: 'This reverts commit aaaaaaa.' },
      ),
      deployed('revert', day(10), { sha: 'ccccccc' }),
      pipeline('failed', day(11), 'failure', { kind: 'hotfix' }),
    ]);
    expect(deploymentReworkRate).toMatchObject({
      status: 'ok',
      numerator: 4,
      denominator: 5,
      value: 0.8,
    });
  });

  it('B2 rework: a change marked as hotfix by label or branch makes the deployment that first ships it one', () => {
    const hotfix = (sha: string) =>
      change('merged', `a/b#${sha}`, day(6, '09:00'), { sha, kind: 'hotfix' });
    const { deploymentReworkRate } = metricsOf([
      hotfix('aaaaaaa'),
      hotfix('bbbbbbb'),
      deployed('head', day(6), { sha: 'aaaaaaa' }),
      deployed('listed', day(7), {
        changes: [{ sha: 'bbbbbbb' }, { sha: 'ccccccc' }],
      }),
      deployed('again', day(8), { sha: 'aaaaaaa' }),
      deployed('plain', day(9), { sha: 'ddddddd' }),
    ]);
    expect(deploymentReworkRate).toMatchObject({
      numerator: 2,
      denominator: 4,
    });
  });

  it('B2 rework: over 180 days, as DORA asks for it', () => {
    const from = new Date(WINDOW.to.getTime() - 180 * 86_400_000);
    expect(
      metricsOf(
        [
          deployed('a', '2025-08-10T12:00:00Z'),
          rolledBack('r', '2025-10-10T12:00:00Z'),
          ...[6, 7, 8].map(date => deployed(`d${date}`, day(date))),
        ],
        { from },
      ).deploymentReworkRate,
    ).toMatchObject({ status: 'ok', numerator: 1, denominator: 5 });
  });

  it('B2 rework: a denominator of 0 is no data', () => {
    expect(
      metricsOf([], { instrumented: { deployments: true } })
        .deploymentReworkRate,
    ).toMatchObject({ status: 'no-data', value: null });
  });
});

describe('B2 time to restore', () => {
  it('B2 restore: every cause, median with the mean beside it, open incidents listed', () => {
    const lasting = (id: string, date: number, hours?: number) => [
      detected(id, day(date, '00:00'), { changeRelated: false }),
      ...(hours === undefined
        ? []
        : [resolved(id, day(date, `${String(hours).padStart(2, '0')}:00`))]),
    ];
    const { timeToRestore } = metricsOf(
      [
        ...lasting('a', 6, 1),
        ...lasting('b', 7, 2),
        ...lasting('c', 8, 9),
        ...lasting('open', 31),
      ],
      { now: WINDOW.to },
    );
    expect(timeToRestore).toMatchObject({
      status: 'ok',
      value: 2 * HOUR,
      mean: 4 * HOUR,
      open: [{ id: 'open', seconds: 48 * HOUR }],
    });
    expect(timeToRestore.note).toContain('1 incident still open');
  });
});
