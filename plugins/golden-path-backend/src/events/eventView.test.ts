import { parseDeliveryEvent } from '@goldenpath/engine';
import { eventView, titleOf } from './eventView';

function cdevent(
  type: string,
  subject: { id: string; content: Record<string, unknown> },
  goldenPath: Record<string, unknown> = {},
) {
  return {
    context: {
      specversion: '0.5.1',
      id: 'e1',
      source: '/ci',
      type: `dev.cdevents.${type}.0.2.0`,
      timestamp: '2026-11-01T10:00:00Z',
    },
    subject: { source: '/ci', type: type.split('.')[0], ...subject },
    customData: { goldenPath },
  };
}

const production = { environment: { id: 'production' } };

it.each<[string, object]>([
  [
    'Deployment of pkg:oci/pay@1.2.3 in production',
    cdevent('service.deployed', {
      id: 'pay',
      content: { ...production, artifactId: 'pkg:oci/pay@1.2.3' },
    }),
  ],
  [
    'Deployment release-7 of pkg:oci/pay@sha256:0123456789ab in production',
    cdevent(
      'service.deployed',
      {
        id: 'pay',
        content: {
          ...production,
          artifactId: `pkg:oci/pay@sha256%3A${'0123456789abcdef'.repeat(4)}`,
        },
      },
      { deploymentId: 'release-7' },
    ),
  ],
  [
    'Rollback of pkg:oci/pay@1.2.2 in production',
    cdevent('service.rolledback', {
      id: 'pay',
      content: { ...production, artifactId: 'pkg:oci/pay@1.2.2' },
    }),
  ],
  [
    'Hotfix of pkg:oci/pay@1.2.4 in production, failure',
    cdevent(
      'service.deployed',
      {
        id: 'pay',
        content: { ...production, artifactId: 'pkg:oci/pay@1.2.4' },
      },
      { kind: 'hotfix', outcome: 'failure' },
    ),
  ],
  [
    'Incident INC-1 detected in production',
    cdevent('incident.detected', { id: 'INC-1', content: production }),
  ],
  ['taskrun started t1', cdevent('taskrun.started', { id: 't1', content: {} })],
])('says in one line: %s', (title, body) => {
  expect(titleOf(parseDeliveryEvent(body))).toBe(title);
});

describe('eventView', () => {
  const stored = (body: unknown) => ({
    position: 1,
    source: '/ci',
    id: 'e1',
    type: 'dev.cdevents.incident.detected.0.2.0',
    environment: 'production',
    at: '2026-11-01T10:00:00.000Z',
    receivedAt: '2026-11-01T10:00:01.000Z',
    body,
  });

  it('links to a web address only', () => {
    const view = (ticketURI: string) =>
      eventView(
        stored(
          cdevent('incident.resolved', {
            id: 'INC-1',
            content: { ...production, ticketURI },
          }),
        ),
      ).url;
    expect(view('https://tickets.example.com/1')).toBe(
      'https://tickets.example.com/1',
    );
    expect(view('data:text/html,hello')).toBeUndefined();
  });

  it('still shows an event it could not take today', () => {
    expect(eventView(stored({ old: true }))).toMatchObject({
      id: 'e1',
      title: 'dev.cdevents.incident.detected.0.2.0',
      body: { old: true },
    });
  });
});
