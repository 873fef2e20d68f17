import { createHmac } from 'node:crypto';
import createKnex, { Knex } from 'knex';
import { Webhook } from 'standardwebhooks';
import { testDatabases } from '../__testUtils__/databases';
import { deployed, serviceEntity } from '../__testUtils__/fixtures';
import { ingestServer } from '../events/__testUtils__/ingestServer';
import { deliveries } from './__testUtils__/deliveries';

jest.setTimeout(60_000);

const databases = testDatabases();
const OLD = 'the-old-secret';
const NEW = 'the-new-secret';
const EXPIRED = 'the-expired-secret';
const standardSecret = (text: string) =>
  `whsec_${Buffer.from(text).toString('base64')}`;

type Headers = Record<string, string>;
/** The headers with which a sender proves a body with a secret. */
type Sign = (body: string, secret: string) => Headers;

const hmac = (header: string, prefix: string): Sign => {
  return (body, secret) => ({
    [header]: prefix + createHmac('sha256', secret).update(body).digest('hex'),
  });
};
const bearer: Sign = (_body, secret) => ({ authorization: `Bearer ${secret}` });
const standard =
  (id: string, at = new Date()): Sign =>
  (body, secret) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  });

interface Scheme {
  sender: string;
  sign: Sign;
  headers?: Headers;
  /** Whether the proof is about the body; tokens are not. */
  isSigned?: boolean;
  /** How the secrets are written. */
  secret?: (text: string) => string;
  body: string;
}

const plain = (text: string) => text;
const tokens = { sign: bearer, isSigned: false };
const schemes: Scheme[] = [
  {
    sender: 'github',
    sign: hmac('x-hub-signature-256', 'sha256='),
    ...deliveries.github,
  },
  {
    sender: 'gitlab',
    sign: (_body, secret) => ({ 'x-gitlab-token': secret }),
    isSigned: false,
    ...deliveries.gitlab,
  },
  {
    sender: 'gitlab',
    sign: standard('signed-1'),
    secret: standardSecret,
    ...deliveries.gitlab,
  },
  {
    sender: 'pagerduty',
    sign: hmac('x-pagerduty-signature', 'v1='),
    ...deliveries.pagerduty,
  },
  {
    sender: 'circleci',
    sign: hmac('circleci-signature', 'v1='),
    ...deliveries.circleci,
  },
  { sender: 'alertmanager', ...tokens, ...deliveries.alertmanager },
  { sender: 'argocd', ...tokens, ...deliveries.argocd },
  { sender: 'argo-rollouts', ...tokens, ...deliveries['argo-rollouts'] },
  { sender: 'flagger', ...tokens, ...deliveries.flagger },
  {
    sender: 'standard',
    sign: standard('std-1'),
    secret: standardSecret,
    body: JSON.stringify(deployed('w1', 'pay')),
  },
];

async function setUp(knex: Knex, scheme: Scheme) {
  const { secret = plain } = scheme;
  const server = await ingestServer({
    knex,
    entities: [serviceEntity('pay')],
    config: {
      webhooks: {
        [scheme.sender]: {
          secrets: [
            { secret: secret(OLD), validUntil: '2999-01-01' },
            { secret: secret(NEW) },
            { secret: secret(EXPIRED), validUntil: '2026-01-01' },
          ],
        },
      },
    },
  });
  const send = (headers: Headers, body = scheme.body) =>
    server.post(`/webhooks/${scheme.sender}`, body, {
      ...scheme.headers,
      ...headers,
    });
  return {
    ...server,
    send,
    signed: (text: string, body = scheme.body) =>
      send(scheme.sign(body, secret(text)), body),
    stored: async () => (await knex('events').select('event_id')).length,
  };
}

describe.each(databases.ids)('webhooks on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.open(id);
  });

  afterEach(() => knex.destroy());

  describe.each(schemes)('of $sender', scheme => {
    it('are taken with a right proof, once, with the old secret and with the new', async () => {
      const { signed, stored, audited } = await setUp(knex, scheme);
      const first = await signed(NEW);
      expect([first.status, first.body]).toEqual([
        202,
        expect.objectContaining({ duplicates: 0 }),
      ]);
      expect(first.body.accepted).toBeGreaterThan(0);
      expect(await stored()).toBe(first.body.accepted);
      expect(audited.success).toHaveBeenCalledTimes(1);

      const replayed = await signed(OLD);
      expect([replayed.status, replayed.body]).toEqual([
        202,
        {
          accepted: 0,
          duplicates: first.body.accepted,
          entityRefs: [],
          skipped: [],
        },
      ]);
      expect(await stored()).toBe(first.body.accepted);
    });

    it('are refused with a wrong, an expired or no proof, and with another body', async () => {
      const { signed, send, stored, logger } = await setUp(knex, scheme);
      const { sign, secret = plain, body, isSigned = true } = scheme;
      const wrong = await signed('another-secret');
      expect([wrong.status, wrong.body.error.message]).toEqual([
        401,
        expect.stringMatching(/fits none of the configured secrets/),
      ]);
      const expired = await signed(EXPIRED);
      expect([expired.status, expired.body.error.message]).toEqual([
        401,
        expect.stringMatching(/secret is no longer valid/),
      ]);
      const missing = await send({});
      expect([missing.status, missing.body.error.message]).toEqual([
        401,
        expect.stringMatching(/carries no proof/),
      ]);
      const changed = await send(
        sign(body, secret(isSigned ? NEW : 'another-secret')),
        `${body} `,
      );
      expect(changed.status).toBe(401);
      expect(await stored()).toBe(0);
      expect(await knex('deliveries').select()).toEqual([]);
      const logged = JSON.stringify(logger.warn.mock.calls);
      expect(logged).toMatch(/Webhooks of '.*' were refused/);
      for (const text of [NEW, OLD, EXPIRED, 'another-secret']) {
        expect(logged).not.toContain(secret(text));
      }
    });
  });

  it('are refused of a sender without a secret in force, saying what to do', async () => {
    const { post } = await ingestServer({
      knex,
      config: {
        webhooks: {
          pagerduty: {
            secrets: [{ secret: EXPIRED, validUntil: '2026-01-01' }],
          },
        },
      },
    });
    for (const sender of ['github', 'pagerduty']) {
      const reply = await post(`/webhooks/${sender}`, '{}', {
        'x-hub-signature-256': 'sha256=00',
      });
      expect([reply.status, reply.body.error.message]).toEqual([
        403,
        expect.stringContaining(`goldenPath.webhooks.${sender}.secrets`),
      ]);
    }
    const unknown = await post('/webhooks/nobody', '{}');
    expect([unknown.status, unknown.body.error.message]).toEqual([
      404,
      expect.stringMatching(/known are alertmanager, argo-rollouts, argocd/),
    ]);
  });

  it('are refused outside of five minutes, and with a time that is none', async () => {
    const scheme = schemes.find(({ sender }) => sender === 'standard')!;
    const { send, stored } = await setUp(knex, scheme);
    const { body } = scheme;
    const secret = standardSecret(NEW);
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    for (const [name, minutes] of [
      ['old', 6],
      ['new', -6],
    ] as const) {
      const reply = await send(standard(name, ago(minutes))(body, secret));
      expect([reply.status, reply.body.error.message]).toEqual([
        401,
        expect.stringMatching(/more than five minutes away/),
      ]);
    }
    const headers = standard('odd')(body, secret);
    const odd = await send({ ...headers, 'webhook-timestamp': 'soon' });
    expect(odd.status).toBe(401);
    // Signed for one id, sent with another
    expect((await send({ ...headers, 'webhook-id': 'other' })).status).toBe(
      401,
    );
    expect(await stored()).toBe(0);
    expect((await send(standard('ok', ago(4))(body, secret))).status).toBe(202);
  });

  it('may carry several signatures while the secret is changed', async () => {
    const pagerduty = schemes.find(({ sender }) => sender === 'pagerduty')!;
    const { send } = await setUp(knex, pagerduty);
    const of = (secret: string) =>
      pagerduty.sign(pagerduty.body, secret)['x-pagerduty-signature'];
    const both = await send({
      'x-pagerduty-signature': `${of('unknown-here')}, ${of(OLD)}`,
    });
    expect(both.status).toBe(202);
  });

  it('leave nothing behind when the message is not what its sender sends', async () => {
    const github = schemes.find(({ sender }) => sender === 'github')!;
    const { signed, stored } = await setUp(knex, github);
    const none = await signed(NEW, '{');
    expect([none.status, none.body.error.message]).toEqual([
      400,
      expect.stringMatching(/^The body is not JSON/),
    ]);
    const broken = await signed(NEW, '{"deployment_status": 1}');
    expect([broken.status, broken.body.error.message]).toEqual([
      400,
      expect.stringMatching(/^The message of 'github': /),
    ]);
    expect(await stored()).toBe(0);
    // The sender tries again after it was mended
    expect((await signed(NEW)).status).toBe(202);
    expect(await stored()).toBeGreaterThan(0);
  });

  it('are refused when they are too large', async () => {
    const flagger = schemes.find(({ sender }) => sender === 'flagger')!;
    const { signed } = await setUp(knex, flagger);
    const reply = await signed(NEW, `"${'x'.repeat(5_000_001)}"`);
    expect([reply.status, reply.body.error.message]).toEqual([
      413,
      expect.stringMatching(/larger than 5000000 bytes/),
    ]);
  });

  it('belong to the configured entity and environment where they name none', async () => {
    const secret = standardSecret(NEW);
    const { post, scan } = await ingestServer({
      knex,
      entities: [serviceEntity('pay')],
      config: {
        health: { environments: { production: ['live'] } },
        webhooks: {
          standard: {
            secrets: [{ secret }],
            entityRef: 'component:default/pay',
            environments: { production: ['eu-*'], staging: ['live'] },
          },
        },
      },
    });
    await scan();
    const event = (name: string, environment: string) => {
      const body = deployed(name, 'something-else') as any;
      body.subject.content.environment = { id: environment };
      return body;
    };
    const bodies = [event('e1', 'EU-west'), event('e2', 'live')];
    const body = JSON.stringify(bodies);
    const reply = await post(
      '/webhooks/standard',
      body,
      standard('several')(body, secret),
    );
    expect(reply.body).toMatchObject({
      accepted: 2,
      entityRefs: ['component:default/pay'],
    });
    const rows = await knex('events').orderBy('id').select();
    expect(rows.map(row => [row.entity_ref, row.environment])).toEqual([
      ['component:default/pay', 'production'],
      ['component:default/pay', 'staging'],
    ]);
    expect(JSON.parse(rows[0].body).subject.content.environment).toEqual({
      id: 'production',
      name: 'EU-west',
    });
  });

  it('of other modules are taken like the built-in ones', async () => {
    const { post } = await ingestServer({
      knex,
      config: { webhooks: { acme: { secrets: [{ secret: 'acme-secret' }] } } },
      senders: [
        {
          id: 'acme',
          verify: ({ headers }, secret) =>
            headers['x-acme'] === secret ? 'valid' : 'wrong',
          translate: ({ body }) => ({
            events: [deployed(`acme-${(body as { n: number }).n}`, 'pay')],
            skipped: [{ what: 'rest', reason: 'not read' }],
          }),
        },
      ],
    });
    const taken = await post('/webhooks/acme', '{"n":1}', {
      'x-acme': 'acme-secret',
    });
    expect([taken.status, taken.body]).toEqual([
      202,
      {
        accepted: 1,
        duplicates: 0,
        entityRefs: [],
        skipped: [{ what: 'rest', reason: 'not read' }],
      },
    ]);
  });
});

it('refuses a configured sender that is none, and a secret it cannot have, without repeating it', async () => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const starting = (webhooks: object) =>
    ingestServer({ knex, config: { webhooks } as any });
  await expect(starting({ githob: { secrets: [] } })).rejects.toThrow(
    /goldenPath.webhooks.githob is not a sender/,
  );
  await expect(
    starting({ standard: { secrets: [{ secret: 'not base64 !!' }] } }),
  ).rejects.toThrow(
    /^goldenPath.webhooks.standard.secrets\[0\].secret must be base64[^!]*$/,
  );
  await expect(
    starting({ github: { secrets: [{ secret: ' ' }] } }),
  ).rejects.toThrow(/secret must not be empty/);
});
