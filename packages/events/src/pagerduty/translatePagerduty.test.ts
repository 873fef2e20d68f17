import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery, readSample } from '../__testUtils__/deliveries';
import { translatePagerduty } from './translatePagerduty';

function sample(kind: string, occurredAt = '2020-10-02T18:45:22.169Z') {
  const body = readSample('pagerduty/incident.priority_updated.json');
  body.event.event_type = kind;
  body.event.occurred_at = occurredAt;
  return body;
}

function only(body: unknown) {
  const { events } = translatePagerduty(delivery(body));
  expect(events).toHaveLength(1);
  return parseDeliveryEvent(events[0]);
}

describe('translatePagerduty', () => {
  it('begins an incident when it was created, with service, title and address', () => {
    const event = only(sample('incident.triggered'));
    expect(event).toMatchObject({
      kind: 'incident-opened',
      via: 'detected',
      subjectId: 'PGR0VU2',
      at: new Date('2020-04-09T15:16:27Z'),
      serviceId: 'PF9KMXH',
      environment: 'production',
      ticketUri: 'https://acme.pagerduty.com/incidents/PGR0VU2',
      source: 'https://acme.pagerduty.com',
    });
    expect(event.raw).toMatchObject({
      subject: { content: { description: 'A little bump in the road' } },
    });
    expect(JSON.stringify(event.raw)).not.toMatch(/User 123|PTUXL6G/);
  });

  it.each([
    ['incident.acknowledged', 'reported', 'incident-opened'],
    ['incident.reopened', 'detected', 'incident-opened'],
    ['incident.resolved', 'resolved', 'incident-resolved'],
  ])('%s is %s', (name, via, kind) => {
    expect(only(sample(name, '2020-10-03T08:00:00Z'))).toMatchObject({
      kind,
      via,
      subjectId: 'PGR0VU2',
      at: new Date('2020-10-03T08:00:00Z'),
    });
  });

  it.each(['incident.priority_updated', 'service.updated'])(
    'skips %s',
    name => {
      expect(
        translatePagerduty(delivery(readSample(`pagerduty/${name}.json`))),
      ).toMatchObject({ events: [], skipped: [{ what: name }] });
    },
  );

  it('names what is missing', () => {
    const body = sample('incident.resolved');
    delete body.event.data.id;
    expect(() => translatePagerduty(delivery(body))).toThrow(
      'PagerDuty incident.resolved: event.data.id:',
    );
  });
});
