import { createMockDirectory } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import { deployed, PATH_TEXT, serviceEntity } from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';

jest.setTimeout(60_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});

/** A service with annotations beside those of the fixture. */
function annotated(name: string, annotations: Record<string, string>): Entity {
  const entity = serviceEntity(name);
  Object.assign(entity.metadata.annotations!, annotations);
  return entity;
}

/** An event that says something of its artifact or repository, and nothing of its service. */
function finding(subject: 'artifact' | 'change', id: string, content: object) {
  const predicate = subject === 'artifact' ? 'packaged' : 'merged';
  return {
    context: {
      specversion: '0.5.1',
      id: `${subject} ${id}`,
      source: '/ci',
      type: `dev.cdevents.${subject}.${predicate}.0.2.0`,
      timestamp: '2026-11-01T10:00:00Z',
    },
    subject: { id, source: '/ci', content },
  };
}

const packaged = (id: string) => finding('artifact', id, {});
const merged = (id: string, source?: string) =>
  finding('change', id, { repository: { id, source } });

describe.each(databases.ids)('entities of delivery events on %s', id => {
  let knex: Knex;
  let catalog: FakeCatalog;

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
  });

  const start = () =>
    startBackend({
      knex,
      catalog,
      repositories: new FakeRepositories(),
      paths: [pathFolder.path],
    });

  it('are found by service id, artifact and repository', async () => {
    catalog.set(
      annotated('pay', {
        'golden-path.dev/service-id': 'PAY-7',
        'golden-path.dev/artifact':
          'pkg:oci/pay?repository_url=ghcr.io/acme/pay, ghcr.io/acme/pay-job',
        'github.com/project-slug': 'Acme/Pay',
      }),
      annotated('shop', { 'golden-path.dev/artifact': 'pkg:npm/%40acme/' }),
      annotated('cart', { 'golden-path.dev/artifact': 'pkg:npm/@acme/cart' }),
    );
    const { post, reconcile } = await start();
    await reconcile();
    const entityOf = async (event: object) => {
      const { entityRefs, unattached } = (await post('/events', event)).body;
      return (
        entityRefs[0]?.replace('component:default/', '') ?? unattached[0].reason
      );
    };
    expect(await entityOf(deployed('1', 'PAY-7'))).toBe('pay');
    expect(await entityOf(deployed('2', 'Pay'))).toBe('pay');
    expect(await entityOf(deployed('3', 'pay-8'))).toBe('not-found');
    expect(
      await entityOf(
        packaged(
          'pkg:oci/pay@sha256%3Aab?repository_url=ghcr.io/acme/pay&tag=1',
        ),
      ),
    ).toBe('pay');
    expect(await entityOf(packaged('pkg:oci/pay@sha256%3Aab'))).toBe(
      'not-found',
    );
    expect(await entityOf(packaged('ghcr.io/acme/pay-job:1.2'))).toBe('pay');
    expect(await entityOf(packaged('pkg:npm/%40acme/ui@1.0.0'))).toBe('shop');
    expect(await entityOf(packaged('pkg:npm/%40acme/cart@1.0.0'))).toBe('cart');
    expect(await entityOf(packaged('pkg:npm/%40acmes/ui@1.0.0'))).toBe(
      'not-found',
    );
    expect(await entityOf(merged('https://github.com/acme/pay.git'))).toBe(
      'pay',
    );
    expect(await entityOf(merged('acme/pay', '/forge'))).toBe('pay');
    expect(await entityOf(merged('pay', '/forge'))).toBe('not-found');
  });

  it('are not guessed among several, and the reply says so', async () => {
    catalog.set(
      serviceEntity('pay'),
      annotated('payments', { 'golden-path.dev/service-id': 'pay' }),
    );
    const { post, get, reconcile } = await start();
    await reconcile();
    expect((await post('/events', deployed('d1', 'pay'))).body).toEqual({
      accepted: 1,
      duplicates: 0,
      entityRefs: [],
      unattached: [{ source: '/ci', id: 'd1', reason: 'ambiguous' }],
    });
    catalog.hidden.add('component:default/payments');
    // What may be seen is believed for a minute, by this backend
    const other = await start();
    const { body } = await other.post('/events', deployed('d2', 'pay'));
    expect(body.unattached).toMatchObject([{ reason: 'not-found' }]);
    await reconcile();
    expect(
      (await get('/entities/component/default/pay/events')).body.items,
    ).toEqual([]);
  });

  it('may come after their events', async () => {
    const { post, get, reconcile } = await start();
    await post('/events', [
      deployed('d1', 'PAY-7'),
      deployed('d2', 'other'),
      merged('https://git.example.com/pay'),
    ]);
    await reconcile();
    const pay = '/entities/component/default/pay';
    catalog.set(annotated('pay', { 'golden-path.dev/service-id': 'PAY-7' }));
    await reconcile();
    expect(
      (await get(`${pay}/events`)).body.items.map((item: any) => item.id),
    ).toEqual(['d1', 'change https://git.example.com/pay']);
    const { checks } = (await get(`${pay}/scorecard`)).body.scorecards[0];
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'OPS-01', verdict: 'pass' }),
    );
    expect(await knex('event_hints').distinct('event_row')).toHaveLength(1);
    expect((await post('/events', deployed('d1', 'PAY-7'))).body).toMatchObject(
      { accepted: 0, duplicates: 1, unattached: [] },
    );
  });

  it('are not attached later behind the back of who may not see them', async () => {
    catalog.set(serviceEntity('secret'));
    catalog.hidden.add('component:default/secret');
    const { post, get, reconcile } = await start();
    await reconcile();
    await post('/events', deployed('d1', 'secret'));
    catalog.set(serviceEntity('secret', { etag: 'e2' }));
    await reconcile();
    catalog.hidden.clear();
    expect(
      (await get('/entities/component/default/secret/events')).body.items,
    ).toEqual([]);
  });

  it('lose their names when they leave the catalog', async () => {
    catalog.set(annotated('pay', { 'golden-path.dev/service-id': 'PAY-7' }));
    const { reconcile } = await start();
    await reconcile();
    expect(await knex('entity_hints').select()).not.toEqual([]);
    catalog.remove('component:default/pay');
    await reconcile();
    expect(await knex('entity_hints').select()).toEqual([]);
  });
});
