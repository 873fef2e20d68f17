import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  WaiverRecord,
  waiverRecordSchema,
  waiversResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import express from 'express';
import Knex from 'knex';
import request from 'supertest';
import { PATH_TEXT, serviceEntity } from '../__testUtils__/fixtures';
import { migrate } from '../database/migrations';
import { loadPaths } from '../paths/loadPaths';
import { createOpenApiRouter } from '../schema/openapi';
import { EntityAccess } from '../service/EntityAccess';
import { WaiverConfig } from '../waivers/config';
import { WaiverFileStore } from '../waivers/WaiverFileStore';
import { WaiverService } from '../waivers/WaiverService';
import { WaiverStore } from '../waivers/WaiverStore';
import { RequestGuard } from './RequestGuard';
import { addWaiverBodies, addWaiverRoutes } from './waiverRoutes';

jest.setTimeout(60_000);

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const EVE = 'user:default/eve';
const { paths } = loadPaths([{ file: 'service.yaml', text: PATH_TEXT }]);
const ask = {
  entityRef: 'component:default/pay',
  check: 'OWN-01',
  reason: 'waiting for the vendor',
  expires: '2026-12-31',
};

let now: Date;
/** Permissions by name, denied to these users. */
let denied: Record<string, string[]>;
/** Entities that a user does not see. */
let hidden: Record<string, string[]>;
const onChanged = jest.fn();
const audited: { eventId: string; outcome: string; meta?: any }[] = [];

beforeEach(() => {
  now = new Date('2026-11-21T12:00:00Z');
  denied = { 'golden-path.waiver.approve': [ANN, EVE] };
  hidden = {};
  onChanged.mockReset().mockResolvedValue(undefined);
  audited.length = 0;
});

const userOf = (credentials: any): string =>
  credentials.principal.userEntityRef ?? credentials.principal.subject;

const permissions = mockServices.permissions.mock({
  authorize: async (requests, options) =>
    requests.map(({ permission }) => ({
      result: denied[permission.name]?.includes(
        userOf((options as any).credentials),
      )
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })),
  authorizeConditional: async (requests, options) =>
    requests.map(() => ({
      result: hidden[userOf((options as any).credentials)]
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })),
});

const auditor = mockServices.auditor.mock({
  createEvent: async ({ eventId }) => ({
    success: async options => {
      audited.push({ eventId, outcome: 'success', meta: options?.meta });
    },
    fail: async () => {
      audited.push({ eventId, outcome: 'fail' });
    },
  }),
});

function catalog() {
  const entities = ['pay', 'shop', 'uncovered'].map(name =>
    serviceEntity(name, { type: name === 'uncovered' ? 'website' : 'service' }),
  );
  const sees = (ref: string, options: any) =>
    !hidden[userOf(options.credentials)]?.includes(ref);
  const find = (ref: string, options: any) =>
    entities.find(
      entity => stringifyEntityRef(entity) === ref && sees(ref, options),
    );
  return catalogServiceMock.mock({
    getEntityByRef: async (ref, options) => find(String(ref), options),
    getEntitiesByRefs: async ({ entityRefs }, options) => ({
      items: entityRefs.map(ref => find(ref, options)),
    }),
  });
}

async function start(config: Partial<WaiverConfig> = {}) {
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
  const plugin = createBackendPlugin({
    pluginId: 'golden-path',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init(deps) {
          const access = new EntityAccess({ ...deps, permissions });
          const guard = new RequestGuard({
            ...deps,
            permissions,
            auditor,
            access,
          });
          const waivers = new WaiverService({
            ...deps,
            waivers: new WaiverStore({ knex }),
            files: new WaiverFileStore({ knex }),
            access,
            paths: {
              covering: entity => paths.filter(path => path.covers(entity)),
            },
            permissions,
            auditor,
            config: {
              approval: 'required',
              allowSelfApproval: false,
              maxDays: 180,
              ...config,
            },
            onChanged,
            now: () => now,
          });
          const outer = express.Router();
          addWaiverBodies(outer);
          const router = createOpenApiRouter();
          addWaiverRoutes(router, { guard, waivers });
          outer.use(router);
          deps.httpRouter.use(outer);
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      plugin,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: catalog,
      }),
    ],
  });
  const base = '/api/golden-path/v1/waivers';
  const as = (user: string) => mockCredentials.user.header(user);
  const api = {
    knex,
    post: (user: string, path: string, body?: string | object) =>
      request(server)
        .post(`${base}${path}`)
        .set('authorization', as(user))
        .set('content-type', 'application/json')
        .send(body),
    get: (user: string, query = '') =>
      request(server).get(`${base}${query}`).set('authorization', as(user)),
    /** A request of Ann's, kept. */
    async asked(change: object = {}): Promise<WaiverRecord> {
      const { status, body } = await api.post(ANN, '', { ...ask, ...change });
      expect({ status, body }).toMatchObject({ status: 201 });
      return waiverRecordSchema.parse(body);
    },
    async list(user: string, query = '') {
      const { status, body } = await api.get(user, query);
      expect({ status, body }).toMatchObject({ status: 200 });
      return waiversResponseSchema.parse(body);
    },
  };
  return api;
}

it('takes a request, which counts once somebody else approves it', async () => {
  const { asked, post, list } = await start();
  const record = await asked();
  expect(record).toEqual({
    ...ask,
    id: expect.any(String),
    path: null,
    owner: ANN,
    origin: 'request',
    status: 'pending',
    requestedBy: ANN,
    requestedAt: now.toISOString(),
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    actions: ['withdraw'],
  });
  expect(onChanged).not.toHaveBeenCalled();
  expect((await list(BOB)).items[0].actions).toEqual([
    'approve',
    'reject',
    'withdraw',
  ]);
  const approved = await post(BOB, `/${record.id}/approve`, { note: ' fine ' });
  expect(approved.status).toBe(200);
  expect(approved.body).toMatchObject({
    status: 'approved',
    decidedBy: BOB,
    decidedAt: now.toISOString(),
    decisionNote: 'fine',
    actions: ['revoke', 'withdraw'],
  });
  expect(onChanged.mock.calls).toEqual([['component:default/pay']]);
});

it('gives the open one to who asks for the same again', async () => {
  const { asked, post } = await start();
  const first = await asked();
  expect((await asked({ entityRef: 'Component:default/Pay' })).id).toBe(
    first.id,
  );
  expect((await asked({ reason: 'another reason' })).id).not.toBe(first.id);
  expect((await asked({ path: 'service' })).id).not.toBe(first.id);
  await post(BOB, `/${first.id}/reject`, {});
  expect((await asked()).id).not.toBe(first.id);
});

describe('refuses', () => {
  it.each([
    ['golden-path.waiver.request', ''],
    ['golden-path.waiver.approve', '/approve'],
    ['golden-path.waiver.approve', '/reject'],
    ['golden-path.waiver.approve', '/revoke'],
  ])('what needs %s: POST %s', async (permission, action) => {
    const { asked, post } = await start();
    const { id } = await asked();
    denied = { [permission]: [EVE] };
    const path = action ? `/${id}${action}` : '';
    const response = await post(EVE, path, action ? {} : ask);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toMatch(permission);
  });

  it('a reader without permission', async () => {
    const { get } = await start();
    denied = { 'golden-path.scorecard.read': [EVE] };
    expect((await get(EVE)).status).toBe(403);
  });

  it('self-approval, also of an approver', async () => {
    const { post } = await start();
    const { body } = await post(BOB, '', ask);
    expect(body.actions).toEqual(['reject', 'withdraw']);
    const response = await post(BOB, `/${body.id}/approve`, {});
    expect(response.status).toBe(403);
    expect(response.body.error.message).toMatch(/somebody else has to/);
  });

  it('a withdrawal by a third', async () => {
    const { asked, post } = await start();
    const { id } = await asked();
    const response = await post(EVE, `/${id}/withdraw`, {});
    expect(response.status).toBe(403);
    expect(response.body.error.message).toMatch(/Only who asked/);
    expect((await post(ANN, `/${id}/withdraw`)).body.status).toBe('withdrawn');
  });

  it.each<[string, object | string, number, RegExp]>([
    ['no JSON', '{"entityRef": ', 400, /could not be read as JSON/],
    [
      'a NUL',
      { ...ask, reason: 'holds a \0 somewhere' },
      400,
      /reason must not hold a NUL/,
    ],
    [
      'too much',
      { ...ask, reason: 'x'.repeat(100_000) },
      413,
      /larger than 100000 bytes/,
    ],
    [
      'an unknown field',
      { ...ask, forever: true },
      400,
      /additional properties|forever/,
    ],
    ['a missing field', { ...ask, reason: undefined }, 400, /reason/],
    [
      'a short reason',
      { ...ask, reason: '  because          ' },
      400,
      /reason/,
    ],
    ['no date', { ...ask, expires: '2026-02-30' }, 400, /expires/],
    ['a day that is over', { ...ask, expires: '2026-11-20' }, 400, /is over/],
    [
      'a day too late',
      { ...ask, expires: '2027-05-21' },
      400,
      /the latest day is 2027-05-20/,
    ],
    [
      'no reference',
      { ...ask, entityRef: 'pay' },
      400,
      /not an entity reference/,
    ],
    [
      'no entity',
      { ...ask, entityRef: 'component:default/none' },
      404,
      /There is no entity/,
    ],
    [
      'no path',
      { ...ask, entityRef: 'component:default/uncovered' },
      400,
      /No golden path covers/,
    ],
    ['another path', { ...ask, path: 'web' }, 400, /'web' does not cover/],
    [
      'an unknown check',
      { ...ask, check: 'NONE-01' },
      400,
      /No check 'NONE-01'/,
    ],
  ])('a body with %s', async (_, body, status, message) => {
    const { post, list } = await start();
    const response = await post(ANN, '', body);
    expect({
      status: response.status,
      message: response.body.error?.message,
    }).toEqual({ status, message: expect.stringMatching(message) });
    expect((await list(ANN)).totalItems).toBe(0);
  });

  it.each([
    ['/approve', { note: 'x'.repeat(1001) }],
    ['/approve', { reason: 'x' }],
    ['/destroy', {}],
  ])('a decision POST %s %j', async (action, body) => {
    const { asked, post } = await start();
    const { id } = await asked();
    expect((await post(BOB, `/${id}${action}`, body)).status).toBe(400);
  });

  it.each([
    '?status=held',
    '?limit=0',
    '?limit=201',
    '?cursor=x',
    '?entityRef=pay',
  ])('a list with %s', async query => {
    const { get } = await start();
    expect((await get(ANN, query)).status).toBe(400);
  });
});

it('does not tell a waiver of a hidden entity from one that is not there', async () => {
  const { asked, post, list } = await start();
  const { id } = await asked();
  hidden = { [BOB]: ['component:default/pay'] };
  const none = '01900000-0000-7000-8000-000000000000';
  for (const unknown of [id, none, 'no-uuid']) {
    const response = await post(BOB, `/${unknown}/approve`, {});
    expect(response.status).toBe(404);
    expect(response.body.error.message).toBe(`There is no waiver '${unknown}'`);
  }
  expect((await post(BOB, '', ask)).status).toBe(404);
  expect(await list(BOB)).toEqual({ items: [], totalItems: 0 });
  expect(await list(BOB, '?entityRef=component:default/pay')).toEqual({
    items: [],
    totalItems: 0,
  });
});

it('lists, counts and pages only what the caller may see', async () => {
  const { asked, list } = await start();
  for (const check of ['OWN-01', 'DRIFT-01', 'OPS-01']) {
    now = new Date(now.getTime() + 1000);
    await asked({ check });
    await asked({ check, entityRef: 'component:default/shop' });
  }
  hidden = { [EVE]: ['component:default/shop'] };
  const first = await list(EVE, '?limit=2');
  expect(first.totalItems).toBe(3);
  const second = await list(EVE, `?limit=2&cursor=${first.nextCursor}`);
  expect(second.nextCursor).toBeUndefined();
  expect([...first.items, ...second.items].map(item => item.check)).toEqual([
    'OPS-01',
    'DRIFT-01',
    'OWN-01',
  ]);
  expect((await list(ANN)).totalItems).toBe(6);
  expect((await list(ANN, '?check=OPS-01&status=pending')).totalItems).toBe(2);
  expect((await list(ANN, '?status=approved')).totalItems).toBe(0);
});

it('expires when the day has ended, without anybody doing anything', async () => {
  const { asked, post, list } = await start();
  const { id } = await asked({ expires: '2026-11-22' });
  await post(BOB, `/${id}/approve`, {});
  now = new Date('2026-11-22T23:59:59.999Z');
  expect((await list(BOB)).items[0].status).toBe('approved');
  now = new Date('2026-11-23T00:00:00.000Z');
  expect((await list(BOB)).items[0]).toMatchObject({
    status: 'expired',
    actions: [],
  });
  expect((await list(BOB, '?status=expired')).totalItems).toBe(1);
  const response = await post(BOB, `/${id}/revoke`, {});
  expect(response.status).toBe(409);
  expect(response.body.error.message).toMatch(
    /expired since the end of 2026-11-22/,
  );
});

it('lets one of two deciders win, and tells the other what it is now', async () => {
  denied = {};
  const { asked, post } = await start();
  const { id } = await asked();
  const replies = await Promise.all([
    post(BOB, `/${id}/approve`, {}),
    post(EVE, `/${id}/reject`, {}),
  ]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  const won = replies.find(({ status }) => status === 200)!.body;
  const lost = replies.find(({ status }) => status === 409)!.body;
  expect(lost.error.message).toContain(
    `is ${won.status} since ${won.decidedAt} by ${won.decidedBy}`,
  );
});

it('takes the same decision of the same person twice as one', async () => {
  const { asked, post } = await start();
  const { id } = await asked();
  const first = await post(BOB, `/${id}/approve`, { note: 'fine' });
  now = new Date(now.getTime() + 60_000);
  const again = await post(BOB, `/${id}/approve`, {});
  expect({ ...again.body }).toEqual(first.body);
});

it('revokes, and tells whoever judges', async () => {
  const { asked, post } = await start();
  const { id } = await asked();
  await post(BOB, `/${id}/approve`, {});
  expect((await post(BOB, `/${id}/revoke`, {})).body.status).toBe('revoked');
  expect(onChanged).toHaveBeenCalledTimes(2);
  expect((await post(BOB, `/${id}/approve`, {})).status).toBe(409);
});

describe('where self-approval is allowed', () => {
  it('an approver may approve their own request', async () => {
    const { post } = await start({ allowSelfApproval: true });
    const { body } = await post(BOB, '', ask);
    expect(body.status).toBe('pending');
    expect((await post(BOB, `/${body.id}/approve`, {})).body).toMatchObject({
      status: 'approved',
      requestedBy: BOB,
      decidedBy: BOB,
    });
  });

  it('and approval is automatic, what an approver asks for is approved at once', async () => {
    const { post, asked } = await start({
      allowSelfApproval: true,
      approval: 'automatic',
    });
    expect((await post(BOB, '', ask)).body).toMatchObject({
      status: 'approved',
      decidedBy: BOB,
    });
    expect(onChanged).toHaveBeenCalledTimes(1);
    expect((await asked({ check: 'OPS-01' })).status).toBe('pending');
  });
});

it('waits for a decision on a request where only what files ask for is approved automatically', async () => {
  const { post } = await start({ approval: 'automatic' });
  expect((await post(BOB, '', ask)).body.status).toBe('pending');
});

it('leaves a record of every write, refused ones included', async () => {
  const { asked, post } = await start();
  const { id } = await asked();
  await post(EVE, `/${id}/approve`, {});
  await post(BOB, `/${id}/approve`, {});
  const meta = {
    id,
    entityRef: ask.entityRef,
    path: null,
    check: ask.check,
    expires: ask.expires,
  };
  expect(audited).toEqual([
    {
      eventId: 'waiver-request',
      outcome: 'success',
      meta: { ...meta, status: 'pending' },
    },
    { eventId: 'waiver-decision', outcome: 'fail' },
    {
      eventId: 'waiver-decision',
      outcome: 'success',
      meta: { ...meta, status: 'approved', action: 'approve' },
    },
  ]);
});
