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
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  decisionsResponseSchema,
  gateAccuracySchema,
  gateReplaySchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  computeHealth,
  DeliveryEvent,
  GateDecision,
  gateDecisionSchema,
  HealthOptions,
  parseDeliveryEvent,
  Scorecard,
} from '@goldenpath/engine';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { testDatabases } from '../__testUtils__/databases';
import { deployed, PATH_TEXT, serviceEntity } from '../__testUtils__/fixtures';
import { loadPaths } from '../paths/loadPaths';
import { addGateBodies, addGateRoutes } from '../router/gateRoutes';
import { RequestGuard } from '../router/RequestGuard';
import { createOpenApiRouter } from '../schema/openapi';
import { EntityAccess } from '../service/EntityAccess';
import { createGateServices } from './createGateServices';

jest.setTimeout(60_000);

const databases = testDatabases();
const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const PAY = 'component:default/pay';
const DAY_MS = 86_400_000;

/** A gate that asks for incidents, another that asks for the level. */
const withGate = (name: string, gate: string) =>
  `${PATH_TEXT.replace('name: service', `name: ${name}`)}  gate: ${gate}\n`;

let now: Date;
let events: DeliveryEvent[];
let paths: ReturnType<typeof loadPaths>['paths'];
/** Permissions by name, denied to these users. */
let denied: Record<string, string[]>;
/** Entities that a user does not see. */
let hidden: Record<string, string[]>;
let tier: string;
const onDecision = jest.fn();
const audited: { eventId: string; outcome: string; meta?: any }[] = [];

beforeEach(() => {
  now = new Date('2026-11-21T12:00:00Z');
  events = [];
  paths = [];
  denied = {};
  hidden = {};
  tier = 'tier: 2\n';
  onDecision.mockReset().mockResolvedValue(undefined);
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

const pay: Entity = {
  ...serviceEntity('pay'),
  relations: [
    { type: 'dependsOn', targetRef: 'component:default/bank' },
    { type: 'ownedBy', targetRef: 'group:default/team' },
  ],
};

function catalog() {
  const entities = [pay, ...['shop', 'bank'].map(name => serviceEntity(name))];
  const find = (ref: string, options: any) =>
    hidden[userOf(options.credentials)]?.includes(ref)
      ? undefined
      : entities.find(entity => stringifyEntityRef(entity) === ref);
  return catalogServiceMock.mock({
    getEntityByRef: async (ref, options) => find(String(ref), options),
    getEntitiesByRefs: async ({ entityRefs }, options) => ({
      items: entityRefs.map(ref => find(ref, options)),
    }),
  });
}

const scorecard = (level: string): Scorecard => ({
  entityRef: PAY,
  path: { name: 'service', version: '1.0.0' },
  levels: ['bronze', 'silver', 'gold'],
  level,
  nextLevel: null,
  score: { raw: 1, adjusted: 1, low: 1, high: 1 },
  coverage: 1,
  evaluatedAt: '2026-11-21T11:00:00Z',
  checks: [],
});

const incident = (predicate: string, at: string, id = 'INC-1') =>
  parseDeliveryEvent({
    context: {
      specversion: '0.5.1',
      id: `${id}-${predicate}`,
      source: '/pager',
      type: `dev.cdevents.incident.${predicate}.0.3.0`,
      timestamp: at,
    },
    subject: {
      id,
      content: { environment: { id: 'production' } },
    },
    customData: { goldenPath: { entityRef: PAY } },
  });

const release = (id: string, at: string, sha: string) => {
  const body: any = deployed(id, 'pay', { at: new Date(at), entityRef: PAY });
  Object.assign(body.customData.goldenPath, { sha, deploymentId: id });
  return parseDeliveryEvent(body);
};

async function start(knex: Knex) {
  let services!: ReturnType<typeof createGateServices>;
  const load = async ({ entityRef, environment = 'production' }: any) => {
    const options: HealthOptions = {
      ...{ events, entityRef, environment, now, to: now },
      from: new Date(now.getTime() - 28 * DAY_MS),
      attributionWindowHours: 24,
    };
    return {
      options,
      environments: [],
      instrumented: { deployments: true, incidents: true },
    } as any;
  };
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
            ...{ ...deps, permissions, auditor, access },
          });
          services = createGateServices({
            ...{ ...deps, knex, access, onDecision },
            logger: mockServices.logger.mock(),
            paths: {
              covering: entity => paths.filter(path => path.covers(entity)),
            },
            health: { load },
            healthOf: async (entityRef, environment) =>
              computeHealth((await load({ entityRef, environment })).options),
            scorecardsOf: async () => [scorecard('bronze')],
            scorecards: { drift: async () => undefined },
            snapshots: {
              read: async () => ({
                ...{ commit: null, observedAt: '', digests: new Map() },
                serviceFileText: tier,
              }),
            },
            now: () => now,
          });
          const outer = express.Router();
          addGateBodies(outer);
          const router = createOpenApiRouter();
          addGateRoutes(router, { guard, ...services });
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
  const base = '/api/golden-path/v1';
  const headerOf = (who: string) =>
    who.startsWith('user:')
      ? mockCredentials.user.header(who)
      : mockCredentials.service.header();
  const api = {
    knex,
    judge: () => services.judge.judgeDue(),
    post: (who: string, path: string, body: object) =>
      request(server)
        .post(`${base}${path}`)
        .set('authorization', headerOf(who))
        .send(body),
    get: (who: string, path: string) =>
      request(server).get(`${base}${path}`).set('authorization', headerOf(who)),
    async ask(body: object = {}, who = ANN): Promise<GateDecision> {
      const reply = await api.post(who, '/gate', { entityRef: PAY, ...body });
      expect({ status: reply.status, body: reply.body }).toMatchObject({
        status: 200,
      });
      return gateDecisionSchema.parse(reply.body);
    },
    async list(who: string, query = '') {
      const reply = await api.get(who, `/decisions${query}`);
      expect({ status: reply.status, body: reply.body }).toMatchObject({
        status: 200,
      });
      return decisionsResponseSchema.parse(reply.body);
    },
    later(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
  };
  return api;
}

const INCIDENTS = '{ incidents: { verdict: block } }';
const HOUR = 3_600_000;

function useGates(...gates: [string, string][]) {
  const loaded = loadPaths(
    gates.map(([name, gate]) => ({
      file: `${name}.yaml`,
      text: withGate(name, gate),
    })),
  );
  expect(loaded.problems).toEqual([]);
  paths = loaded.paths;
}

const openIncident = () => [incident('detected', '2026-11-21T11:00:00Z')];
const closedIncident = () => [
  incident('detected', '2026-11-01T10:00:00Z'),
  incident('resolved', '2026-11-01T11:00:00Z'),
];

describe.each(databases.ids)('the gate on %s', id => {
  let api: Awaited<ReturnType<typeof start>>;

  beforeEach(async () => {
    api = await start(await databases.open(id));
  });

  it('decides by the default policy, from what the stores know, and keeps why', async () => {
    events = closedIncident();
    const decision = await api.ask({ sha: 'abc1234' });
    expect(decision).toMatchObject({
      at: '2026-11-21T12:00:00.000Z',
      by: ANN,
      policy: { path: 'default', digest: expect.stringMatching(/^sha256:/) },
      verdict: 'unknown',
      proceed: true,
      overrideMaxHours: 24,
      request: { entityRef: PAY, environment: 'production', kind: 'deploy' },
    });
    const verdicts = Object.fromEntries(
      decision.rules.map(({ rule, subject, verdict }) => [
        subject ?? rule,
        verdict,
      ]),
    );
    expect(verdicts).toEqual({
      errorBudget: 'unknown',
      incidents: 'allow',
      checks: 'unknown',
      drift: 'unknown',
      'component:default/bank': 'unknown',
    });
    const reply = await api.get(ANN, `/decisions/${decision.id}`);
    expect(reply.body).toEqual(decision);
    const row = await api.knex('gate_decisions').first();
    expect(JSON.parse(row.facts)).toMatchObject({
      tier: 2,
      incidents: { open: [] },
      scorecards: [{ level: 'bronze' }],
    });
    expect(onDecision).toHaveBeenCalledWith(PAY);
    expect(audited).toMatchObject([
      { eventId: 'gate-ask', outcome: 'success', meta: { verdict: 'unknown' } },
    ]);
  });

  it('takes the strictest of the policies of the paths, and shows each', async () => {
    useGates(
      ['service', INCIDENTS],
      ['other', '{ level: { atLeast: gold, verdict: warn } }'],
    );
    events = openIncident();
    const decision = await api.ask();
    expect(decision).toMatchObject({
      verdict: 'block',
      proceed: false,
      policy: { path: 'service', version: '1.0.0' },
      policies: [
        { path: 'service', verdict: 'block' },
        // No scorecard of that path is known
        { path: 'other', verdict: 'unknown' },
      ],
    });
    expect(decision.rules.map(({ rule }) => rule)).toEqual([
      ...['incidents', 'level'],
    ]);
  });

  it('lets rollbacks and fixes pass, and wants to know what is fixed', async () => {
    useGates(['service', INCIDENTS]);
    events = openIncident();
    expect(await api.ask({ kind: 'rollback' })).toMatchObject({
      ...{ verdict: 'block', proceed: true, exemption: 'rollback' },
    });
    expect(
      await api.ask({ kind: 'incident-fix', fixes: ['INC-1'] }),
    ).toMatchObject({ proceed: true, exemption: 'incident-fix' });
    const nothing = await api.post(ANN, '/gate', {
      ...{ entityRef: PAY, kind: 'security-fix' },
    });
    expect(nothing.status).toBe(400);
    expect(nothing.body.error.message).toMatch(/names what it fixes/);
  });

  it('gives the same answer to the same question for a minute', async () => {
    useGates(['service', INCIDENTS]);
    events = closedIncident();
    const first = await api.ask({ sha: 'abc1234' });
    api.later(59_000);
    expect((await api.ask({ sha: 'abc1234' })).id).toBe(first.id);
    // Another commit, another person, and another verdict are others
    const others = [
      await api.ask({ sha: 'def5678' }),
      await api.ask({ sha: 'abc1234' }, BOB),
    ];
    events = openIncident();
    others.push(await api.ask({ sha: 'abc1234' }));
    expect(others.at(-1)!.verdict).toBe('block');
    api.later(60_001);
    others.push(await api.ask({ sha: 'abc1234' }));
    const ids = [first, ...others].map(decision => decision.id);
    expect(new Set(ids).size).toBe(5);
  });

  it('refuses what it cannot read, by name', async () => {
    for (const [body, message] of [
      [{ entityRef: PAY, kind: 'party' }, /kind/],
      [{ entityRef: PAY, shaa: 'x' }, /shaa/],
      [{}, /entityRef/],
    ] as const) {
      const reply = await api.post(ANN, '/gate', body);
      expect(reply.status).toBe(400);
      expect(reply.body.error.message).toMatch(message);
    }
    const large = await api.post(ANN, '/gate', {
      entityRef: 'x'.repeat(400_000),
    });
    expect(large.status).toBe(413);
  });

  describe('an override', () => {
    const reason = 'the shop is down without it';

    beforeEach(() => {
      useGates(['service', '{ incidents: {}, override: { maxHours: 4 } }']);
      events = openIncident();
    });

    const override = (decision: GateDecision, body: object = {}, who = BOB) =>
      api.post(who, `/decisions/${decision.id}/override`, {
        ...{ reason, hours: 2, ...body },
      });

    it('lets the commit pass until it expires, and is on record', async () => {
      const stopped = await api.ask({ sha: 'abc1234' });
      expect(stopped.proceed).toBe(false);
      const reply = await override(stopped);
      expect(reply.body).toMatchObject({
        id: stopped.id,
        verdict: 'block',
        proceed: true,
        override: {
          ...{ by: BOB, reason, at: '2026-11-21T12:00:00.000Z' },
          expiresAt: '2026-11-21T14:00:00.000Z',
        },
        summary: expect.stringMatching(
          /^Overridden by user:default\/bob until/,
        ),
      });
      expect(audited.at(-1)).toMatchObject({
        ...{ eventId: 'gate-override', outcome: 'success' },
        meta: { by: BOB, reason, expiresAt: '2026-11-21T14:00:00.000Z' },
      });

      api.later(2 * HOUR - 1);
      const covered = await api.ask({ sha: 'abc1234' });
      expect(covered.id).not.toBe(stopped.id);
      expect(covered).toMatchObject({
        ...{ verdict: 'block', proceed: true, override: { by: BOB } },
      });
      for (const other of [
        { sha: 'def5678' },
        { sha: 'abc1234', environment: 'staging' },
        {},
      ]) {
        const { proceed, override: none } = await api.ask(other);
        expect([other, proceed, none]).toEqual([
          ...[other, 'environment' in other, undefined],
        ]);
      }
      api.later(1);
      for (const one of [covered, stopped]) {
        const { body } = await api.get(ANN, `/decisions/${one.id}`);
        expect(body).toMatchObject({ proceed: false, override: { by: BOB } });
      }
      api.later(60_001);
      const after = await api.ask({ sha: 'abc1234' });
      expect([after.proceed, after.override]).toEqual([false, undefined]);
    });

    it('of a decision without a commit is for any of them', async () => {
      await override(await api.ask());
      expect((await api.ask({ sha: 'abc1234' })).proceed).toBe(true);
      expect(
        (await api.ask({ entityRef: 'component:default/shop' })).override,
      ).toBeUndefined();
    });

    it('takes a person, a reason, no more hours than the policy allows, and something to override', async () => {
      const stopped = await api.ask();
      const problems = [
        await override(stopped, {}, 'service'),
        await override(stopped, { reason: 'because' }),
        await override(stopped, { hours: 4.5 }),
        await override(stopped, { hours: 0 }),
        await override({ ...stopped, id: '0' }),
      ].map(({ status, body }) => [status, body.error.message]);
      expect(problems).toEqual([
        [403, expect.stringContaining('takes a person')],
        [400, expect.stringContaining('10 characters')],
        [400, expect.stringContaining('4 hours at most')],
        [400, expect.stringContaining('hours')],
        [404, "There is no decision '0'"],
      ]);
      expect((await override(stopped, { hours: 4 })).status).toBe(200);
      expect((await override(stopped)).status).toBe(409);
      const passed = await api.ask({ kind: 'rollback' });
      const nothing = await override(passed);
      expect([nothing.status, nothing.body.error.message]).toEqual([
        409,
        expect.stringContaining('nothing to override'),
      ]);
    });

    it('can be given again once it expired', async () => {
      const stopped = await api.ask();
      await override(stopped);
      api.later(2 * HOUR);
      const again = await override(stopped, { reason: 'it is still down now' });
      expect(again.body.override).toMatchObject({
        expiresAt: '2026-11-21T16:00:00.000Z',
      });
    });
  });

  it('asks for the permission that each needs', async () => {
    useGates(['service', INCIDENTS]);
    events = openIncident();
    const { id: kept } = await api.ask({}, BOB);
    const policy = { policy: {} };
    for (const [permission, call] of [
      [
        'golden-path.gate.ask',
        () => api.post(ANN, '/gate', { entityRef: PAY }),
      ],
      [
        'golden-path.gate.override',
        () =>
          api.post(ANN, `/decisions/${kept}/override`, {
            ...{ reason: 'long enough', hours: 1 },
          }),
      ],
      ['golden-path.scorecard.read', () => api.get(ANN, '/decisions')],
      ['golden-path.scorecard.read', () => api.get(ANN, `/decisions/${kept}`)],
      ['golden-path.scorecard.read', () => api.get(ANN, '/gate/accuracy')],
      ['golden-path.path.preview', () => api.post(ANN, '/gate/replay', policy)],
    ] as const) {
      denied = { [permission]: [ANN] };
      const refused = await call();
      expect([permission, refused.status]).toEqual([permission, 403]);
      expect(refused.body.error.message).toContain(permission);
      denied = {};
      expect([permission, (await call()).status]).toEqual([permission, 200]);
    }
    expect(audited.filter(({ outcome }) => outcome === 'fail')).toHaveLength(2);
  });

  it('tells nothing about entities that the caller does not see', async () => {
    const seen = await api.ask({ entityRef: 'component:default/shop' });
    const secret = await api.ask();
    hidden = { [BOB]: [PAY] };
    expect((await api.post(BOB, '/gate', { entityRef: PAY })).status).toBe(404);
    expect((await api.get(BOB, `/decisions/${secret.id}`)).status).toBe(404);
    expect(
      (
        await api.post(BOB, `/decisions/${secret.id}/override`, {
          ...{ reason: 'long enough', hours: 1 },
        })
      ).status,
    ).toBe(404);
    expect((await api.list(BOB)).items.map(item => item.id)).toEqual([seen.id]);
    expect((await api.list(ANN)).items).toHaveLength(2);
    expect((await api.list(BOB, `?entityRef=${PAY}`)).items).toEqual([]);
    const accuracy = await api.get(BOB, '/gate/accuracy');
    expect(accuracy.body.decisions).toBe(1);
    const replay = await api.post(BOB, '/gate/replay', { policy: {} });
    expect(replay.body.decisions).toBe(1);
    // Of a dependency that is hidden nothing is told, and that is not good news
    hidden = { [BOB]: ['component:default/bank'] };
    const rules = (await api.ask({}, BOB)).rules.filter(
      ({ rule }) => rule === 'dependencies',
    );
    expect(rules).toMatchObject([
      { verdict: 'unknown', reason: expect.stringContaining('may not see it') },
    ]);
  });

  it('gives pages, newest first, and by verdict', async () => {
    useGates(['service', INCIDENTS]);
    events = closedIncident();
    const kept: string[] = [];
    for (const sha of ['aaaaaaa', 'bbbbbbb', 'ccccccc']) {
      kept.unshift((await api.ask({ sha })).id);
      api.later(1_000);
    }
    const first = await api.list(ANN, '?limit=2');
    const second = await api.list(ANN, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(item => item.id)).toEqual(
      kept,
    );
    expect(second.nextCursor).toBeUndefined();
    expect((await api.list(ANN, '?verdict=block')).items).toEqual([]);
    expect((await api.list(ANN, '?verdict=allow')).items).toHaveLength(3);
    expect((await api.get(ANN, '/decisions?verdict=maybe')).status).toBe(400);
    expect((await api.get(ANN, '/decisions?cursor=x')).status).toBe(400);
  });

  it('finds out what became of what it was asked about, and counts', async () => {
    useGates(['service', '{ incidents: { verdict: warn } }']);
    // Asked at noon, released at one: warned and failed, warned and well, allowed and failed, never released
    const ask = async (sha: string, known: DeliveryEvent[]) => {
      events = known;
      return api.ask({ sha });
    };
    await ask('aaaaaaa', openIncident());
    await ask('bbbbbbb', openIncident());
    await ask('ccccccc', closedIncident());
    await ask('ddddddd', closedIncident());
    const rolledBack = (of: string) => {
      const body: any = deployed(`r-${of}`, 'pay', {
        type: 'dev.cdevents.service.rolledback.0.3.0',
        at: new Date('2026-11-21T14:00:00Z'),
        entityRef: PAY,
      });
      Object.assign(body.customData.goldenPath, {
        ...{ deploymentId: `r-${of}`, rollbackOf: of },
      });
      return parseDeliveryEvent(body);
    };
    events = [
      ...openIncident(),
      release('d-a', '2026-11-21T13:00:00Z', 'aaaaaaa'),
      release('d-b', '2026-11-21T13:10:00Z', 'bbbbbbb'),
      release('d-c', '2026-11-21T13:20:00Z', 'ccccccc'),
      rolledBack('d-a'),
      rolledBack('d-c'),
    ];
    onDecision.mockClear();
    expect(await api.judge()).toBe(0);
    api.later(3 * HOUR);
    expect(await api.judge()).toBe(4);
    const outcomes = async () =>
      Object.fromEntries(
        (await api.list(ANN)).items.map(item => [
          item.request.sha![0],
          item.outcome!.result,
        ]),
      );
    expect(await outcomes()).toEqual({
      ...{ a: 'failed', b: 'pending', c: 'failed', d: 'pending' },
    });
    expect(onDecision).toHaveBeenCalledTimes(2);
    // Nothing is due until it may have changed, and what is final stays
    expect(await api.judge()).toBe(0);
    api.later(24 * HOUR);
    expect(await api.judge()).toBe(2);
    expect(await outcomes()).toEqual({
      ...{ a: 'failed', b: 'succeeded', c: 'failed', d: 'not-deployed' },
    });
    api.later(24 * HOUR);
    expect(await api.judge()).toBe(0);

    const { body } = await api.get(
      ANN,
      `/gate/accuracy?entityRef=${PAY}&days=7`,
    );
    expect(gateAccuracySchema.parse(body)).toMatchObject({
      window: { to: now.toISOString() },
      decisions: 4,
      byVerdict: { allow: 2, warn: 2, block: 0, unknown: 0 },
      precision: { value: 0.5, numerator: 1, denominator: 2 },
      recall: { value: 0.5, numerator: 1, denominator: 2 },
    });
    api.later(7 * 24 * HOUR);
    const empty = await api.get(ANN, '/gate/accuracy?days=7');
    expect(empty.body).toMatchObject({
      decisions: 0,
      precision: { value: null },
    });

    const replay = await api.post(ANN, '/gate/replay', {
      policy: { incidents: { verdict: 'block' } },
    });
    expect(gateReplaySchema.parse(replay.body)).toMatchObject({
      decisions: 4,
      before: { stoppedFailures: 0, stoppedSuccesses: 0, missedFailures: 2 },
      after: { stoppedFailures: 1, stoppedSuccesses: 1, missedFailures: 1 },
      changed: [
        { before: 'warn', after: 'block' },
        { before: 'warn', after: 'block' },
      ],
    });
    const other = await api.post(ANN, '/gate/replay', {
      ...{ policy: {}, path: 'website' },
    });
    expect(other.body.decisions).toBe(0);
  });

  it('judges the others when one entity cannot be', async () => {
    useGates(['service', INCIDENTS]);
    await api.ask({ sha: 'aaaaaaa' });
    await api.ask({ entityRef: 'component:default/shop' });
    await api
      .knex('gate_decisions')
      .where({ entity_ref: PAY })
      .update({ decision: 'not JSON' });
    api.later(25 * HOUR);
    expect(await api.judge()).toBe(2);
    const rows = await api.knex('gate_decisions').orderBy('entity_ref');
    expect(rows.map(row => [row.outcome && 'judged', row.judge_at])).toEqual([
      [null, new Date(now.getTime() + HOUR).toISOString()],
      ['judged', null],
    ]);
  });
});
