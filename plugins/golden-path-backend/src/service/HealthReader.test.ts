import { EventLog } from '../health/EventLog';
import { HealthReader } from './HealthReader';

it('takes no measurement that the backend fetched for a sign of life of a pipeline', async () => {
  const fetched = new Date('2026-11-20T00:00:00Z');
  const reader = new HealthReader({
    events: {
      has: async () => true,
      lastHeard: async ({ types }) =>
        types.some(type =>
          'dev.cdeventsx.goldenpath-slo.measured.0.1.0'.startsWith(type),
        )
          ? fetched
          : undefined,
    },
    log: { read: async () => [] } as unknown as EventLog,
    config: {
      windowDays: 28,
      attributionWindowHours: 24,
      environment: 'production',
      staleAfterHours: 672,
      timeZone: 'UTC',
      notifications: false,
    },
    timeZoneOf: async () => undefined,
  });
  const { options } = await reader.load({
    entityRef: 'component:default/pay',
    now: new Date('2026-11-21T00:00:00Z'),
  });
  expect(options.lastHeard).toEqual({
    deployments: undefined,
    incidents: undefined,
  });
});
