import { RECEIVED_AT } from '../__testUtils__/deliveries';
import {
  eventsOf,
  project,
  reasonOf,
  SHA,
} from '../__testUtils__/gitlabEvents';

describe('pipeline', () => {
  const build = (more: object = {}) => ({
    id: 1,
    status: 'success',
    created_at: '2026-01-05 10:00:00 UTC',
    started_at: '2026-01-05 10:00:10 UTC',
    ...more,
  });
  const sample = (attributes: object = {}, builds: object[] = [build()]) => ({
    object_kind: 'pipeline',
    object_attributes: {
      id: 31,
      sha: SHA,
      source: 'push',
      status: 'success',
      created_at: '2026-01-05 10:00:00 UTC',
      finished_at: '2026-01-05 10:20:00 UTC',
      url: 'https://gitlab.example.com/acme/checkout/-/pipelines/31',
      ...attributes,
    },
    builds,
    project,
  });

  it('is a run, and no deployment', () => {
    expect(eventsOf(sample())).toMatchObject([
      {
        kind: 'pipeline-run-finished',
        outcome: 'success',
        attempt: 1,
        trigger: 'automatic',
        startedAt: new Date('2026-01-05T10:00:00Z'),
        at: new Date('2026-01-05T10:20:00Z'),
        sha: SHA,
      },
    ]);
  });

  it('retried is another attempt of the same run', () => {
    const [first] = eventsOf(sample({ status: 'failed' }));
    const [second] = eventsOf(
      sample({ finished_at: '2026-01-05 11:10:00 UTC' }, [
        build(),
        build({ id: 2, created_at: '2026-01-05 11:00:00 UTC' }),
      ]),
    );
    expect(second).toMatchObject({
      attempt: 2,
      outcome: 'success',
      startedAt: new Date('2026-01-05T11:00:00Z'),
      subjectId: first.subjectId,
    });
    expect(second.id).not.toBe(first.id);
  });

  it('started by hand says so', () => {
    expect(eventsOf(sample({ source: 'web' }))[0].trigger).toBe('manual');
  });

  it('that waits has no outcome', () => {
    expect(reasonOf(sample({ status: 'manual' }))).toMatch(/no outcome/);
  });

  it('lets go the manual job that its own message said waits', () => {
    const [begin] = eventsOf({
      object_kind: 'build',
      build_id: 7,
      build_status: 'manual',
      sha: SHA,
      environment: { name: 'production' },
      project,
    });
    const events = eventsOf(
      sample({}, [
        build({
          id: 7,
          manual: true,
          started_at: '2026-01-05 13:00:00 UTC',
          environment: { name: 'production' },
        }),
        build({ id: 8, manual: true }),
      ]),
    );
    expect(begin).toMatchObject({
      kind: 'approval-requested',
      at: RECEIVED_AT,
      environment: 'production',
    });
    expect(events).toMatchObject([
      {
        kind: 'approval-decided',
        decision: 'approved',
        subjectId: begin.subjectId,
        at: new Date('2026-01-05T13:00:00Z'),
      },
      { kind: 'pipeline-run-finished' },
    ]);
  });
});
