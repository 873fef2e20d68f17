import { detected, reported, resolved } from './__fixtures__/deliveryEvents';
import type { DeliveryEvent } from './deliveryEvent';
import { orderEvents } from './eventOrder';
import { hasOnlyBurnAlerts, type Incident, readIncidents } from './incidents';

function read(events: DeliveryEvent[]): Incident[] {
  return readIncidents(orderEvents(events), 'production');
}

const at = (time: string) => `2026-01-06T${time}:00Z`;
const ms = (time: string) => Date.parse(at(time));

describe('readIncidents', () => {
  it.each([
    [
      'starts when first detected or reported',
      [
        reported('i', at('10:10')),
        detected('i', at('10:00')),
        resolved('i', at('11:00')),
      ],
      { startedAt: ms('10:00'), resolvedAt: ms('11:00') },
    ],
    [
      'ends with the first of several resolutions',
      [
        detected('i', at('10:00')),
        resolved('i', at('11:00')),
        resolved('i', at('15:00')),
      ],
      { resolvedAt: ms('11:00') },
    ],
    [
      'is reopened by a new detection',
      [
        detected('i', at('10:00')),
        resolved('i', at('11:00')),
        detected('i', at('12:00')),
        resolved('i', at('13:00')),
      ],
      { startedAt: ms('10:00'), resolvedAt: ms('13:00') },
    ],
    [
      'is open again until that is resolved',
      [
        detected('i', at('10:00')),
        resolved('i', at('11:00')),
        detected('i', at('12:00')),
      ],
      { resolvedAt: undefined, skewed: false },
    ],
    [
      'is not reopened by a report filed afterwards',
      [
        detected('i', at('10:00')),
        resolved('i', at('11:00')),
        reported('i', at('12:00')),
      ],
      { resolvedAt: ms('11:00') },
    ],
    [
      'has no duration when resolved before it started',
      [detected('i', at('10:00')), resolved('i', at('09:50'))],
      { resolvedAt: undefined, skewed: true },
    ],
    [
      'has no start when only its resolution was seen',
      [resolved('i', at('11:00'))],
      { startedAt: undefined, resolvedAt: ms('11:00') },
    ],
    [
      'has the cause that was named last',
      [
        detected('i', at('10:00'), { causedBy: { deploymentId: 'd1' } }),
        resolved('i', at('11:00'), { causedBy: { sha: 'abc' } }),
      ],
      { causedBy: { sha: 'abc' } },
    ],
    [
      'is related to a change until someone says otherwise',
      [detected('i', at('10:00'))],
      { changeRelated: true },
    ],
    [
      'follows the latest word on that',
      [
        detected('i', at('10:00'), { changeRelated: true }),
        resolved('i', at('11:00'), { changeRelated: false }),
      ],
      { changeRelated: false },
    ],
  ])('%s', (_name, events, expected) => {
    const incidents = read(events);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ id: 'i', ...expected });
  });

  it('leaves other environments out', () => {
    expect(
      read([detected('i', at('10:00'), {}, { environment: 'staging' })]),
    ).toEqual([]);
  });
});

describe('hasOnlyBurnAlerts', () => {
  const alert = [
    detected('alert', '2026-01-06T10:00:00Z', {
      burnAlert: { objective: 'availability', severity: 'page' },
    }),
    resolved('alert', '2026-01-06T11:00:00Z'),
  ];

  it('is so for alerts with their resolutions, and no longer with one incident beside them', () => {
    expect(hasOnlyBurnAlerts(alert)).toBe(true);
    expect(
      hasOnlyBurnAlerts([...alert, detected('i', '2026-01-06T10:00:00Z')]),
    ).toBe(false);
    expect(hasOnlyBurnAlerts([])).toBe(false);
  });
});
