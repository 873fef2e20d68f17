import type {
  Rollout,
  RolloutsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { rolloutUpdate, templateRef } from './adoption';

/** A roll-out in its second wave of three. */
export function rolloutFixture(overrides: Partial<Rollout> = {}): Rollout {
  return {
    id: 'r-1',
    template: templateRef,
    version: '2.1.0',
    status: 'running',
    waves: [
      {
        name: '5 %',
        services: 1,
        merged: 1,
        open: 0,
        failed: 0,
        unknownHealth: 1,
        status: 'done',
      },
      {
        name: '25 %',
        services: 2,
        merged: 0,
        open: 1,
        failed: 1,
        unknownHealth: 0,
        status: 'running',
      },
      {
        name: 'All',
        services: 1,
        merged: 0,
        open: 0,
        failed: 0,
        unknownHealth: 0,
        status: 'waiting',
      },
    ],
    advanceAt: 0.9,
    pauseOn: { failingPipelines: true, fallingHealth: true },
    createdBy: 'user:default/ann',
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-20T11:00:00Z',
    items: [
      {
        entityRef: 'component:default/orders',
        layer: 'node-service',
        wave: 0,
        state: 'merged',
        update: rolloutUpdate({ state: 'merged' }),
      },
      {
        entityRef: 'component:default/billing',
        layer: 'node-service',
        wave: 1,
        state: 'open',
        update: rolloutUpdate({
          id: 'u-2',
          entityRef: 'component:default/billing',
          draft: true,
          conflicts: 2,
          checks: 'failing',
          url: 'https://git.example.com/money/billing/pull/3',
        }),
      },
      {
        entityRef: 'component:default/carts',
        layer: 'node-service',
        wave: 1,
        state: 'failed',
        update: rolloutUpdate({
          id: 'u-3',
          entityRef: 'component:default/carts',
          state: 'failed',
          url: null,
          problem: 'The token may not push to this repository.',
        }),
      },
      {
        entityRef: 'component:default/mail',
        layer: 'node-service',
        wave: 2,
        state: 'waiting',
      },
    ],
    ...overrides,
  };
}

/** The same, paused because a pipeline failed. */
export const pausedRollout = rolloutFixture({
  status: 'paused',
  reason: 'The pipeline of billing fails on the update.',
});

/** The list of roll-outs, as it is answered: without items. */
export function rolloutsResponse(...rollouts: Rollout[]): RolloutsResponse {
  return { items: rollouts.map(({ items: _, ...listed }) => listed) };
}
