import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { EntityStore, SeenChanges } from './EntityStore';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.ids)('EntityStore on %s', id => {
  let knex: Knex;
  let store: EntityStore;

  beforeAll(async () => {
    knex = await databases.open(id);
    store = new EntityStore({ knex });
  });

  beforeEach(() => knex('entities').delete());

  async function see(
    entities: Record<string, string>,
    options: { pathsDigest?: string; seenAt?: string } = {},
  ): Promise<SeenChanges> {
    const all: SeenChanges = { changed: [], otherPaths: [] };
    await store.see({
      entities: Object.entries(entities).map(([entityRef, etag]) => ({
        entityRef,
        etag,
        sourceUrl: `https://git.example.com/${entityRef}/tree/main/`,
        hints: [],
      })),
      pathsDigest: options.pathsDigest ?? 'p1',
      seenAt: new Date(options.seenAt ?? '2026-11-21T10:00:00Z'),
      async onChanges({ changed, otherPaths }) {
        all.changed.push(...changed);
        all.otherPaths.push(...otherPaths);
      },
    });
    return all;
  }

  it('tells new and changed entities from those under other paths', async () => {
    expect(await see({ a: '1', b: '1' })).toEqual({
      changed: ['a', 'b'],
      otherPaths: [],
    });
    expect(await see({ a: '1', b: '2' })).toEqual({
      changed: ['b'],
      otherPaths: [],
    });
    expect(await see({ a: '1', b: '3' }, { pathsDigest: 'p2' })).toEqual({
      changed: ['b'],
      otherPaths: ['a'],
    });
  });

  it('does not mark a change as seen when queueing it fails', async () => {
    await expect(
      store.see({
        entities: [{ entityRef: 'a', etag: '1', hints: [] }],
        pathsDigest: 'p1',
        seenAt: new Date(),
        onChanges: async () => {
          throw new Error('queue is down');
        },
      }),
    ).rejects.toThrow('queue is down');
    expect(await see({ a: '1' })).toMatchObject({ changed: ['a'] });
  });

  it('forgets what a later scan did not see', async () => {
    await see({ a: '1', b: '1' });
    await see({ a: '1' }, { seenAt: '2026-11-21T10:01:00Z' });
    const gone: string[] = [];
    await store.forgetUnseen({
      before: new Date('2026-11-21T10:01:00Z'),
      onForgotten: async refs => {
        gone.push(...refs);
      },
    });
    expect(gone).toEqual(['b']);
    expect(await see({ a: '1', b: '1' })).toMatchObject({ changed: ['b'] });
  });

  it('meets an entity before a scan does, and leaves its changes to the scan', async () => {
    const meet = (etag: string) =>
      store.meet(
        { entityRef: 'a', etag, sourceUrl: 'https://x.example/a', hints: [] },
        { pathsDigest: 'p1', seenAt: new Date('2026-11-21T10:00:00Z') },
      );
    await meet('1');
    expect(await store.atSource('https://x.example/a')).toEqual(['a']);
    expect(await see({ a: '1' })).toEqual({ changed: [], otherPaths: [] });
    await meet('2');
    expect(await see({ a: '2' })).toMatchObject({ changed: ['a'] });
  });

  it('takes an entity that a page holds twice once', async () => {
    const twice = [1, 2].map(n => ({
      entityRef: 'a',
      etag: String(n),
      hints: [],
    }));
    await store.see({
      entities: twice,
      pathsDigest: 'p1',
      seenAt: new Date('2026-11-21T10:00:00Z'),
      onChanges: async () => {},
    });
    expect(await see({ a: '2' })).toMatchObject({ changed: [] });
  });

  it('finds entities at and below an address, and no neighbours', async () => {
    await see({ pay: '1', 'pay-ui': '1', pa_: '1' });
    const at = (url: string) => store.atSource(url);
    expect(await at('https://git.example.com/pay')).toEqual(['pay']);
    expect(await at('https://git.example.com/pay/tree/main/')).toEqual(['pay']);
    expect(await at('https://git.example.com/pa_')).toEqual(['pa_']);
    expect(await at('https://git.example.com/pa')).toEqual([]);
  });
});
