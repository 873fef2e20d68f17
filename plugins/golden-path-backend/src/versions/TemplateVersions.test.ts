import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { templateOf } from '../__testUtils__/stampedService';
import { templateFolder } from '../__testUtils__/templates';
import { ContentStore } from '../database/ContentStore';
import { TemplateVersionStore } from '../database/TemplateVersionStore';
import { TemplateVersions } from './TemplateVersions';

jest.setTimeout(60_000);

const databases = testDatabases();
const ref = 'template:default/node';
const folder = templateFolder('1.0.0', 'hello');

describe.each(databases.ids)('TemplateVersions on %s', id => {
  let knex: Knex;
  let now: Date;

  beforeEach(async () => {
    knex = await databases.open(id);
    now = new Date('2026-11-21T10:00:00.000Z');
  });

  function registry() {
    const contents = new ContentStore({ knex });
    return new TemplateVersions({
      versions: new TemplateVersionStore({ knex, contents }),
      contents,
      now: () => now,
    });
  }

  const wait = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };

  it('gives a version back as it was, long after it is gone', async () => {
    const first = templateOf(
      { ...folder, 'CHANGELOG.md': '# 1.0.0' },
      { commit: 'a'.repeat(40) },
    );
    await registry().register(ref, first);
    wait(1);
    await registry().register(ref, templateOf(templateFolder('1.1.0', 'hi')));
    const versions = registry();
    expect(await versions.read(ref, first.digest)).toEqual(first);
    expect(await versions.byVersion(ref, '1.0.0')).toEqual(first);
    expect((await versions.list(ref)).map(one => one.version)).toEqual([
      '1.1.0',
      '1.0.0',
    ]);
    expect(await versions.list('template:default/other')).toEqual([]);
    expect(
      await versions.read('template:default/other', first.digest),
    ).toBeUndefined();
  });

  it('keeps each content once, and of a known version only that it was seen again', async () => {
    const first = templateOf(folder, { commit: 'a'.repeat(40) });
    await registry().register(ref, first);
    // ci.yml differs, README.md does not
    await registry().register(ref, templateOf(templateFolder('1.1.0', 'hi')));
    expect(await knex('contents')).toHaveLength(3);
    wait(5);
    await registry().register(ref, {
      ...first,
      commit: 'b'.repeat(40),
      changelog: '# later',
    });
    const known = await knex('template_versions').where({ version: '1.0.0' });
    expect(known).toMatchObject([
      {
        commit: 'a'.repeat(40),
        changelog: '# later',
        first_seen_at: '2026-11-21T10:00:00.000Z',
        last_seen_at: '2026-11-21T10:05:00.000Z',
      },
    ]);
  });

  it('writes what it sees all the time only now and then, and at once when it was another', async () => {
    const versions = registry();
    const first = templateOf(folder);
    const second = templateOf(templateFolder('1.1.0', 'hi'));
    const lastSeen = async () =>
      (await versions.list(ref)).find(one => one.version === '1.0.0')
        ?.lastSeenAt;
    await versions.register(ref, first);
    wait(9);
    await versions.register(ref, first);
    expect(await lastSeen()).toBe('2026-11-21T10:00:00.000Z');
    wait(1);
    await versions.register(ref, first);
    expect(await lastSeen()).toBe('2026-11-21T10:10:00.000Z');
    await versions.register(ref, second);
    wait(1);
    await versions.register(ref, first);
    expect(await lastSeen()).toBe('2026-11-21T10:11:00.000Z');
  });

  it('takes the same version from many replicas at once', async () => {
    const templates = [
      templateOf(folder),
      templateOf(templateFolder('1.1.0', 'hi')),
    ];
    const replicas = Array.from({ length: 6 }, () => registry());
    await Promise.all(
      replicas.flatMap(replica =>
        templates.map(template => replica.register(ref, template)),
      ),
    );
    expect(await registry().list(ref)).toHaveLength(2);
    expect(await knex('contents')).toHaveLength(3);
  });

  it('prefers what the catalog had to what only a lock named', async () => {
    const ofCatalog = templateOf(folder);
    const forged = templateOf(templateFolder('1.0.0', 'forged'));
    await registry().register(ref, ofCatalog);
    wait(1);
    await registry().register(ref, forged, { origin: 'lock' });
    const versions = registry();
    expect((await versions.byVersion(ref, '1.0.0'))?.digest).toBe(
      ofCatalog.digest,
    );
    expect((await versions.list(ref)).map(one => one.origin)).toEqual([
      'lock',
      'catalog',
    ]);
    wait(1);
    await versions.register(ref, forged);
    expect((await versions.list(ref)).map(one => one.origin)).toEqual([
      'catalog',
      'catalog',
    ]);
  });

  it('keeps no very large file, and says so', async () => {
    const large = templateOf({
      ...folder,
      'skeleton/data.bin': 'x'.repeat(2_000_001),
    });
    const versions = registry();
    await versions.register(ref, large);
    expect(await versions.read(ref, large.digest)).toBeUndefined();
    expect(await versions.byVersion(ref, '1.0.0')).toBeUndefined();
    expect(await versions.problem(ref, large.digest)).toContain(
      'skeleton/data.bin has more than 2000000 bytes',
    );
    expect(await knex('contents')).toHaveLength(0);
  });

  it('gives nothing instead of a version whose contents were damaged', async () => {
    const first = templateOf(folder);
    await registry().register(ref, first);
    const [{ digest }] = await knex('contents').select('digest').limit(1);
    await knex('contents').where({ digest }).delete();
    expect(await registry().read(ref, first.digest)).toBeUndefined();
  });
});
