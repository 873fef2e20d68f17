import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import request from 'supertest';
import { goldenPathPlugin } from '../plugin';
import { FakeCatalog } from './FakeCatalog';
import { FakeRepositories } from './fakeRepositories';

export { FakeCatalog };

/** The plugin in a backend of its own, with a catalog and repositories that a test controls. */
export async function startBackend(options: {
  knex: Knex;
  catalog: FakeCatalog;
  repositories: FakeRepositories;
  paths: string[];
  features?: BackendFeature[];
  permissions?: PermissionsService;
  /** Beside `paths`. */
  config?: JsonObject;
}) {
  const { knex, catalog, repositories, permissions } = options;
  const scheduler = mockServices.scheduler();
  const events = mockServices.events.mock();
  const subscriptions: Parameters<typeof events.subscribe>[0][] = [];
  events.subscribe.mockImplementation(async subscription => {
    subscriptions.push(subscription);
  });
  const backend = await startTestBackend({
    features: [
      goldenPathPlugin,
      catalog.factory(),
      mockServices.rootConfig.factory({
        data: { goldenPath: { paths: options.paths, ...options.config } },
      }),
      mockServices.database.factory({ knex }),
      service(coreServices.scheduler, scheduler),
      service(coreServices.urlReader, repositories.urlReader()),
      service(eventsServiceRef, events),
      ...(permissions ? [service(coreServices.permissions, permissions)] : []),
      ...(options.features ?? []),
    ],
  });

  const settle = async () => {
    for (;;) {
      const waiting = await knex('work').where({ attempts: 0 }).first();
      if (!waiting) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  };
  return {
    backend,
    settle,
    /** One pass of the scan, and everything it queued. */
    async reconcile() {
      await scheduler.triggerTask('golden-path-reconcile');
      await settle();
    },
    /** A pass over the results that are due, with the paths as they are now. */
    async judge() {
      await scheduler.triggerTask('golden-path-reload-paths');
      await scheduler.triggerTask('golden-path-judge');
    },
    async publish(topic: string, eventPayload: unknown) {
      for (const subscription of subscriptions) {
        if (subscription.topics.includes(topic)) {
          await subscription.onEvent({ topic, eventPayload });
        }
      }
      await settle();
    },
    async get(path: string) {
      return request(backend.server).get(`/api/golden-path/v1${path}`);
    },
    async post(path: string, body?: string | object, type?: string) {
      const call = request(backend.server).post(`/api/golden-path/v1${path}`);
      return body === undefined
        ? call
        : call.set('content-type', type ?? 'application/json').send(body);
    },
  };
}

function service(ref: any, implementation: any): BackendFeature {
  return createServiceFactory({
    service: ref,
    deps: {},
    factory: () => implementation,
  } as any);
}
