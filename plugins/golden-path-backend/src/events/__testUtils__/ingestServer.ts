import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { WebhookSender } from '@goldenpath/backstage-plugin-golden-path-node';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { FakeCatalog } from '../../__testUtils__/FakeCatalog';
import { EntityStore } from '../../database/EntityStore';
import { EventStore } from '../../database/EventStore';
import { HintStore } from '../../database/HintStore';
import { createIngestRouter } from '../../router/ingestRoutes';
import { RequestGuard } from '../../router/RequestGuard';
import { EntityAccess } from '../../service/EntityAccess';
import { seenEntity } from '../../service/seenEntity';
import { WebhookRegistry } from '../../webhooks/WebhookRegistry';
import { WorkQueue } from '../../work/WorkQueue';
import { readIngestConfig } from '../config';
import { createIngestServices } from '../createIngestServices';

/** The part of the backend that takes events in, behind HTTP, with a catalog that a test controls. */
export async function ingestServer(options: {
  knex: Knex;
  entities?: Entity[];
  /** Below `goldenPath`. */
  config?: JsonObject;
  senders?: WebhookSender[];
}) {
  const { knex, entities = [] } = options;
  const catalog = new FakeCatalog();
  catalog.set(...entities);
  const catalogService = catalog.service();
  const permissions = mockServices.permissions.mock({
    authorize: async asked =>
      asked.map(
        (): DefinitivePolicyDecision => ({ result: AuthorizeResult.ALLOW }),
      ),
  });
  const auditor = mockServices.auditor.mock();
  const audited = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(audited);
  const logger = mockServices.logger.mock();
  const access = new EntityAccess({
    catalog: catalogService,
    permissions,
    auth: mockServices.auth(),
  });
  const registry = new WebhookRegistry();
  options.senders?.forEach(sender => registry.addWebhookSender(sender));
  const queue = new WorkQueue({ knex });
  const events = new EventStore({ knex });
  const hints = new HintStore({ knex });
  const onIngested = jest.fn();
  const services = createIngestServices({
    knex,
    catalog: catalogService,
    auth: mockServices.auth(),
    auditor,
    logger,
    config: readIngestConfig(
      mockServices.rootConfig({ data: { goldenPath: options.config ?? {} } }),
    ),
    access,
    events,
    hints,
    queue,
    senders: registry,
    onIngested,
  });
  const app = express();
  app.use(
    createIngestRouter({
      ...services.routes,
      guard: new RequestGuard({
        httpAuth: mockServices.httpAuth(),
        permissions,
        auditor,
        access,
      }),
    }),
  );
  const middleware = MiddlewareFactory.create({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
  });
  app.use(middleware.error());
  const entityStore = new EntityStore({ knex });
  const seen = entities.map(seenEntity);
  return {
    ...services,
    catalog,
    queue,
    events,
    logger,
    auditor,
    audited,
    permissions,
    onIngested,
    /** As the scan of the catalog does. */
    async scan(some: Entity[] = []) {
      catalog.set(...some);
      await entityStore.see({
        entities: [...seen, ...some.map(seenEntity)],
        pathsDigest: 'p1',
        seenAt: new Date(),
        onChanges: async () => {},
      });
    },
    async post(
      path: string,
      body: string | Buffer,
      headers: Record<string, string> = {},
    ) {
      const type = headers['content-type'] ?? 'application/json';
      return request(app)
        .post(`/v1${path}`)
        .set({ ...headers, 'content-type': type })
        .send(body);
    },
  };
}
