import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { PathReader } from '../service/PathReader';
import { PathRegistry, PathRegistryOptions } from './PathRegistry';

const check = {
  id: 'A-01',
  title: 'It has an owner',
  category: 'ownership',
  level: 'bronze',
  facts: ['catalog'],
  pass: 'catalog.ownerExists',
};

const pathDocument = (name: string, spec: object = {}) => ({
  apiVersion: 'golden-path.dev/v1alpha1',
  kind: 'GoldenPath',
  metadata: { name },
  spec: {
    owner: 'group:default/platform',
    version: '1.0.0',
    appliesTo: { kind: 'Component' },
    checks: [check],
    ...spec,
  },
});

const pathEntity = (
  name: string,
  options: { spec?: object; metadata?: object } = {},
): Entity => {
  const document = pathDocument(name, options.spec);
  return {
    ...document,
    metadata: { ...document.metadata, ...options.metadata },
  } as Entity;
};

const entityOfKind = (kind: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'pay' },
  spec: { type: 'service' },
});

/** A catalog that holds what a test says, and can be away. */
class ChangingCatalog {
  entities: Entity[] = [];
  away = false;
  readonly service = catalogServiceMock.mock({
    streamEntities: query => {
      if (this.away) {
        throw new Error('connection refused');
      }
      return catalogServiceMock({ entities: this.entities }).streamEntities(
        query,
      );
    },
  });
}

const folder = createMockDirectory();

async function open(options: Partial<PathRegistryOptions> = {}) {
  const catalog = new ChangingCatalog();
  const registry = await PathRegistry.create({
    locations: [folder.path],
    logger: mockServices.logger.mock(),
    catalog: catalog.service,
    auth: mockServices.auth(),
    ...options,
  });
  return { catalog, registry };
}

const namesOf = (registry: PathRegistry) =>
  registry.current().paths.map(({ path }) => path.metadata.name);

beforeEach(() => folder.clear());

describe('paths of the catalog', () => {
  it('stand beside those of files, with where they come from', async () => {
    folder.setContent({ 'a.yaml': JSON.stringify(pathDocument('a')) });
    const { catalog, registry } = await open();
    catalog.entities = [pathEntity('b'), entityOfKind('Component')];
    await registry.reload();
    expect(registry.current()).toMatchObject({
      problems: [],
      paths: [
        { source: folder.resolve('a.yaml') },
        { source: 'goldenpath:default/b' },
      ],
    });
  });

  it('are found in a catalog without the kind: none, and nothing is complained about', async () => {
    const { catalog, registry } = await open();
    catalog.entities = [
      entityOfKind('Component'),
      { ...pathEntity('other'), apiVersion: 'example.com/v1' },
    ];
    await registry.reload();
    expect(registry.current()).toMatchObject({ paths: [], problems: [] });
  });

  it('give way to a file of the same name, and to the entity that comes first', async () => {
    folder.setContent({ 'a.yaml': JSON.stringify(pathDocument('a')) });
    const { catalog, registry } = await open();
    catalog.entities = [
      pathEntity('b', { metadata: { namespace: 'two' } }),
      pathEntity('b', { metadata: { namespace: 'one' } }),
      pathEntity('a'),
    ];
    await registry.reload();
    expect(registry.current()).toMatchObject({
      paths: [
        { source: folder.resolve('a.yaml') },
        { source: 'goldenpath:one/b' },
      ],
      problems: [
        {
          file: 'goldenpath:default/a',
          message: expect.stringContaining(
            `already used by ${folder.resolve('a.yaml')}`,
          ),
        },
        {
          file: 'goldenpath:two/b',
          message: expect.stringContaining('already used by goldenpath:one/b'),
        },
      ],
    });
  });

  it('keep their digest whatever the catalog adds to the metadata, and have that of a file that says the same', async () => {
    folder.setContent({ 'a.yaml': JSON.stringify(pathDocument('a')) });
    const { catalog, registry } = await open();
    await registry.reload();
    const fromFile = registry.current();
    folder.clear();
    folder.setContent({});
    catalog.entities = [
      pathEntity('a', {
        metadata: { uid: '1', etag: '1', annotations: { a: 'b' }, tags: ['x'] },
      }),
    ];
    const { registry: second } = await open({ catalog: catalog.service });
    await second.reload();
    expect(second.current().digest).toBe(fromFile.digest);
    catalog.entities = [pathEntity('a', { metadata: { etag: '2' } })];
    await second.reload();
    expect(second.current().digest).toBe(fromFile.digest);
    catalog.entities = [pathEntity('a', { spec: { version: '1.0.1' } })];
    await second.reload();
    expect(second.current().digest).not.toBe(fromFile.digest);
  });

  it('are left out when they are broken, with every problem by its field', async () => {
    const { catalog, registry } = await open();
    catalog.entities = [
      pathEntity('bad', {
        spec: { version: 'one', checks: [{ ...check, pass: 'catalog. +' }] },
      }),
      pathEntity('good'),
    ];
    await registry.reload();
    expect(namesOf(registry)).toEqual(['good']);
    const [{ file, message }] = registry.current().problems;
    expect(file).toBe('goldenpath:default/bad');
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^goldenpath:default\/bad: spec\.version: /),
      expect.stringMatching(
        /^goldenpath:default\/bad: spec\.checks\.0\.pass \(check A-01\): /,
      ),
    ]);
  });

  it('stay while the catalog cannot be asked, which is said; files are still read', async () => {
    const logger = mockServices.logger.mock();
    const { catalog, registry } = await open({ logger });
    catalog.entities = [pathEntity('b')];
    await registry.reload();
    catalog.away = true;
    folder.setContent({ 'a.yaml': JSON.stringify(pathDocument('a')) });
    await registry.reload();
    await registry.reload();
    expect(namesOf(registry)).toEqual(['a', 'b']);
    expect(registry.current().problems).toEqual([
      {
        file: 'catalog',
        message: expect.stringMatching(/could not be asked.*refused/),
      },
    ]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    catalog.away = false;
    catalog.entities = [];
    await registry.reload();
    expect(namesOf(registry)).toEqual(['a']);
    expect(registry.current().problems).toEqual([]);
  });
});

it('covers entities of any kind, and one entity by several paths', async () => {
  const kinds = ['API', 'Resource', 'System', 'Template', 'Component'];
  const { catalog, registry } = await open();
  catalog.entities = [
    ...kinds.map(kind =>
      pathEntity(kind.toLowerCase(), { spec: { appliesTo: { kind } } }),
    ),
    pathEntity('typed', { spec: { appliesTo: { 'spec.type': 'service' } } }),
    pathEntity('some', {
      spec: { appliesTo: { kind: { $in: ['API', 'System'] } } },
    }),
  ];
  await registry.reload();
  expect(registry.current().problems).toEqual([]);
  const covering = (kind: string) =>
    registry.covering(entityOfKind(kind)).map(p => p.path.metadata.name);
  expect(covering('API')).toEqual(['api', 'some', 'typed']);
  expect(covering('Resource')).toEqual(['resource', 'typed']);
  expect(covering('System')).toEqual(['some', 'system', 'typed']);
  expect(covering('Template')).toEqual(['template', 'typed']);
  // A path without a kind: the catalog is asked for all of them
  expect(registry.current().kinds).toBeUndefined();
});

it('tells the state in force without a database', async () => {
  const { catalog, registry } = await open({
    now: () => new Date('2026-11-21T10:00:00Z'),
  });
  catalog.entities = [pathEntity('b')];
  await registry.reload();
  const [{ digest }] = registry.current().paths;
  await expect(registry.versions('b')).resolves.toEqual([
    {
      version: '1.0.0',
      digest,
      firstSeenAt: '2026-11-21T10:00:00.000Z',
      current: true,
    },
  ]);
  expect((await registry.definition('b', digest))?.source).toBe(
    'goldenpath:default/b',
  );
  expect(await registry.definition('b', 'other')).toBeUndefined();
  expect(await registry.versions('none')).toEqual([]);
});

const databases = testDatabases();

describe.each(databases.ids)('on %s', id => {
  let knex: Knex;
  let hour: number;
  const now = () => new Date(Date.UTC(2026, 10, 21, hour));
  beforeEach(async () => {
    knex = await databases.open(id);
    hour = 1;
  });

  it('remembers over a restart what the catalog said, until it answers', async () => {
    const first = await open({ knex });
    first.catalog.entities = [pathEntity('b'), pathEntity('c')];
    await first.registry.reload();
    first.catalog.entities = [pathEntity('c', { metadata: { etag: '1' } })];
    await first.registry.reload();
    // With the etag it would be written anew whenever the catalog processes the entity
    expect(JSON.stringify(await knex('catalog_paths'))).not.toMatch('etag');

    const { catalog, registry } = await open({ knex });
    expect(namesOf(registry)).toEqual(['c']);
    expect(registry.current().digest).toBe(first.registry.current().digest);
    catalog.away = true;
    await registry.reload();
    expect(namesOf(registry)).toEqual(['c']);
    catalog.away = false;
    await registry.reload();
    expect(namesOf(registry)).toEqual([]);
    expect(namesOf((await open({ knex })).registry)).toEqual([]);
  });

  it('keeps every definition, and judges by earlier ones after a restart', async () => {
    const { catalog, registry } = await open({ knex, now });
    catalog.entities = [pathEntity('b')];
    await registry.reload();
    const [old] = registry.current().paths;
    hour = 2;
    const pass = 'catalog.owner != ""';
    catalog.entities = [
      pathEntity('b', {
        spec: { version: '1.1.0', checks: [{ ...check, pass }] },
      }),
    ];
    await registry.reload();
    const [current] = registry.current().paths;

    const { registry: later } = await open({ knex, now });
    const versions = await later.versions('b');
    expect(versions).toEqual([
      {
        version: '1.1.0',
        digest: current.digest,
        firstSeenAt: '2026-11-21T02:00:00.000Z',
        current: true,
      },
      {
        version: '1.0.0',
        digest: old.digest,
        firstSeenAt: '2026-11-21T01:00:00.000Z',
        current: false,
      },
    ]);
    const definition = await later.definition('b', old.digest);
    expect(definition).toMatchObject({
      digest: old.digest,
      source: 'goldenpath:default/b',
      path: { spec: { version: '1.0.0', checks: [{ pass: check.pass }] } },
    });
    expect(definition!.covers(entityOfKind('Component'))).toBe(true);
    expect(await later.definition('b', old.digest)).toBe(definition);
    expect(await later.definition('c', old.digest)).toBeUndefined();

    const reader = new PathReader({
      paths: later,
      scorecards: { countByPath: async () => new Map([['b', 3]]) },
    });
    expect((await reader.list()).items).toMatchObject([
      { name: 'b', entities: 3, source: 'goldenpath:default/b' },
    ]);
    expect(await reader.get('b')).toMatchObject({
      path: { spec: { version: '1.1.0' } },
      versions,
    });
    expect((await reader.get('b', '1.0.0')).path.spec.version).toBe('1.0.0');
    await expect(reader.get('b', '2.0.0')).rejects.toThrow(
      /no version '2\.0\.0'; there are 1\.1\.0, 1\.0\.0/,
    );
    await expect(reader.get('none')).rejects.toThrow(/no golden path 'none'/);

    // Withdrawn: its versions can still be read
    catalog.entities = [];
    await registry.reload();
    const withdrawn = new PathReader({
      paths: registry,
      scorecards: { countByPath: async () => new Map() },
    });
    await expect(withdrawn.get('b')).rejects.toThrow(/not in force any more/);
    expect((await withdrawn.get('b', '1.1.0')).versions).toMatchObject([
      { current: false },
      { current: false },
    ]);
  });

  it('says when the content of a version changed, and keeps both states', async () => {
    const { catalog, registry } = await open({ knex, now });
    catalog.entities = [pathEntity('b')];
    await registry.reload();
    expect(registry.current().problems).toEqual([]);
    hour = 2;
    catalog.entities = [pathEntity('b', { spec: { owner: 'group:other' } })];
    await registry.reload();
    expect(registry.current()).toMatchObject({
      paths: [{ path: { spec: { owner: 'group:other' } } }],
      problems: [
        {
          file: 'goldenpath:default/b',
          message: expect.stringContaining(
            'the content of b 1.0.0 changed without a new version',
          ),
        },
      ],
    });
    expect(await registry.versions('b')).toMatchObject([
      { version: '1.0.0', current: true },
      { version: '1.0.0', current: false },
    ]);
    catalog.entities = [
      pathEntity('b', { spec: { owner: 'group:other', version: '1.0.1' } }),
    ];
    await registry.reload();
    expect(registry.current().problems).toEqual([]);
    hour = 3;
    catalog.entities = [pathEntity('b')];
    await registry.reload();
    expect((await registry.versions('b')).map(v => v.current)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('counts a definition that is evaluated in another way as the same content', async () => {
    const { catalog, registry } = await open({ knex, now });
    catalog.entities = [pathEntity('b')];
    await registry.reload();
    const [{ digest }] = registry.current().paths;
    await knex('path_versions').update({
      digest: 'earlier',
      first_seen_at: '2026-11-01T00:00:00.000Z',
    });

    const later = await open({ knex, now });
    later.catalog.entities = [pathEntity('b')];
    await later.registry.reload();
    expect(later.registry.current().problems).toEqual([]);
    expect(await later.registry.versions('b')).toEqual([
      {
        version: '1.0.0',
        digest,
        firstSeenAt: '2026-11-01T00:00:00.000Z',
        current: true,
      },
    ]);
    expect(await later.registry.definition('b', 'earlier')).toMatchObject({
      digest: 'earlier',
    });
  });

  it('leaves out an earlier definition that can no longer be evaluated', async () => {
    const logger = mockServices.logger.mock();
    const { registry } = await open({ knex, logger });
    await knex('path_versions').insert({
      name: 'b',
      digest: 'old',
      version: '0.1.0',
      definition: JSON.stringify({ kind: 'GoldenPath' }),
      source: 'b.yaml',
      first_seen_at: '2026-11-01T00:00:00.000Z',
    });
    expect(await registry.definition('b', 'old')).toBeUndefined();
    expect(await registry.definition('b', 'old')).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(await registry.versions('b')).toMatchObject([{ version: '0.1.0' }]);
  });
});
