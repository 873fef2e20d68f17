import type {
  Forecast,
  ForecastsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { templateRef } from './adoption';

/** A dry run that is done: one clean, one in conflict, one unknown. */
export function forecastFixture(overrides: Partial<Forecast> = {}): Forecast {
  return {
    id: 'f-1',
    template: templateRef,
    url: null,
    version: '2.1.0',
    status: 'done',
    done: 3,
    total: 3,
    startedAt: '2026-11-20T10:00:00Z',
    finishedAt: '2026-11-20T10:01:00Z',
    startedBy: 'user:default/ann',
    counts: { clean: 1, conflict: 1, unchanged: 0, unknown: 1 },
    worst: [{ path: 'Dockerfile', services: 1 }],
    items: [
      {
        entityRef: 'component:default/orders',
        owner: 'group:default/shop',
        layer: 'node-service',
        from: '2.0.0',
        outcome: 'clean',
        files: 4,
        conflicts: [],
        restores: 1,
      },
      {
        entityRef: 'component:default/carts',
        owner: 'group:default/shop',
        layer: 'node-service',
        from: '1.10.0',
        outcome: 'conflict',
        files: 3,
        conflicts: [
          { path: 'Dockerfile', kind: 'content' },
          { path: 'src/server.ts', kind: 'add/add' },
        ],
        restores: 0,
      },
      {
        entityRef: 'component:default/mail',
        owner: null,
        layer: 'node-service',
        from: '1.9.0',
        outcome: 'unknown',
        files: 0,
        conflicts: [],
        restores: 0,
        reason: 'The repository could not be read.',
      },
    ],
    ...overrides,
  };
}

/** A dry run that has tried 140 of 229 services. */
export const runningForecast = forecastFixture({
  id: 'f-2',
  status: 'running',
  done: 140,
  total: 229,
  finishedAt: null,
  counts: { clean: 132, conflict: 8, unchanged: 0, unknown: 0 },
  worst: [],
  items: [],
});

/** A dry run of an address that cannot be read. */
export const failedForecast = forecastFixture({
  id: 'f-3',
  url: 'https://git.example.com/platform/templates/tree/next/node-service',
  version: null,
  status: 'failed',
  problem: 'The address answered 404.',
  done: 0,
  total: 0,
  counts: { clean: 0, conflict: 0, unchanged: 0, unknown: 0 },
  worst: [],
  items: [],
});

/** The list of dry runs, as it is answered: without items. */
export function forecastsResponse(...forecasts: Forecast[]): ForecastsResponse {
  return { items: forecasts.map(({ items: _, ...listed }) => listed) };
}
