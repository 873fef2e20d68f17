import { createMockDirectory } from '@backstage/backend-test-utils';
import { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import { serviceEntity, teamEntity } from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';

jest.setTimeout(60_000);

const check = (id: string, pass: string, more = '') => `
    - id: ${id}
      title: ${id} holds
      category: ownership
      level: bronze
      facts: [catalog]
      pass: ${pass}${more}`;
const pathText = (version: string, ...checks: string[]) => `
apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata: { name: service, title: Production service }
spec:
  owner: group:default/platform
  version: ${version}
  appliesTo: { kind: Component, spec.type: service }
  levels: [bronze]
  checks:${checks.join('')}
`;
const OWNED = check('OWN-01', 'catalog.ownerExists');
const NAMED = check('NAME-01', 'catalog.name.startsWith("a")');
const FIRST = pathText('1.0.0', OWNED);
const SECOND = pathText('2.0.0', OWNED, NAMED);

const databases = testDatabases();
const folder = createMockDirectory();

const group = (name: string, parent?: string) => ({
  ...teamEntity,
  metadata: { name, namespace: 'default' },
  relations: parent
    ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
    : [],
});

describe.each(databases.ids)('the fleet on %s', id => {
  let knex: Knex;
  let catalog: FakeCatalog;

  async function start(config = {}) {
    const backend = await startBackend({
      knex,
      catalog,
      repositories: new FakeRepositories(),
      paths: [folder.path],
      config,
    });
    await backend.reconcile();
    const client = new GoldenPathClient({
      fetchApi: { fetch },
      discoveryApi: {
        getBaseUrl: async plugin =>
          `http://127.0.0.1:${backend.backend.server.port()}/api/${plugin}`,
      },
    });
    return { ...backend, client };
  }

  beforeEach(async () => {
    knex = await databases.open(id);
    folder.setContent({ 'service.yaml': FIRST });
    catalog = new FakeCatalog();
    catalog.set(
      group('area'),
      group('team', 'area'),
      serviceEntity('alpha', { owner: 'team' }),
      serviceEntity('beta', { owner: 'nobody' }),
      serviceEntity('gamma', { owner: 'area' }),
    );
  });

  const refs = (page: { items: { entityRef: string }[] }) =>
    page.items.map(item => item.entityRef.replace('component:default/', ''));

  it('is filtered, sorted and paged by the server', async () => {
    const { client, get } = await start();
    expect(refs(await client.getScorecards())).toEqual([
      'alpha',
      'beta',
      'gamma',
    ]);
    const query = { orderBy: 'score', order: 'desc', limit: 2 } as const;
    const page = await client.getScorecards(query);
    expect(refs(page)).toEqual(['alpha', 'gamma']);
    expect(page.totalItems).toBe(3);
    const rest = await client.getScorecards({
      ...query,
      cursor: page.nextCursor,
    });
    expect(refs(rest)).toEqual(['beta']);
    expect(rest.nextCursor).toBeUndefined();
    expect(rest.items[0]).toMatchObject({
      owner: 'group:default/nobody',
      level: null,
      score: { raw: 0 },
      failing: 1,
      failingChecks: ['OWN-01'],
      observedAt: expect.any(String),
    });
    const area = { owner: 'group:default/area' };
    expect(refs(await client.getScorecards(area))).toEqual(['alpha', 'gamma']);
    expect(refs(await client.getScorecards({ level: 'none' }))).toEqual([
      'beta',
    ]);
    expect(refs(await client.getScorecards({ search: 'GAM' }))).toEqual([
      'gamma',
    ]);
    expect(refs(await client.getScorecards({ search: '%' }))).toEqual([]);
    const failing = await client.getScorecards({
      path: 'service',
      check: 'OWN-01',
    });
    expect(refs(failing)).toEqual(['beta']);
    expect(failing.items[0].check).toMatchObject({ verdict: 'fail' });
    const passing = { path: 'service', check: 'OWN-01', verdict: 'pass' };
    expect((await client.getScorecards(passing as any)).totalItems).toBe(2);
    for (const wrong of [
      '/scorecards?check=OWN-01',
      '/scorecards?path=service&check=NONE',
      '/scorecards?verdict=fail',
      '/scorecards?orderBy=colour',
      '/scorecards?limit=0',
      '/scorecards?cursor=xyz',
    ]) {
      expect([wrong, (await get(wrong)).status]).toEqual([wrong, 400]);
    }
  });

  it('is rolled up, groups below counted once', async () => {
    const { client } = await start();
    const { items, total } = await client.getSummary({ groupBy: 'owner' });
    expect(items.map(item => [item.key, item.scorecards, item.parent])).toEqual(
      [
        ['group:default/area', 2, null],
        ['group:default/nobody', 1, null],
        ['group:default/team', 1, 'group:default/area'],
      ],
    );
    expect(total).toMatchObject({
      scorecards: 3,
      levels: { bronze: 2, none: 1 },
      failing: 1,
    });
    expect(total.score.raw).toBeCloseTo(66.67, 1);
    const checks = await client.getPathChecks('service');
    expect(checks.items).toMatchObject([
      { id: 'OWN-01', verdicts: { pass: 2, fail: 1, unknown: 0 } },
    ]);
  });

  it('is given as CSV, with formulas defused', async () => {
    catalog.set({
      ...serviceEntity('alpha', { owner: 'team' }),
      metadata: {
        ...serviceEntity('alpha').metadata,
        title: '=HYPERLINK("x")',
      },
    });
    const { client } = await start();
    const [header, first, ...rest] = (
      await client.getScorecardsCsv({ orderBy: 'entity' })
    )
      .trim()
      .split('\r\n');
    expect(header).toMatch(/^entity,title,owner,/);
    expect(first).toMatch(/^component:default\/alpha,"'=HYPERLINK/);
    expect(rest).toHaveLength(2);
    expect(
      (await client.getScorecardsCsv({ level: 'none' })).trim().split('\r\n'),
    ).toHaveLength(2);
  });

  it('is judged again from stored facts when a path changes', async () => {
    const { client, judge } = await start();
    const ref = 'component:default/beta';
    folder.setContent({ 'service.yaml': SECOND });
    await judge();
    const [card] = (await client.getScorecard(ref)).scorecards;
    expect(card.path.version).toBe('2.0.0');
    expect(card.checks.map(({ id: name, verdict }) => [name, verdict])).toEqual(
      [
        ['OWN-01', 'fail'],
        ['NAME-01', 'fail'],
      ],
    );
    expect(await knex('work').select()).toEqual([]);
    const { items } = await client.getHistory('component:default/gamma');
    expect(items).toHaveLength(2);
    expect(items[0].change).toMatchObject({
      raw: { from: 100, to: 50 },
      parts: [
        {
          cause: 'standard',
          raw: -50,
          checks: [{ id: 'NAME-01', from: null, to: 'fail' }],
        },
      ],
    });
    const { versions } = await client.getPath('service');
    expect(versions.map(({ version, current }) => [version, current])).toEqual([
      ['2.0.0', true],
      ['1.0.0', false],
    ]);
    const old = await client.getPath('service', { version: '1.0.0' });
    expect(old.path.spec.checks).toHaveLength(1);
  });

  it('goes stale when a fact expires, though nobody asks', async () => {
    const { client, judge } = await start();
    const past = new Date(Date.now() - 1000).toISOString();
    await knex('facts').update({ expires_at: past });
    await judge();
    const ref = 'component:default/alpha';
    expect((await client.getScorecard(ref)).scorecards[0].level).toBe('bronze');
    await knex('results').update({ judge_at: past });
    await judge();
    const [card] = (await client.getScorecard(ref)).scorecards;
    expect(card).toMatchObject({
      level: null,
      score: { low: 0, high: 100 },
      checks: [{ verdict: 'stale' }],
    });
    const [newest] = (await client.getHistory(ref)).items;
    expect(newest.change?.parts).toMatchObject([
      { cause: 'collector', raw: -100 },
    ]);
    expect((await client.getSources()).items).toContainEqual(
      expect.objectContaining({
        source: 'catalog',
        circuit: 'closed',
        facts: 3,
        expired: 3,
      }),
    );
  });

  it('shows what a changed path would do, before it is in force', async () => {
    const { client, post } = await start();
    const text = SECOND;
    const comparison = await client.previewPath({ text, days: 30 });
    expect(comparison).toMatchObject({
      path: { name: 'service', before: '1.0.0', after: '2.0.0' },
      total: { entities: 3, fall: 1, same: 2, rise: 0 },
      replay: { entities: 3 },
    });
    expect(comparison.entities[0]).toMatchObject({
      entityRef: 'component:default/gamma',
      before: { level: 'bronze' },
      after: { level: null },
    });
    expect(await knex('results').distinct('path_version')).toEqual([
      { path_version: '1.0.0' },
    ]);
    const other = await client.previewPath({
      text: text.replace('name: service', 'name: other'),
    });
    expect(other.path.before).toBeNull();
    expect(other.total.covered).toBe(3);
    const wrong = await post('/paths/preview', {
      text: text.replace('ownerExists', 'ownerExists +'),
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toMatch(/path:\d+ .*pass/);
    expect((await post('/paths/preview', { text: '' })).status).toBe(400);
    expect((await post('/paths/preview', '{')).status).toBe(400);
  });

  it('counts waivers beside the score, once approved, until they end', async () => {
    const { client, settle } = await start({
      waivers: { allowSelfApproval: true },
    });
    const ref = 'component:default/beta';
    const asked = await client.requestWaiver({
      entityRef: ref,
      check: 'OWN-01',
      reason: 'The team is being formed',
      expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    });
    const card = async () => (await client.getScorecard(ref)).scorecards[0];
    await settle();
    expect((await card()).level).toBeNull();
    await client.decideWaiver(asked.id, 'approve');
    await settle();
    expect(await card()).toMatchObject({
      level: 'bronze',
      score: { raw: 0, adjusted: null },
      checks: [{ verdict: 'waived', waiver: { id: asked.id } }],
    });
    expect((await client.getHistory(ref)).items[0].change).toMatchObject({
      parts: [{ cause: 'waiver', raw: 0 }],
    });
    const waived = { path: 'service', check: 'OWN-01', verdict: 'waived' };
    expect(refs(await client.getScorecards(waived as any))).toEqual(['beta']);
    await client.decideWaiver(asked.id, 'revoke', 'It took too long');
    await settle();
    expect((await card()).checks[0].verdict).toBe('fail');
  });

  it('has badges, for anybody only when that is wanted', async () => {
    const { get } = await start({ badges: { public: true } });
    const badge = await get('/badges/component/default/alpha.svg');
    expect(badge.status).toBe(200);
    expect(badge.headers['content-type']).toMatch('image/svg+xml');
    expect(badge.body.toString()).toContain('bronze, 100 of 100');
    const none = await get('/badges/component/default/none.svg');
    expect(none.body.toString()).toContain('not scored');
  });
});
