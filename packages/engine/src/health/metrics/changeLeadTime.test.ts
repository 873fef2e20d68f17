import { change, deployed, pipeline } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';

const HOUR = 3600;

function shipping(
  id: string,
  at: string,
  ...changes: Record<string, string>[]
) {
  return deployed(id, at, { changes });
}

describe('changeLeadTime', () => {
  it('is the median from first commit to deployment', () => {
    const { changeLeadTime } = metricsOf([
      shipping(
        'd1',
        '2026-01-06T12:00:00Z',
        {
          sha: 'a',
          committedAt: '2026-01-06T10:00:00Z',
          mergedAt: '2026-01-06T11:00:00Z',
        },
        {
          sha: 'b',
          committedAt: '2026-01-06T08:00:00Z',
          mergedAt: '2026-01-06T10:00:00Z',
        },
      ),
      shipping('d2', '2026-01-08T12:00:00Z', {
        sha: 'c',
        committedAt: '2026-01-06T12:00:00Z',
        mergedAt: '2026-01-08T06:00:00Z',
      }),
    ]);
    // spans 2, 4 and 48 h; to the merge 1, 2 and 42 h; from it 1, 2 and 6 h
    expect(changeLeadTime).toEqual({
      status: 'ok',
      value: 4 * HOUR,
      unit: 'seconds',
      n: 3,
      quantiles: {
        p50: 4 * HOUR,
        p75: 26 * HOUR,
        p90: expect.closeTo(39.2 * HOUR, 6),
      },
      band: 'elite',
      stages: { commitToMerge: 2 * HOUR, mergeToDeploy: 2 * HOUR },
      evidence: ['d1-deployed', 'd2-deployed'],
    });
  });

  it('interpolates between the middle changes: 10 s and 20 s give 15 s', () => {
    const { changeLeadTime } = metricsOf([
      shipping(
        'd1',
        '2026-01-06T12:00:00Z',
        { sha: 'a', committedAt: '2026-01-06T11:59:50Z' },
        { sha: 'b', committedAt: '2026-01-06T11:59:40Z' },
      ),
    ]);
    expect(changeLeadTime).toMatchObject({ status: 'insufficient', value: 15 });
    expect(changeLeadTime.band).toBeUndefined();
  });

  // Pull requests pr1 and pr3 of Apache DevLake's end-to-end test of its lead time, which counts in minutes
  // rounded up: pr1 takes 4478, of which 2978 to deploy; the deploy stage of pr3 is negative, hence empty.
  it('agrees with the published fixture of Apache DevLake', () => {
    const options = {
      from: new Date('2023-04-01T00:00:00Z'),
      to: new Date('2023-05-01T00:00:00Z'),
    };
    const pr1 = metricsOf(
      [
        shipping('5', '2023-04-13T07:29:14Z', {
          sha: '08d2f2b6de0fa8de4d0e2b55b4b9a2e244214029',
          committedAt: '2023-04-10T04:51:47.000+00:00',
          mergedAt: '2023-04-11T05:51:47.000+00:00',
        }),
      ],
      options,
    ).changeLeadTime;
    expect(Math.ceil(pr1.value! / 60)).toBe(4478);
    expect(Math.ceil(pr1.stages!.mergeToDeploy! / 60)).toBe(2978);
    const pr3 = metricsOf(
      [
        shipping('6', '2023-04-13T07:30:34Z', {
          sha: '55f445997abbd5918da59d202d28762cd56fbd44',
          committedAt: '2023-04-07T04:51:47.000+00:00',
          mergedAt: '2023-04-14T06:53:51.000+00:00',
        }),
      ],
      options,
    ).changeLeadTime;
    expect(pr3.stages!.mergeToDeploy).toBeNull();
    expect(pr3.note).toContain('1 stage span left out');
  });

  it('counts a change at the first succeeded deployment that contains it', () => {
    const a = { sha: 'a', committedAt: '2026-01-06T10:00:00Z' };
    const { changeLeadTime } = metricsOf([
      pipeline('d0', '2026-01-06T10:30:00Z', 'failure', { changes: [a] }),
      deployed(
        'staged',
        '2026-01-06T10:40:00Z',
        { changes: [a] },
        { environment: 'staging' },
      ),
      shipping('d1', '2026-01-06T11:00:00Z', a),
      shipping('d2', '2026-01-06T15:00:00Z', { ...a, sha: 'A' }),
    ]);
    expect(changeLeadTime).toMatchObject({
      n: 1,
      value: HOUR,
      evidence: ['d1-deployed'],
    });
  });

  it('leaves out what was first deployed before the window', () => {
    const a = { sha: 'a', committedAt: '2026-01-01T10:00:00Z' };
    expect(
      metricsOf([
        shipping('d1', '2026-01-02T10:00:00Z', a),
        shipping('d2', '2026-01-06T10:00:00Z', a),
      ]).changeLeadTime,
    ).toMatchObject({ status: 'no-data', value: null, n: 0 });
  });

  it('starts at the proposal when the first commit is more than 90 days older', () => {
    const leadOf = (committedAt: string) =>
      metricsOf([
        change('created', 'PR-1', '2026-01-06T10:00:00Z', { sha: 'a' }),
        shipping('d1', '2026-01-06T12:00:00Z', { sha: 'a', committedAt }),
      ]).changeLeadTime;
    const old = leadOf('2025-10-08T09:59:59Z');
    expect(old.value).toBe(2 * HOUR);
    expect(old.note).toContain('1 change timed from the proposal');
    const recent = leadOf('2025-10-08T10:00:00Z');
    expect(recent.value).toBe((90 * 24 + 2) * HOUR);
    expect(recent.note).not.toContain('proposal');
  });

  it('leaves a negative span out and says so', () => {
    const { changeLeadTime } = metricsOf([
      shipping('d1', '2026-01-06T12:00:00Z', {
        sha: 'a',
        committedAt: '2026-01-06T12:00:01Z',
      }),
    ]);
    expect(changeLeadTime).toMatchObject({
      status: 'no-data',
      value: null,
      n: 0,
    });
    expect(changeLeadTime.note).toContain('1 change left out');
  });

  it('says what it does not know', () => {
    const { changeLeadTime } = metricsOf([
      deployed('first', '2026-01-06T11:00:00Z'),
      shipping('d1', '2026-01-06T12:00:00Z', { sha: 'a' }),
    ]);
    expect(changeLeadTime).toMatchObject({ status: 'no-data', value: null });
    expect(changeLeadTime.note).toContain('1 change without a commit time');
    expect(changeLeadTime.note).toContain('1 deployment did not say');
  });

  it('is not a number without a source of deployments', () => {
    expect(metricsOf([]).changeLeadTime).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });
});
