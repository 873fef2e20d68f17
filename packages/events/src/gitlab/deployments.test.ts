import { readSample } from '../__testUtils__/deliveries';
import {
  eventsOf,
  project,
  reasonOf,
  SHA,
} from '../__testUtils__/gitlabEvents';

describe('deployment', () => {
  const sample = (change: object = {}) => ({
    ...readSample('gitlab/deployment_event.json'),
    ...change,
  });

  it('honours the offset, and finds the full commit id', () => {
    expect(eventsOf(sample())).toMatchObject([
      {
        kind: 'deployment-finished',
        outcome: 'success',
        at: new Date('2021-04-28T19:50:00Z'),
        deploymentId: '15',
        environment: 'staging',
        sha: SHA,
        repository: {
          id: 'root/test-deployment-webhooks',
          source: 'http://10.126.0.2:3000',
        },
      },
    ]);
  });

  it.each([
    ['2021-04-28 21:50:00 UTC', '2021-04-28T21:50:00Z'],
    ['2021-04-28 21:50:00 -0530', '2021-04-29T03:20:00Z'],
    ['2021-04-28T21:50:00.123+02:00', '2021-04-28T19:50:00.123Z'],
  ])('reads %s', (text, instant) => {
    expect(eventsOf(sample({ status_changed_at: text }))[0].at).toEqual(
      new Date(instant),
    );
  });

  it('refuses a time without an offset', () => {
    expect(() =>
      eventsOf(sample({ status_changed_at: '2021-04-28 21:50:00' })),
    ).toThrow('status_changed_at: must be a date and time with its offset');
  });

  it.each([
    ['failed', 'failure'],
    ['canceled', 'cancelled'],
  ])('%s is a deployment that ended as %s', (status, outcome) => {
    expect(eventsOf(sample({ status }))).toMatchObject([
      { kind: 'deployment-finished', via: 'pipeline', outcome },
    ]);
  });

  it('under way is nothing yet', () => {
    expect(reasonOf(sample({ status: 'running' }))).toMatch(/not ended/);
  });

  it('of a GitLab below a path keeps the path', () => {
    const [event] = eventsOf(
      sample({
        project: { ...project, web_url: 'https://x.example/git/acme/checkout' },
      }),
    );
    expect(event.repository).toEqual({
      id: 'acme/checkout',
      source: 'https://x.example/git',
    });
  });
});
