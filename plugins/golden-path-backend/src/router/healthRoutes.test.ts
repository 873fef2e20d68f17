import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { mockServices } from '@backstage/backend-test-utils';
import {
  goldenPathAnomalyAcknowledgePermission,
  healthResponseSchema,
  healthRollupsResponseSchema,
  timelineResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import { deployed, PATH_TEXT, serviceEntity } from '../__testUtils__/fixtures';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { AnomalyStore } from '../database/AnomalyStore';

jest.setTimeout(120_000);

const pay = '/entities/component/default/pay';
const HOUR_MS = 3_600_000;
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const databases = testDatabases();

const incident = (id: string, predicate: string, hoursAgo: number) => ({
  context: {
    specversion: '0.5.1',
    id: `${id}-${predicate}`,
    source: '/pager',
    type: `dev.cdevents.incident.${predicate}.0.3.0`,
    timestamp: new Date(Date.now() - hoursAgo * HOUR_MS).toISOString(),
  },
  subject: {
    id,
    content: { environment: { id: 'production' }, service: { id: 'pay' } },
  },
});

const deployments = (count: number, name = 'pay') =>
  Array.from({ length: count }, (_, n) =>
    deployed(`${name}-${n}`, name, {
      at: new Date(Date.now() - (48 + 24 * n) * HOUR_MS),
      entityRef: `component:default/${name}`,
    }),
  );

describe.each(databases.ids)('health routes on %s', id => {
  let knex: Knex;
  let signals: { channel: string; message: unknown }[];
  let catalog: FakeCatalog;
  let mayAcknowledge: boolean;

  beforeEach(async () => {
    knex = await databases.open(id);
    signals = [];
    mayAcknowledge = true;
    catalog = new FakeCatalog();
    catalog.set(
      serviceEntity('pay', { owner: 'group:default/a' }),
      serviceEntity('cart', { owner: 'group:default/a' }),
      serviceEntity('secret', { owner: 'group:default/b' }),
    );
  });

  const start = () =>
    startBackend({
      knex,
      catalog,
      repositories: new FakeRepositories(),
      paths: [pathFolder.path],
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result:
              permission.name === goldenPathAnomalyAcknowledgePermission.name &&
              !mayAcknowledge
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.DENY })),
      }),
      features: [
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            publish: async signal => {
              signals.push({
                channel: signal.channel,
                message: signal.message,
              });
            },
          }),
        }),
      ],
    });

  it('computes when an event arrives, keeps it, and tells the open pages of the entity', async () => {
    const { post, get, settle } = await start();
    await post('/events', deployments(6));
    await settle();
    const kept = await knex('health_reports').first();
    expect(kept).toMatchObject({
      entity_ref: 'component:default/pay',
      environment: 'production',
    });
    expect(signals).toContainEqual({
      channel: 'golden-path:component:default/pay',
      message: { topic: 'health' },
    });
    expect(signals).toContainEqual({
      channel: 'golden-path:component:default/pay',
      message: { topic: 'scorecard' },
    });
    const health = healthResponseSchema.parse(
      (await get(`${pay}/health`)).body,
    );
    expect(health.metrics.deploymentFrequency).toMatchObject({
      status: 'ok',
      n: 6,
    });
    expect(health.computedAt).toBe(kept.computed_at);
    expect(health.environments).toEqual(['production']);
    expect(health.trends!.deploymentFrequency!.length).toBeGreaterThan(0);
  });

  it('computes any other window or environment when it is asked for', async () => {
    const { post, get, settle } = await start();
    await post('/events', deployments(6));
    await settle();
    const staging = await get(`${pay}/health?environment=staging`);
    expect(staging.body.metrics.deploymentFrequency.value).toBe(0);
    const to = new Date().toISOString();
    const from = new Date(Date.now() - 72.5 * HOUR_MS).toISOString();
    const short = await get(`${pay}/health?from=${from}&to=${to}`);
    expect(short.body.metrics.deploymentFrequency.n).toBe(2);
    expect(await knex('health_reports').select('environment')).toHaveLength(2);
  });

  it('puts deployments, incidents and anomalies on one time line', async () => {
    const { post, get, settle } = await start();
    await post('/events', [
      ...deployments(2),
      incident('inc-1', 'detected', 47),
      incident('inc-1', 'resolved', 46),
    ]);
    await settle();
    const { items } = timelineResponseSchema.parse(
      (await get(`${pay}/timeline`)).body,
    );
    expect(items.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['deployment', 'succeeded'],
      ['deployment', 'suspected'],
      ['incident', 'resolved'],
    ]);
    expect((await get(`${pay}/timeline?from=2026-01-01`)).status).toBe(400);
  });

  it('pools what the caller may see, by owner', async () => {
    const { post, get, settle } = await start();
    await post('/events', [
      ...deployments(6),
      ...deployments(4, 'cart'),
      ...deployments(5, 'secret'),
    ]);
    await settle();
    catalog.hidden.add('component:default/secret');
    const { groups } = healthRollupsResponseSchema.parse(
      (await get('/health?groupBy=owner')).body,
    );
    expect(groups).toMatchObject([
      {
        group: 'group:default/a',
        entities: 2,
        instrumented: 2,
        anomalies: 0,
        metrics: { deploymentFrequency: { n: 10, value: 10 / 28 } },
      },
    ]);
    expect((await get('/health?groupBy=language')).status).toBe(400);
  });

  describe('an anomaly', () => {
    const acknowledge = `${pay}/anomalies/a1/acknowledge`;

    beforeEach(() =>
      new AnomalyStore({ knex }).replace({
        entityRef: 'component:default/pay',
        environment: 'production',
        found: [
          {
            id: 'a1',
            metric: 'changeLeadTime',
            method: 'modified-z',
            at: new Date(Date.now() - HOUR_MS).toISOString(),
            direction: 'higher',
            worse: true,
            observed: 10,
            expected: 2,
            unit: 'seconds',
            n: 12,
            message: 'Lead time rose',
            evidence: [],
          },
        ],
        now: new Date(),
      }),
    );

    it('is acknowledged with a name and a reason', async () => {
      const { post } = await start();
      const reply = await post(acknowledge, { reason: 'New hardware' });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        id: 'a1',
        acknowledged: {
          by: mockCredentials.user().principal.userEntityRef,
          reason: 'New hardware',
        },
      });
      expect(await knex('anomalies').first()).toMatchObject({
        acknowledged_reason: 'New hardware',
      });
    });

    it('needs a reason, the permission, and to be there', async () => {
      const { post } = await start();
      expect((await post(acknowledge, { reason: '' })).status).toBe(400);
      const other = `${pay}/anomalies/a2/acknowledge`;
      expect((await post(other, { reason: 'x' })).status).toBe(404);
      mayAcknowledge = false;
      const refused = await post(acknowledge, { reason: 'x' });
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(
        'golden-path.anomaly.acknowledge',
      );
      expect(await knex('anomalies').first('acknowledged_at')).toEqual({
        acknowledged_at: null,
      });
    });
  });
});
