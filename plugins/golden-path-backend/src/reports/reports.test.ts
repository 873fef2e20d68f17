import { AuthorizeResult } from '@backstage/plugin-permission-common';
import createKnex, { Knex } from 'knex';
import { serviceEntity } from '../__testUtils__/fixtures';
import { migrate } from '../database/migrations';
import { ingestServer } from '../events/__testUtils__/ingestServer';

const pay = 'component:default/pay';
let knex: Knex;

beforeEach(async () => {
  knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
});

afterEach(() => knex.destroy());

async function start(config = {}) {
  const server = await ingestServer({
    knex,
    entities: [serviceEntity('pay'), serviceEntity('web')],
    config,
  });
  await server.scan();
  const contents = async () => {
    const rows = await knex('events').orderBy('id').select();
    return rows.map(row => ({
      ref: row.entity_ref,
      type: row.type.split('.').slice(2, 4).join('.'),
      environment: row.environment,
      content: JSON.parse(row.body).subject.content,
    }));
  };
  return { ...server, contents };
}

const sarif = (...rules: string[]) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'scanner', rules: [] } },
        results: rules.map(ruleId => ({
          ruleId,
          message: { text: ruleId },
          partialFingerprints: { primaryLocationLineHash: ruleId },
        })),
      },
    ],
  });

const focus = (tags: object) =>
  [
    'BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ProviderName,SubAccountId,Tags',
    ...Object.entries(tags).map(
      ([tag, amount]) =>
        `USD,Usage,2026-11-01T00:00:00Z,2026-11-01T01:00:00Z,${amount},aws,a1,"{""team/service"": ""${tag}""}"`,
    ),
  ].join('\n');

it('keeps what a scanner found, once for each commit and category', async () => {
  const { post, contents, audited } = await start();
  const send = (query: string, body = sarif('R1', 'R2')) =>
    post(`/findings?entityRef=${pay}&${query}`, body);
  const first = await send('sha=abc&environment=live&category=image');
  expect([first.status, first.body]).toEqual([
    202,
    { accepted: 1, duplicates: 0, entityRefs: [pay], skipped: [] },
  ]);
  expect((await contents())[0]).toMatchObject({
    ref: pay,
    type: 'goldenpath-scan.finished',
    environment: 'live',
    content: { tool: 'scanner', category: 'image', successful: true },
  });
  const again = await send('sha=abc&environment=live&category=image');
  expect(again.body).toMatchObject({ accepted: 0, duplicates: 1 });
  for (const query of [
    'sha=abd&environment=live&category=image',
    'sha=abc&environment=live&category=code',
  ]) {
    expect((await send(query)).body).toMatchObject({ accepted: 1 });
  }
  expect(await contents()).toHaveLength(3);
  expect(audited.success).toHaveBeenCalledTimes(4);
});

it('says what is wrong, and keeps nothing then', async () => {
  const { post, contents, catalog, audited } = await start();
  const refused = async (path: string, body: string) => {
    const { status, body: reply } = await post(path, body);
    return [status, reply.error.message];
  };
  catalog.hidden.add('component:default/web');
  const findings = `/findings?entityRef=`;
  expect(await refused(`${findings}web`, sarif())).toEqual([
    404,
    'There is no entity component:default/web',
  ]);
  expect(await refused('/findings', sarif())).toEqual([
    400,
    expect.stringMatching(/^entityRef: /),
  ]);
  expect(await refused(`${findings}pay&shaa=1`, sarif())).toEqual([
    400,
    expect.stringMatching(/shaa/),
  ]);
  expect(await refused(`${findings}pay`, '{')).toEqual([
    400,
    expect.stringMatching(/^The body is not JSON/),
  ]);
  expect(await refused(`${findings}pay`, '{"runs": 1}')).toEqual([
    400,
    expect.stringMatching(/SARIF/),
  ]);
  expect(await refused('/vex?entityRef=pay', '{}')).toEqual([
    400,
    expect.stringMatching(/neither OpenVEX/),
  ]);
  expect(
    await refused('/vex?entityRef=pay', `"${'x'.repeat(5_000_000)}"`),
  ).toEqual([413, expect.stringMatching(/larger than 5000000 bytes/)]);
  expect(await contents()).toEqual([]);
  expect(audited.fail).toHaveBeenCalledTimes(6);
});

it('needs the permission to send events', async () => {
  const { post, permissions } = await start();
  permissions.authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
  for (const path of ['findings', 'vex', 'costs', 'flags', 'events']) {
    const { status, body } = await post(`/${path}?entityRef=pay`, '{}');
    expect([status, body.error.message]).toEqual([
      403,
      'This needs the permission golden-path.event.create',
    ]);
  }
});

it('keeps a bill by the tag that names the entity, and says what belongs to nobody', async () => {
  const { post, contents, catalog } = await start({
    costs: { tag: 'team/service' },
  });
  catalog.hidden.add('component:default/web');
  const body = focus({ pay: 3, [pay]: 4, web: 5, other: 6 });
  const send = () =>
    post('/costs?environment=live', body, { 'content-type': 'text/csv' });
  const { status, body: reply } = await send();
  expect([status, reply]).toEqual([
    202,
    {
      accepted: 1,
      duplicates: 0,
      entityRefs: [pay],
      skipped: [expect.objectContaining({ what: '2 of 4 charges' })],
    },
  ]);
  expect(await contents()).toEqual([
    expect.objectContaining({
      ref: pay,
      type: 'goldenpath-cost.charged',
      environment: 'live',
      content: expect.objectContaining({ amount: 7, currency: 'USD' }),
    }),
  ]);
  expect((await send()).body).toMatchObject({ accepted: 0, duplicates: 1 });
});

it('keeps what OpenCost says, by the name of the allocation', async () => {
  const { post, contents } = await start();
  const allocation = (cost: number) => ({
    window: { start: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z' },
    totalCost: cost,
  });
  const { body } = await post(
    '/costs?currency=EUR',
    JSON.stringify({
      code: 200,
      data: [{ pay: allocation(2), __idle__: allocation(9) }],
    }),
  );
  expect(body).toMatchObject({ accepted: 1, entityRefs: [pay] });
  expect((await contents())[0].content).toMatchObject({
    amount: 2,
    currency: 'EUR',
  });
});

it('keeps the flags of an entity as they are each day', async () => {
  const { post, contents } = await start();
  const flagd = JSON.stringify({
    flags: {
      dark: {
        state: 'ENABLED',
        variants: { on: true, off: false },
        defaultVariant: 'off',
      },
    },
  });
  const send = () => post('/flags?entityRef=pay&environment=production', flagd);
  expect((await send()).body).toMatchObject({ accepted: 1 });
  expect((await send()).body).toMatchObject({ accepted: 0, duplicates: 1 });
  expect(await contents()).toMatchObject([
    {
      ref: pay,
      type: 'goldenpath-flags.observed',
      environment: 'production',
      content: { provider: 'flagd', flags: [{ key: 'dark' }] },
    },
  ]);
});

it('keeps what is known of vulnerabilities', async () => {
  const { post, contents } = await start();
  const vex = JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'security',
    timestamp: '2026-11-01T10:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2026-1' },
        products: [{ '@id': 'pkg:npm/left-pad@1.0.0' }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
      },
    ],
  });
  const send = () => post('/vex?entityRef=pay', vex);
  expect((await send()).body).toMatchObject({ accepted: 1 });
  expect((await send()).body).toMatchObject({ accepted: 0, duplicates: 1 });
  expect(await contents()).toMatchObject([
    { ref: pay, type: 'goldenpath-vex.stated' },
  ]);
});
