import { deployed, detected, pipeline } from './__fixtures__/deliveryEvents';
import { metricsOf } from './__fixtures__/report';
import type { HealthOptions } from './computeHealth';
import type { DeliveryEvent } from './deliveryEvent';

const at = (time: string, day = '06') => `2026-01-${day}T${time}:00Z`;

/** Failures as `deployment: kind, kind`. */
function failuresOf(
  events: DeliveryEvent[],
  options: Partial<HealthOptions> = {},
): string[] {
  const { changeFailRate } = metricsOf(events, {
    instrumented: { incidents: true },
    ...options,
  });
  return changeFailRate.failures!.map(
    ({ deploymentId, links }) =>
      `${deploymentId}: ${links.map(({ kind }) => kind).join(', ')}`,
  );
}

const d1 = deployed('d1', at('10:00'), { sha: 'aaaaaaa1' });
const d2 = deployed('d2', at('12:00'), { sha: 'bbbbbbb2' });

describe('links to a burning error budget', () => {
  const alert = (startedAt: string) => ({
    burnAlerts: [{ id: 'alert-1', startedAt: new Date(startedAt) }],
  });

  it('follow an alert inside the window to what was live', () => {
    const { changeFailRate } = metricsOf([d1], alert(at('09:59', '07')));
    expect(changeFailRate.failures).toEqual([
      {
        deploymentId: 'd1',
        links: [
          { kind: 'budget', confidence: 'confirmed', evidence: ['alert-1'] },
        ],
      },
    ]);
    expect(changeFailRate.numerator).toBe(1);
  });

  it.each([at('10:00', '07'), at('09:59')])('not one at %s', startedAt => {
    expect(failuresOf([d1], alert(startedAt))).toEqual([]);
  });
});

describe('links in time alone', () => {
  it('are suspected, and counted only on request', () => {
    const events = [d1, d2, detected('i', at('13:00'))];
    expect(metricsOf(events).changeFailRate).toMatchObject({
      numerator: 0,
      denominator: 2,
      suspected: 1,
      failures: [
        {
          deploymentId: 'd2',
          links: [{ kind: 'time-only', confidence: 'suspected' }],
        },
      ],
    });
    expect(
      metricsOf(events, { countSuspected: true }).changeFailRate,
    ).toMatchObject({ numerator: 1, denominator: 2, suspected: 1 });
  });

  it.each([
    ['at the very finish', detected('i', at('12:00')), ['d2: time-only']],
    ['just inside', detected('i', at('11:59', '07')), ['d2: time-only']],
    ['at the end of the window', detected('i', at('12:00', '07')), []],
    ['long after', detected('i', '2026-01-30T12:00:00Z'), []],
    ['before any deployment', detected('i', at('09:00')), []],
    [
      'marked as not related to a change',
      detected('i', at('13:00'), { changeRelated: false }),
      [],
    ],
    [
      'marked so although it names a cause',
      detected('i', at('13:00'), {
        changeRelated: false,
        causedBy: { deploymentId: 'd1' },
      }),
      [],
    ],
    [
      'in another environment',
      detected('i', at('13:00'), {}, { environment: 'staging' }),
      [],
    ],
  ])('an incident %s', (_name, incident, failures) => {
    expect(failuresOf([d1, d2, incident])).toEqual(failures);
  });

  it('pass over a pipeline that failed before production', () => {
    expect(
      failuresOf([
        d1,
        pipeline('d2', at('12:00'), 'failure'),
        detected('i', at('13:00')),
      ]),
    ).toEqual(['d1: time-only']);
  });

  it('follow the attribution window of the entity', () => {
    expect(
      failuresOf([d1, detected('i', at('12:30'))], {
        attributionWindowHours: 2,
      }),
    ).toEqual([]);
  });

  it('look back to before the window of the report', () => {
    const events = [
      deployed('d0', '2026-01-04T23:00:00Z'),
      detected('i', '2026-01-05T01:00:00Z'),
    ];
    expect(failuresOf(events)).toEqual([]);
    expect(
      failuresOf(events, { from: new Date('2026-01-04T00:00:00Z') }),
    ).toEqual(['d0: time-only']);
  });
});
