import { testDatabases } from '../__testUtils__/databases';
import { ServiceEditStore } from './ServiceEditStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const templateRef = 'template:default/node';
const edit = (fingerprint: string, patch = '@@ -1 +1 @@\n-a\n+b\n') => ({
  fingerprint,
  path: 'Dockerfile',
  patch,
});

describe.each(databases.ids)('ServiceEditStore on %p', (id: any) => {
  it('finds what enough services changed alike', async () => {
    const knex = await databases.open(id);
    const store = new ServiceEditStore({ knex });
    const write = (name: string, fingerprints: string[], layerId = 'service') =>
      store.replace({
        entityRef: `component:default/${name}`,
        layerId,
        templateRef,
        edits: fingerprints.map(fingerprint => edit(fingerprint)),
      });
    await write('a', ['x', 'y']);
    await write('b', ['x', 'y', 'z']);
    await write('c', ['x']);
    // Two layers of one service are one service
    await write('a', ['y'], 'second');
    expect(await store.shared({ templateRef, threshold: 3 })).toEqual([
      {
        ...edit('x'),
        services: ['a', 'b', 'c'].map(name => `component:default/${name}`),
      },
    ]);
    expect(
      (await store.shared({ templateRef, threshold: 2 })).map(
        ({ fingerprint }) => fingerprint,
      ),
    ).toEqual(['x', 'y']);

    await write('c', []);
    expect(await store.shared({ templateRef, threshold: 3 })).toEqual([]);
    expect(
      await store.shared({ templateRef: 'template:default/x', threshold: 1 }),
    ).toEqual([]);
  });

  it('takes lines only from services that count', async () => {
    const knex = await databases.open(id);
    const store = new ServiceEditStore({ knex });
    for (const name of ['a', 'b', 'c', 'd']) {
      await store.replace({
        entityRef: `component:default/${name}`,
        layerId: 'service',
        templateRef,
        edits: [edit('x', `@@ -1 +1 @@\n secret of ${name}\n`)],
      });
    }
    const among = new Set(['b', 'c', 'd'].map(n => `component:default/${n}`));
    const [shared] = await store.shared({ templateRef, threshold: 3, among });
    expect(shared.services).toEqual([...among]);
    expect(shared.patch).toContain('secret of b');
    among.delete('component:default/d');
    expect(await store.shared({ templateRef, threshold: 3, among })).toEqual(
      [],
    );
  });

  it('keeps what one service can fill within bounds', async () => {
    const knex = await databases.open(id);
    const store = new ServiceEditStore({ knex });
    await store.replace({
      entityRef: 'component:default/a',
      layerId: 'service',
      templateRef,
      edits: [
        edit('long', 'x'.repeat(30_000)),
        ...Array.from({ length: 300 }, (_, n) => edit(`f${n}`)),
      ],
    });
    const kept = await store.shared({ templateRef, threshold: 1 });
    expect(kept).toHaveLength(200);
    expect(kept.map(({ fingerprint }) => fingerprint)).not.toContain('long');
  });
});
