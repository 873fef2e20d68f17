import { flags, measured } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';
import { currentFlags } from '../flags/currentFlags';

const OBSERVED = '2026-01-31T00:00:00Z';
const DAY_MS = 86_400_000;

/** So many days before the observation. */
function ago(days: number): string {
  return new Date(Date.parse(OBSERVED) - days * DAY_MS).toISOString();
}

type Flag = Record<string, unknown>;
const flag = (key: string, more: Flag = {}): Flag => ({
  key,
  enabled: true,
  createdAt: ago(1),
  ...more,
});

function figure(events: Parameters<typeof metricsOf>[0]) {
  return metricsOf(events).flagStaleness;
}

function partOf(metric: ReturnType<typeof figure>, name: string) {
  return metric.parts!.find(part => part.name === name);
}

/** The only flag, as observed last. */
function only(observed: Flag, ...earlier: Parameters<typeof metricsOf>[0]) {
  const events = [...earlier, flags('now', OBSERVED, [observed])];
  const metric = figure(events);
  return {
    stale: metric.numerator,
    overdue: partOf(metric, 'overdue')!.value,
    settled: partOf(metric, 'settled')!.value,
    unseen: partOf(metric, 'unseen')!.value,
    metric,
  };
}

/** Overdue as a release flag. */
const OLD = { createdAt: ago(41) };
const HALVES = {
  variants: [
    { name: 'a', share: 0.5 },
    { name: 'b', share: 0.5 },
  ],
};
const ALL_ON = { variants: [{ name: 'on', share: 1 }] };

describe('B7 flag staleness', () => {
  it.each([
    ['release', 40, 0],
    ['release', 41, 1],
    ['experiment', 40, 0],
    ['experiment', 41, 1],
    ['operational', 7, 0],
    ['operational', 8, 1],
    ['kill-switch', 4000, 0],
    ['permission', 4000, 0],
  ])('B7 lifetime: a flag of type %s of %d days', (type, days, overdue) => {
    expect(only(flag('f', { type, createdAt: ago(days) })).overdue).toBe(
      overdue,
    );
  });

  it('B7 lifetime: may be set', () => {
    const observed = [
      flags('now', OBSERVED, [flag('f', { createdAt: ago(11) })]),
    ];
    expect(
      partOf(
        metricsOf(observed, { flagLifetimes: { release: 10 } }).flagStaleness,
        'overdue',
      )!.value,
    ).toBe(1);
  });

  it('B7 lifetime: counts from the first observation where the creation is not known', () => {
    const unknown = { ...flag('f'), createdAt: undefined };
    expect(only(unknown, flags('first', ago(41), [unknown])).overdue).toBe(1);
    expect(only(unknown, flags('first', ago(39), [unknown])).overdue).toBe(0);
  });

  it('B7 settled: one variant at 100 % for 30 days', () => {
    const on = flag('f', { ...OLD, ...ALL_ON });
    expect(only(on, flags('a', ago(30), [on]))).toMatchObject({
      settled: 1,
      stale: 1,
    });
    expect(only(on, flags('a', ago(29), [on]))).toMatchObject({
      settled: 0,
      stale: 0,
    });
  });

  it('B7 settled: off counts as one', () => {
    const off = flag('f', { ...OLD, ...HALVES, enabled: false });
    expect(only(off, flags('a', ago(30), [off])).settled).toBe(1);
    const variant = flag('f', {
      ...OLD,
      variants: [{ name: 'off', share: 1 }],
    });
    expect(only(variant, flags('a', ago(30), [off])).settled).toBe(1);
  });

  it('B7 settled: begins anew when a consecutive observation differs', () => {
    const on = flag('f', { ...OLD, ...ALL_ON });
    const off = flag('f', { ...OLD, enabled: false });
    const halves = flag('f', { ...OLD, ...HALVES });
    const settledAfter = (...between: ReturnType<typeof flag>[]) =>
      only(on, flags('a', ago(40), [on]), flags('b', ago(20), between)).settled;
    expect(settledAfter(on)).toBe(1);
    expect(settledAfter(off)).toBe(0);
    expect(settledAfter(halves)).toBe(0);
    // gone in between
    expect(settledAfter()).toBe(0);
  });

  it('B7 settled: is not claimed of a flag whose variants are not known', () => {
    const on = flag('f', OLD);
    expect(only(on, flags('a', ago(40), [on])).settled).toBe(0);
  });

  it('B7 unseen: not evaluated for 14 days while the service has traffic', () => {
    const traffic = measured('slo', ago(1), 10);
    const seen = (days: number) =>
      flag('f', { ...OLD, ...HALVES, lastEvaluatedAt: ago(days) });
    expect(only(seen(14), traffic)).toMatchObject({ unseen: 1, stale: 1 });
    expect(only(seen(13), traffic)).toMatchObject({ unseen: 0, stale: 0 });
  });

  it('B7 unseen: is not claimed without traffic, or where nobody knows of it', () => {
    const idle = flag('f', { ...OLD, lastEvaluatedAt: ago(20) });
    expect(only(idle)).toMatchObject({ unseen: null, stale: 0 });
    expect(only(idle, measured('slo', ago(1), 0)).unseen).toBeNull();
    // the traffic was before the fourteen days
    expect(only(idle, measured('slo', ago(14), 10)).unseen).toBe(0);
  });

  it('B7 unseen: one never evaluated is, where the provider tells of evaluations at all', () => {
    const traffic = measured('slo', ago(1), 10);
    const never = flag('never', OLD);
    expect(only(never, traffic).unseen).toBe(0);
    const other = flag('other', { lastEvaluatedAt: ago(0) });
    expect(only(never, traffic, flags('a', ago(5), [other])).unseen).toBe(1);
  });

  it('B7 stale: marked, or overdue and settled or unseen; never merely overdue or merely settled', () => {
    const young = flag('f', { ...ALL_ON, createdAt: ago(35) });
    expect(only(flag('f', { stale: true })).stale).toBe(1);
    expect(only(flag('f', { ...OLD, ...HALVES })).stale).toBe(0);
    expect(only(young, flags('a', ago(31), [young]))).toMatchObject({
      settled: 1,
      stale: 0,
    });
  });

  it('B7 long-lived: never counts as debt, marked or not, but is active', () => {
    const observed = [
      flag('k', { type: 'kill-switch', createdAt: ago(900), stale: true }),
      flag('p', { type: 'permission', createdAt: ago(900), enabled: false }),
      flag('r', { stale: true }),
    ];
    const metric = figure([
      flags('a', ago(60), observed),
      flags('now', OBSERVED, observed),
    ]);
    expect(metric).toMatchObject({ numerator: 1, denominator: 3 });
    expect(partOf(metric, 'long-lived')).toMatchObject({
      value: 2,
      note: 'never counted as debt',
    });
  });

  it('B7 debt: stale of active flags, the median of overdue days, and each stale flag by name', () => {
    const overdue = (key: string, days: number) =>
      flag(key, { createdAt: ago(days), stale: true });
    const metric = figure([
      flags('now', OBSERVED, [
        overdue('f1', 42),
        overdue('f2', 50),
        overdue('f3', 44),
        flag('f4'),
        flag('f5'),
        flag('gone', { stale: true, archived: true }),
      ]),
    ]);
    expect(metric).toMatchObject({
      status: 'ok',
      value: 0.6,
      n: 5,
      evidence: ['now'],
    });
    expect(partOf(metric, 'median-overdue')).toMatchObject({
      value: 4 * 86_400,
      n: 3,
    });
    expect(
      metric
        .parts!.filter(({ name }) => name.startsWith('flag:'))
        .map(({ name, value }) => [name, value! / 86_400]),
    ).toEqual([
      ['flag:f2', 10],
      ['flag:f3', 4],
      ['flag:f1', 2],
    ]);
    expect(partOf(metric, 'flag:f2')!.note).toBe(
      'marked stale; overdue for 10 days as a flag of type release',
    );
  });

  it('B7 debt: names at most twenty', () => {
    const many = Array.from({ length: 23 }, (_, index) =>
      flag(`f${index}`, { stale: true }),
    );
    const metric = figure([flags('now', OBSERVED, many)]);
    expect(
      metric.parts!.filter(({ name }) => name.startsWith('flag:')),
    ).toHaveLength(20);
    expect(metric.note).toBe('3 stale flags not named');
  });

  it('B7 observation: the latest of each provider counts, and a flag it does not list is gone', () => {
    const metric = figure([
      flags('a', ago(9), [flag('f1'), flag('f2', { stale: true })]),
      flags('b', ago(8), [flag('g1')], { source: '/flagd' }),
      flags('c', ago(2), [flag('f1')]),
      flags('s', ago(1), [flag('s1')], { environment: 'staging' }),
    ]);
    expect(partOf(metric, 'stale')!.value).toBe(0);
    expect(metric.evidence).toEqual(expect.arrayContaining(['b', 'c']));
    expect(metric.evidence).not.toContain('a');
  });

  it('tells no source from no observation in the window and from no flag', () => {
    expect(figure([])).toMatchObject({ status: 'not-instrumented' });
    expect(
      figure([flags('old', '2026-01-04T00:00:00Z', [flag('f')])]),
    ).toMatchObject({ status: 'no-data', value: null });
    expect(figure([flags('now', OBSERVED, [])])).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no active flag',
    });
  });
});

describe('currentFlags', () => {
  it('tells how each flag stands, up to an instant', () => {
    const on = flag('f', { ...OLD, ...ALL_ON });
    const events = [
      flags('now', OBSERVED, [on]),
      flags('first', ago(31), [on]),
    ];
    expect(currentFlags(events)).toEqual([
      {
        flag: expect.objectContaining({ key: 'f' }),
        provider: 'unleash',
        observedAt: new Date(OBSERVED),
        ageSeconds: 41 * 86_400,
        longLived: false,
        overdueSeconds: 86_400,
        settled: { on: 'on', since: new Date(ago(31)) },
        unseen: false,
        stale: true,
        evidence: ['first', 'now'],
      },
    ]);
    expect(currentFlags(events, { at: new Date(ago(30)) })[0]).toMatchObject({
      observedAt: new Date(ago(31)),
      stale: false,
    });
    expect(
      currentFlags(events, { lifetimes: { release: null } })[0],
    ).toMatchObject({ longLived: true, stale: false });
  });
});
