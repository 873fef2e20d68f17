import { renderedDigest, SourceFile } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { ContentStore } from './ContentStore';
import { RenderingStore } from './RenderingStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-21T10:00:00.000Z');

const files: SourceFile[] = [
  { path: 'a.sh', mode: '100755', content: Buffer.from('echo a\n') },
  { path: 'b.txt', mode: '100644', content: Buffer.from('') },
  { path: 'c', mode: '120000', content: Buffer.from('b.txt') },
  { path: 'd.bin', mode: '100644', content: Buffer.from([0, 255, 0]) },
];

function rendering(of: SourceFile[]) {
  return {
    templateRef: 'template:default/node',
    inputDigest: `sha256:${'1'.repeat(64)}`,
    engine: 'nunjitsu@0.6.1',
    files: of,
  };
}

describe.each(databases.ids)('RenderingStore on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.open(id);
  });

  const store = () =>
    new RenderingStore({ knex, contents: new ContentStore({ knex }) });

  it('gives back every byte and mode', async () => {
    await store().keep(rendering(files), now);
    const read = await store().read(renderedDigest(files));
    expect(
      read?.map(file => ({ ...file, content: Buffer.from(file.content) })),
    ).toEqual(files);
    expect(await store().read(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
  });

  it('keeps a rendering once, whoever brings it', async () => {
    await Promise.all([
      store().keep(rendering(files), now),
      store().keep(rendering(files), now),
    ]);
    const one = store();
    await one.keep(rendering(files), now);
    await one.keep(rendering(files), now);
    expect(await knex('renderings')).toHaveLength(1);
    expect(await knex('contents')).toHaveLength(4);
  });

  it('gives nothing when a content is missing', async () => {
    await store().keep(rendering(files), now);
    const [{ digest }] = await knex('contents').select('digest').limit(1);
    await knex('contents').where({ digest }).delete();
    expect(await store().read(renderedDigest(files))).toBeUndefined();
  });

  it('keeps none with a very large file', async () => {
    const large: SourceFile[] = [
      { path: 'x', mode: '100644', content: Buffer.alloc(2_000_001) },
    ];
    await store().keep(rendering(large), now);
    expect(await knex('renderings')).toHaveLength(0);
  });
});
