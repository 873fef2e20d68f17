import fc from 'fast-check';
import {
  deployed,
  detected,
  pipeline,
  resolved,
  rolledBack,
} from './__fixtures__/deliveryEvents';
import { metricsOf, WINDOW } from './__fixtures__/report';
import type { DeliveryEvent } from './deliveryEvent';

const SPAN_MINUTES = 40 * 24 * 60;

const instant = fc
  .nat(SPAN_MINUTES)
  .map(minutes =>
    new Date(
      WINDOW.from.getTime() - 3 * 86_400_000 + minutes * 60_000,
    ).toISOString(),
  );
const deploymentId = fc.nat(9).map(id => `d${id}`);
const incidentId = fc.nat(4).map(id => `i${id}`);
const sha = fc.constantFrom('aaaaaaa', 'bbbbbbb', 'ccccccc', 'ddddddd');

const deploymentData = fc.record(
  {
    sha,
    outcome: fc.constantFrom('success', 'failure'),
    reachedProduction: fc.boolean(),
    kind: fc.constantFrom('deploy', 'rollback', 'hotfix'),
    rollbackOf: deploymentId,
    fixes: fc.array(incidentId, { maxLength: 2 }),
    changes: fc.array(fc.record({ sha, committedAt: instant }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);
const incidentData = fc.record(
  {
    causedBy: fc.oneof(fc.record({ deploymentId }), fc.record({ sha })),
    changeRelated: fc.boolean(),
  },
  { requiredKeys: [] },
);

const eventOf = fc.oneof(
  fc.tuple(deploymentId, instant, deploymentData).map(
    ([id, at, data]) =>
      (eventId: string) =>
        deployed(id, at, data, { id: eventId }),
  ),
  fc.tuple(deploymentId, instant, deploymentData).map(
    ([id, at, data]) =>
      () =>
        rolledBack(id, at, data),
  ),
  fc
    .tuple(
      deploymentId,
      instant,
      fc.constantFrom('success', 'failure', 'cancel', 'error'),
      deploymentData,
    )
    .map(
      ([id, at, outcome, data]) =>
        () =>
          pipeline(id, at, outcome, data),
    ),
  fc.tuple(incidentId, instant, incidentData).map(
    ([id, at, data]) =>
      () =>
        detected(id, at, data),
  ),
  fc.tuple(incidentId, instant, incidentData).map(
    ([id, at, data]) =>
      () =>
        resolved(id, at, data),
  ),
);

const history = fc
  .array(eventOf, { maxLength: 30 })
  .map(makers => makers.map((make, index) => make(`event-${index}`)));

const RATES = ['changeFailRate', 'deploymentReworkRate'] as const;

describe('computeHealth, whatever happened', () => {
  it('does not depend on the order of events', () => {
    fc.assert(
      fc.property(
        history.chain(events =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
          ),
        ),
        fc.boolean(),
        ([events, shuffled], countSuspected) => {
          expect(metricsOf(shuffled, { countSuspected })).toEqual(
            metricsOf(events, { countSuspected }),
          );
        },
      ),
    );
  });

  it('counts an event once, however often it arrives', () => {
    fc.assert(
      fc.property(
        history.chain(events =>
          fc.tuple(fc.constant(events), fc.subarray(events)),
        ),
        ([events, again]) => {
          expect(metricsOf([...again, ...events, ...again])).toEqual(
            metricsOf(events),
          );
        },
      ),
    );
  });

  it('keeps rates within 0 and 1 and inside their interval', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (events, countSuspected) => {
        const metrics = metricsOf(events, {
          countSuspected,
          instrumented: { deployments: true, incidents: true },
        });
        for (const name of RATES) {
          const { value, interval, numerator, denominator } = metrics[name];
          const { low, high } = interval ?? { low: 0, high: 1 };
          const rate = value ?? low;
          expect(numerator).toBeLessThanOrEqual(denominator!);
          expect(value === null).toBe(denominator === 0);
          expect(interval === undefined).toBe(denominator === 0);
          expect([0, low, rate, high, 1]).toEqual(
            [0, low, rate, high, 1].sort((x, y) => x - y),
          );
        }
      }),
    );
  });

  it('gives a band only with ok, a value only with ok or insufficient, and no negative duration', () => {
    fc.assert(
      fc.property(history, events => {
        for (const metric of Object.values(metricsOf(events))) {
          const { status, value, band, open = [], evidence, note } = metric;
          expect(band === undefined || status === 'ok').toBe(true);
          // too many open failures leave no median, and are no lack of data
          expect(value !== null).toBe(
            status === 'ok' ||
              (status === 'insufficient' &&
                !(note ?? '').includes('no median')),
          );
          expect(value ?? 0).toBeGreaterThanOrEqual(0);
          expect(open.every(({ seconds }) => seconds >= 0)).toBe(true);
          expect(new Set(evidence).size).toBe(evidence.length);
        }
      }),
    );
  });

  it('counts every deployment in exactly one of two adjoining windows', () => {
    const countIn = (events: DeliveryEvent[], from: Date, to: Date) =>
      metricsOf(events, {
        from,
        to,
        now: new Date('2026-04-01T00:00:00Z'),
        instrumented: { deployments: true },
      }).deploymentFrequency.n;
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: 1, max: 39 * 24 * 60 }),
        (events, minutes) => {
          const from = new Date('2025-12-25T00:00:00Z');
          const to = new Date('2026-03-25T00:00:00Z');
          const middle = new Date(
            WINDOW.from.getTime() - 3 * 86_400_000 + minutes * 60_000,
          );
          expect(
            countIn(events, from, middle) + countIn(events, middle, to),
          ).toBe(countIn(events, from, to));
        },
      ),
    );
  });
});
