import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, readSample, RECEIVED_AT } from '../__testUtils__/deliveries';
import { translateAlertmanager } from './translateAlertmanager';

const { payload, expected } = readSample('alertmanager/webhook_v4.json');

function eventsOf(...alerts: object[]) {
  return translateAlertmanager(
    delivery({
      version: '4',
      externalURL: 'http://alertmanager:9093',
      alerts: alerts.map(alert => ({
        status: 'firing',
        labels: {},
        annotations: {},
        startsAt: '2026-01-05T10:10:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'b1b2c3d4e5f60718',
        ...alert,
      })),
    }),
  ).events.map(parseDeliveryEvent);
}

describe('translateAlertmanager', () => {
  it('gives the incidents the sample expects, 0001-01-01 being no end', () => {
    const events = translateAlertmanager(delivery(payload)).events.map(
      parseDeliveryEvent,
    );
    expect(
      events.map(event => ({
        service: event.serviceId,
        resolved: event.kind === 'incident-resolved',
      })),
    ).toEqual(
      expected.incidents.map(
        ({ service, resolved }: { service: string; resolved: boolean }) => ({
          service,
          resolved,
        }),
      ),
    );
    expect(events).toMatchObject([
      { at: new Date('2026-01-05T10:42:00Z') },
      { at: new Date('2026-01-05T10:10:00Z') },
    ]);
  });

  it('names firing and resolved by fingerprint and start', () => {
    const labels = { severity: 'critical' };
    const [begin, again, end, next] = eventsOf(
      { labels },
      { labels, generatorURL: 'http://prometheus:9090/graph' },
      { labels, status: 'resolved', endsAt: '2026-01-05T11:00:00Z' },
      { labels, startsAt: '2026-01-06T10:10:00Z' },
    );
    expect(again.id).toBe(begin.id);
    expect(end.subjectId).toBe(begin.subjectId);
    expect(end.id).not.toBe(begin.id);
    expect(next.subjectId).not.toBe(begin.subjectId);
  });

  it('takes the receipt for the end of a resolved alert that names none', () => {
    expect(
      eventsOf({ labels: { severity: 'page' }, status: 'resolved' })[0].at,
    ).toEqual(RECEIVED_AT);
  });

  it.each(['warning', 'info', 'none'])('severity %s is a ticket', severity => {
    expect(eventsOf({ labels: { severity } })).toMatchObject([
      { kind: 'other', type: 'dev.cdevents.ticket.created.0.2.0' },
    ]);
  });

  it.each([
    [
      {
        sloth_slo: 'requests',
        sloth_id: 'cart-requests',
        sloth_severity: 'page',
      },
      { objective: 'requests', severity: 'page' },
    ],
    [
      { sloth_slo: 'requests', sloth_severity: 'ticket' },
      { objective: 'requests', severity: 'ticket' },
    ],
    [
      { slo: 'availability', severity: 'critical' },
      { objective: 'availability', severity: 'page' },
    ],
  ])('%j burns a budget', (labels, burnAlert) => {
    expect(eventsOf({ labels })).toMatchObject([
      { kind: 'incident-opened', burnAlert },
    ]);
  });

  it.each(['backstage_io_entity', 'entity_ref'])(
    'the label %s leads to the entity',
    label => {
      const labels = { [label]: 'component:default/cart' };
      expect(eventsOf({ labels })[0].entityRef).toBe('component:default/cart');
    },
  );

  it.each([
    [{ sloth_service: 'cart', service: 'other' }, 'cart'],
    [{ service: 'cart' }, 'cart'],
    [{ app_kubernetes_io_name: 'cart' }, 'cart'],
    [{}, undefined],
  ])('%j leads to the service', (labels, service) => {
    expect(
      eventsOf({ labels: { severity: 'page', ...labels } })[0].serviceId,
    ).toBe(service);
  });

  it('reads the environment', () => {
    expect(eventsOf({ labels: { environment: 'staging' } })).toMatchObject([
      { environment: 'staging' },
    ]);
  });

  it('says what Alertmanager left out', () => {
    expect(
      translateAlertmanager(delivery({ ...payload, truncatedAlerts: 3 }))
        .skipped,
    ).toMatchObject([{ what: '3 alerts' }]);
  });

  it('refuses another version', () => {
    expect(() =>
      translateAlertmanager(delivery({ ...payload, version: '3' })),
    ).toThrow("Alertmanager: version: must be '4'");
  });
});
