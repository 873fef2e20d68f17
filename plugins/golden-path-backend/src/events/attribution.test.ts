import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { deployed, serviceEntity } from '../__testUtils__/fixtures';
import { ingestServer } from './__testUtils__/ingestServer';

jest.setTimeout(60_000);

const databases = testDatabases();
const REPOSITORY = 'https://github.com/acme/mono';

function inFolder(name: string, url: string): Entity {
  const entity = serviceEntity(name);
  entity.metadata.annotations = {
    'backstage.io/source-location': `url:${url}`,
  };
  return entity;
}

const merged = (id: string, paths?: string[], repository = REPOSITORY) => ({
  context: {
    specversion: '0.5.1',
    id,
    source: '/forge',
    type: 'dev.cdevents.change.merged.0.3.0',
    timestamp: '2026-11-01T10:00:00Z',
  },
  subject: {
    id: 'c1',
    source: '/forge',
    content: { repository: { id: repository } },
  },
  ...(paths && { customData: { goldenPath: { paths } } }),
});

describe.each(databases.ids)('entities of one repository on %s', id => {
  let knex: Knex;

  const start = async () => {
    knex = await databases.open(id);
    const server = await ingestServer({
      knex,
      entities: [
        inFolder('mono', `${REPOSITORY}/tree/main/`),
        inFolder('pay', `${REPOSITORY}/tree/main/services/pay/`),
        inFolder('web', `${REPOSITORY}/tree/main/services/web/`),
        inFolder('pay-api', `${REPOSITORY}/tree/main/services/pay-api/`),
      ],
    });
    await server.scan();
    const names = async (event: object) => {
      const { body } = await server.post('/events', JSON.stringify(event));
      return body.entityRefs.length > 0
        ? body.entityRefs.map((ref: string) => ref.split('/')[1])
        : body.unattached[0].reason;
    };
    return { ...server, names };
  };

  afterEach(() => knex.destroy());

  it('are told apart by the files a change touches', async () => {
    const { names, events, onIngested } = await start();
    expect(await names(merged('m1', ['services/pay/src/a.ts']))).toEqual([
      'pay',
    ]);
    expect(
      await names(
        merged('m2', ['/services/WEB/a.ts', './services/pay/b.ts', 'x.md']),
      ),
    ).toEqual(['mono', 'pay', 'web']);
    expect(await names(merged('m3', ['README.md']))).toEqual(['mono']);
    expect(await names(merged('m4'))).toEqual('ambiguous');
    expect(await names(merged('m5', ['a'], `${REPOSITORY}2`))).toEqual(
      'not-found',
    );
    const of = async (name: string) =>
      (
        await events.list({
          entityRef: `component:default/${name}`,
          limit: 10,
        })
      ).map(event => event.id);
    expect(await of('pay')).toEqual(['m2', 'm1']);
    expect(await of('web')).toEqual(['m2']);
    expect(await of('mono')).toEqual(['m3', 'm2']);
    expect(await of('pay-api')).toEqual([]);
    expect(onIngested.mock.calls[1]).toEqual([
      ['mono', 'pay', 'web'].map(name => `component:default/${name}`),
    ]);
    expect(await knex('work').pluck('entity_ref')).toEqual(
      expect.arrayContaining(['component:default/web']),
    );
  });

  it('count an event once each, however often it comes', async () => {
    const { names, post, events } = await start();
    const both = merged('m1', ['services/pay/a', 'services/web/a']);
    await names(both);
    const { body } = await post('/events', JSON.stringify([both, both]));
    expect(body).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(
      await events.list({ entityRef: 'component:default/web', limit: 9 }),
    ).toHaveLength(1);
  });

  it('are found for events that came before them', async () => {
    const { names, scan, attacher, events } = await start();
    const other = 'https://github.com/acme/other';
    const event = merged('m1', ['a/x', 'b/x', 'c/x'], other);
    expect(await names(event)).toBe('not-found');
    await scan([
      inFolder('a', `${other}/tree/main/a/`),
      inFolder('b', `${other}/tree/main/b/`),
    ]);
    expect(await attacher.attach()).toBe(1);
    for (const name of ['a', 'b']) {
      const entityRef = `component:default/${name}`;
      expect(await events.list({ entityRef, limit: 9 })).toHaveLength(1);
      expect(
        await events.lastHeard({ entityRef, types: ['dev.cdevents.change.'] }),
      ).toEqual(expect.any(Date));
    }
  });

  it('are asked of the catalog once for many events, and not again within a minute', async () => {
    const { post, catalog } = await start();
    const calls = () => catalog.requests;
    const before = calls();
    const send = (from: number) =>
      post(
        '/events',
        JSON.stringify(
          Array.from({ length: 200 }, (_, n) =>
            deployed(`d${from + n}`, n % 2 ? 'pay' : 'web'),
          ),
        ),
      );
    expect((await send(0)).body.accepted).toBe(200);
    expect(calls() - before).toBe(1);
    expect((await send(200)).body.accepted).toBe(200);
    expect(calls() - before).toBe(1);
  });
});
