import {
  eventsOf,
  project,
  reasonOf,
  SHA,
} from '../__testUtils__/gitlabEvents';

describe('issue', () => {
  const sample = (attributes: object = {}) => ({
    object_kind: 'issue',
    object_attributes: {
      iid: 3,
      action: 'open',
      title: 'Checkout is down',
      description: `root cause: ${SHA.slice(0, 8)}`,
      type: 'Incident',
      created_at: '2026-01-05 10:00:00 UTC',
      updated_at: '2026-01-05 11:00:00 UTC',
      closed_at: '2026-01-05 11:00:00 UTC',
      url: 'https://gitlab.example.com/acme/checkout/-/issues/3',
      ...attributes,
    },
    labels: [{ title: 'environment::staging' }],
    project,
  });

  it('of type Incident begins and ends', () => {
    expect(eventsOf(sample())).toMatchObject([
      {
        kind: 'incident-opened',
        at: new Date('2026-01-05T10:00:00Z'),
        environment: 'staging',
        causedBy: { sha: SHA.slice(0, 8) },
      },
    ]);
    expect(eventsOf(sample({ action: 'close' }))).toMatchObject([
      { kind: 'incident-resolved', at: new Date('2026-01-05T11:00:00Z') },
    ]);
  });

  it('of another type is nothing', () => {
    expect(reasonOf(sample({ type: 'Issue' }))).toMatch(/no incident/);
  });
});
