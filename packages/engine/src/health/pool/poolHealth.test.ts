import {
  change,
  deployed,
  detected,
  resolved,
} from '../__fixtures__/deliveryEvents';
import { WINDOW } from '../__fixtures__/report';
import { computeHealth, type HealthOptions } from '../computeHealth';
import type { DeliveryEvent } from '../deliveryEvent';
import { poolableHealth } from './poolableHealth';
import { poolHealth, poolHealthFromEvents } from './poolHealth';

const HOUR = 3_600_000;
const START = Date.parse('2026-01-06T00:00:00Z');

function at(hours: number): string {
  return new Date(START + hours * HOUR).toISOString();
}

function options(
  name: string,
  events: readonly DeliveryEvent[],
  more: Partial<HealthOptions> = {},
): HealthOptions {
  return {
    ...WINDOW,
    events,
    entityRef: `component:default/${name}`,
    environment: 'production',
    ...more,
  };
}

/** Deployments a day apart, of which the first so many fail and are restored after the hours given. */
function service(count: number, failed: number, hours: number) {
  return Array.from({ length: count }, (_, index) => {
    const id = `d${index}`;
    const sha = index.toString(16).padStart(40, '0');
    return [
      deployed(id, at(24 * index), {
        sha,
        changes: [{ sha, committedAt: at(24 * index - hours) }],
      }),
      ...(index < failed
        ? [
            detected(`i${index}`, at(24 * index), {
              causedBy: { deploymentId: id },
            }),
            resolved(`i${index}`, at(24 * index + hours)),
          ]
        : []),
    ];
  }).flat();
}

const SMALL = options('small', service(2, 1, 1));
const LARGE = options('large', service(18, 1, 5));

describe('B0: groups pool numerators and denominators; they never average rates or medians', () => {
  const { metrics, entities, instrumented } = poolHealthFromEvents([
    SMALL,
    LARGE,
  ]);

  it('adds the counts of rates', () => {
    // 1 of 2 and 1 of 18: 2 of 20, where the mean of the rates would be 0.28
    expect(metrics.changeFailRate).toMatchObject({
      status: 'ok',
      value: 0.1,
      n: 20,
      numerator: 2,
      denominator: 20,
      pending: 0,
    });
    expect(metrics.changeFailRate!.interval!.low).toBeCloseTo(0.0279, 4);
    expect(metrics.changeFailRate!.band).toBeUndefined();
    expect({ entities, instrumented }).toEqual({
      entities: 2,
      instrumented: 2,
    });
  });

  it('adds deployments over the same days', () => {
    expect(metrics.deploymentFrequency).toMatchObject({
      status: 'ok',
      value: 20 / 28,
      n: 20,
      denominator: 28,
    });
  });

  it('takes the median of all spans together', () => {
    // two changes of 1 h and 18 of 5 h: the median is 5 h, and not the 3 h of the mean of medians
    expect(metrics.changeLeadTime).toMatchObject({
      status: 'ok',
      value: 5 * 3_600,
      n: 20,
    });
    expect(metrics.timeToRestore).toMatchObject({
      status: 'insufficient',
      value: 3 * 3_600,
      n: 2,
    });
  });

  it('says so when the spans of a report that was read again are not at hand', () => {
    const stored = JSON.parse(JSON.stringify(computeHealth(LARGE)));
    const pooled = poolHealth([
      poolableHealth(computeHealth(SMALL)),
      poolableHealth(stored),
    ]);
    expect(pooled.metrics.changeLeadTime).toMatchObject({
      status: 'insufficient',
      value: null,
      n: 20,
      note: 'the spans of 1 entity are not at hand, and medians are not averaged',
    });
    expect(pooled.metrics.changeFailRate!.value).toBe(0.1);
  });

  it('pools what was stored in between', () => {
    const stored = [SMALL, LARGE].map(each =>
      JSON.parse(JSON.stringify(poolableHealth(computeHealth(each)))),
    );
    expect(poolHealth(stored).metrics).toEqual(metrics);
  });

  it('keeps open failures in the pooled recovery time', () => {
    const open = options('open', [
      ...service(3, 3, 1).filter(
        ({ kind, subjectId }) =>
          kind !== 'incident-resolved' || subjectId === 'i0',
      ),
    ]);
    const pooled = poolHealthFromEvents([open, LARGE, SMALL]);
    // 1 h, 1 h and 5 h are over, two are open for weeks: the curve falls to 1/2 at 5 h
    expect(pooled.metrics.failedDeploymentRecoveryTime).toMatchObject({
      status: 'ok',
      value: 5 * 3_600,
      n: 3,
    });
    expect(pooled.metrics.failedDeploymentRecoveryTime!.open).toHaveLength(2);
  });

  it('adds the classes of changes', () => {
    const disclosed = (name: string, ...classes: string[]) =>
      options(
        name,
        classes.map((disclosure, index) =>
          change('merged', `${name}${index}`, at(index), { disclosure }),
        ),
      );
    const share = poolHealthFromEvents([
      disclosed('a', 'ai-assisted', 'no-disclosure', 'automation'),
      disclosed('b', 'no-disclosure', 'no-disclosure', 'no-disclosure'),
    ]).metrics.aiShare!;
    expect(share).toMatchObject({ status: 'ok', value: 0.2, n: 5 });
    expect(share.parts!.map(({ name, value }) => [name, value])).toContainEqual(
      ['automation', 1],
    );
  });

  it('leaves out what cannot be pooled', () => {
    expect(metrics.errorBudget).toBeUndefined();
  });
});

describe('B0: entities that are not instrumented are counted, never as good', () => {
  it('leaves them out of every figure and says how many', () => {
    const pooled = poolHealthFromEvents([SMALL, LARGE, options('none', [])]);
    expect(pooled).toMatchObject({ entities: 3, instrumented: 2 });
    expect(pooled.metrics.changeFailRate).toMatchObject({
      value: 0.1,
      note: '2 of 3 entities; 1 not instrumented',
    });
  });

  it('tells stale from never there', () => {
    const stale = options('stale', service(2, 1, 1), {
      lastHeard: { deployments: new Date('2025-12-01T00:00:00Z') },
    });
    expect(
      poolHealthFromEvents([stale, options('none', [])]).metrics
        .deploymentFrequency,
    ).toMatchObject({ status: 'stale', value: null });
    expect(
      poolHealthFromEvents([options('none', [])]).metrics.deploymentFrequency,
    ).toMatchObject({ status: 'not-instrumented', value: null });
  });
});

describe('poolHealth', () => {
  it('refuses reports of different windows or environments, and none at all', () => {
    const other = { ...SMALL, to: new Date('2026-01-26T00:00:00Z') };
    expect(() => poolHealthFromEvents([SMALL, other])).toThrow(
      /report of component:default\/small is about another window/,
    );
    expect(() =>
      poolHealthFromEvents([SMALL, { ...SMALL, environment: 'staging' }]),
    ).toThrow(RangeError);
    expect(() => poolHealth([])).toThrow(/at least one/);
  });
});
