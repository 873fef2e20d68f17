import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import goldenPathModule from './index';

jest.setTimeout(60_000);

const PATH = `
apiVersion: golden-path.dev/v1alpha1
kind: GoldenPath
metadata:
  name: service
  title: Production service
  labels: { team: platform }
  tags: [standard]
  annotations: { example.com/a: b }
  links: [{ url: 'https://example.com', title: Docs }]
spec:
  owner: platform
  version: 1.0.0
  appliesTo: { kind: { $in: [Component, API] }, spec.type: service }
  templates: ['template:default/node-service', python-service]
  checks:
    - id: A-01
      title: It has an owner
      category: ownership
      level: bronze
      facts: [catalog]
      pass: catalog.ownerExists
`;

const BROKEN_PATH = PATH.replace('name: service', 'name: broken')

  .replace('version: 1.0.0', 'version: one')
  .replace('pass: catalog.ownerExists', 'pass: repository.ownerExists');

const ENTITIES = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
  namespace: shop
  annotations:
    backstage.io/source-template: template:default/node-service
    backstage.io/template-version: 1.0.0
spec: { type: service, lifecycle: production, owner: platform }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: by-spec }
spec: { type: service, lifecycle: production, owner: platform, scaffoldedFrom: node-service }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: odd
  annotations: { backstage.io/source-template: 'component:default/pay' }
spec: { type: service, lifecycle: production, owner: platform, scaffoldedFrom: 'template:' }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: platform }
spec: { type: team, children: [] }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: node-service }
spec: { type: service }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: python-service }
spec: { type: service }
`;

const credentials = mockCredentials.service();
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const folder = createMockDirectory();

/** The catalog as an adopter has it, with the module. */
async function startCatalog() {
  const knex = await databases.init('SQLITE_3');
  let catalog: CatalogService;
  const templates = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-templates',
    register(env) {
      env.registerInit({
        deps: {
          client: catalogServiceRef,
          processing: catalogProcessingExtensionPoint,
        },
        async init({ client, processing }) {
          catalog = client;
          processing.addProcessor({
            getProcessorName: () => 'TestTemplates',
            validateEntityKind: async ({ kind }) => kind === 'Template',
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      goldenPathModule,
      templates,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            processingInterval: { seconds: 1 },
            rules: [
              { allow: ['GoldenPath', 'Component', 'Group', 'Template'] },
            ],
            locations: ['paths.yaml', 'entities.yaml'].map(file => ({
              type: 'file',
              target: folder.resolve(file),
            })),
          },
        },
      }),
    ],
  });
  return { knex, backend, catalog: catalog! };
}

async function until<T>(
  read: () => Promise<T>,
  good: (value: T) => boolean,
): Promise<T> {
  for (;;) {
    const value = await read();
    if (good(value)) {
      return value;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('a catalog with the module', () => {
  let started: Awaited<ReturnType<typeof startCatalog>>;

  beforeAll(async () => {
    folder.setContent({
      'paths.yaml': `${PATH}---${BROKEN_PATH}`,
      'entities.yaml': ENTITIES,
    });
    started = await startCatalog();
  });
  afterAll(() => started?.backend.stop());

  /** Relations of an entity, once there are as many as expected: the catalog works them out in its own time. */
  async function relationsOf(ref: string, count: number): Promise<string[]> {
    const entity = await until(
      () => started.catalog.getEntityByRef(ref, { credentials }),
      found => (found?.relations?.length ?? 0) >= count,
    );
    return entity!
      .relations!.map(({ type, targetRef }) => `${type} ${targetRef}`)
      .sort();
  }

  it('takes in a path as it was written, with the metadata of any entity', async () => {
    const entity = await until(
      () =>
        started.catalog.getEntityByRef('goldenpath:default/service', {
          credentials,
        }),
      found => found !== undefined,
    );
    expect(entity).toMatchObject({
      metadata: {
        uid: expect.any(String),
        etag: expect.any(String),
        labels: { team: 'platform' },
        tags: ['standard'],
        links: [{ title: 'Docs' }],
      },
      spec: {
        appliesTo: { kind: { $in: ['Component', 'API'] } },
        checks: [{ id: 'A-01' }],
      },
    });
  });

  it('relates a path to its owner and its templates, both ways', async () => {
    expect(await relationsOf('goldenpath:default/service', 3)).toEqual([
      'hasTemplate template:default/node-service',
      'hasTemplate template:default/python-service',
      'ownedBy group:default/platform',
    ]);
    expect(await relationsOf('template:default/python-service', 1)).toEqual([
      'templateOf goldenpath:default/service',
    ]);
    expect(await relationsOf('group:default/platform', 3)).toContain(
      'ownerOf goldenpath:default/service',
    );
  });

  it('relates a component to its template, by annotation and by spec', async () => {
    expect(await relationsOf('component:shop/pay', 1)).toContain(
      'scaffoldedFrom template:default/node-service',
    );
    expect(await relationsOf('component:default/by-spec', 2)).toContain(
      'scaffoldedFrom template:default/node-service',
    );
    expect(await relationsOf('template:default/node-service', 3)).toEqual([
      'scaffolderOf component:default/by-spec',
      'scaffolderOf component:shop/pay',
      'templateOf goldenpath:default/service',
    ]);
  });

  it('takes in an entity whose origin means no template, without the relation', async () => {
    expect(await relationsOf('component:default/odd', 1)).toEqual([
      'ownedBy group:default/platform',
    ]);
  });

  it('keeps a broken path out, and says what is wrong with it field by field', async () => {
    const row = await until(
      () =>
        started
          .knex('refresh_state')
          .where({ entity_ref: 'goldenpath:default/broken' })
          .first('errors'),
      found => Boolean(found?.errors) && found.errors !== '[]',
    );
    expect(row.errors).toMatch(
      /spec\.version: A version must be semantic, like 1\.2\.0/,
    );
    expect(row.errors).toMatch(/spec\.checks\.0\.pass \(check A-01\): /);
    const entity = await started.catalog.getEntityByRef(
      'goldenpath:default/broken',
      { credentials },
    );
    expect(entity).toBeUndefined();
  });

  it.each<[string, object, RegExp]>([
    ['an unknown field', { extra: 1 }, /spec\.extra: is not a known field/],
    [
      'a predicate with an unknown operator',
      { appliesTo: { kind: { $like: 'C*' } } },
      /spec\.appliesTo: /,
    ],
    ['no checks', { checks: [] }, /spec\.checks: /],
  ])('refuses a path with %s', async (_what, spec, message) => {
    const entity = validPath(spec);
    const result = await started.catalog.validateEntity(
      entity,
      'url:https://example.com/path.yaml',
      { credentials },
    );
    expect(result).toMatchObject({ valid: false });
    expect(JSON.stringify(result)).toMatch(message);
  });

  it('leaves the kind of another API version to others', async () => {
    const entity = validPath({});
    const validate = (candidate: Entity) =>
      started.catalog.validateEntity(
        candidate,
        'url:https://example.com/path.yaml',
        { credentials },
      );
    expect(await validate(entity)).toMatchObject({ valid: true });
    const other = { ...entity, apiVersion: 'example.com/v1' };
    const result = await validate(other);
    expect(JSON.stringify(result)).toMatch(/No processor recognized/);
  });
});

function validPath(spec: object): Entity {
  return {
    apiVersion: 'golden-path.dev/v1alpha1',
    kind: 'GoldenPath',
    metadata: { name: 'candidate' },
    spec: {
      owner: 'platform',
      version: '1.0.0',
      appliesTo: { kind: 'Component' },
      checks: [
        {
          id: 'A-01',
          title: 'It has an owner',
          category: 'ownership',
          level: 'bronze',
          facts: ['catalog'],
          pass: 'catalog.ownerExists',
        },
      ],
      ...spec,
    },
  };
}
