import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import { TEMPLATE_URL, templateEntity } from '../__testUtils__/fixtures';
import { templateFolder } from '../__testUtils__/templates';
import { FileLocations } from '../collectors/FileLocations';
import { TemplateReader } from './TemplateReader';

const entityRef = 'template:default/node';
const folder = createMockDirectory();

function setUp(options: { ancestors?: Entity[]; entity?: Entity | null } = {}) {
  const template: Entity = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'node',
      annotations: {
        'backstage.io/managed-by-location': `file:${folder.resolve(
          'template.yaml',
        )}`,
      },
    },
  };
  const registered: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: 'l' },
    spec: { type: 'file', target: folder.path },
  };
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async () =>
      options.entity === null ? undefined : options.entity ?? template,
    getEntityAncestors: async () => ({
      rootEntityRef: 'location:default/l',
      items: (options.ancestors ?? [registered]).map(entity => ({
        entity,
        parentEntityRefs: [],
      })),
    }),
  });
  const auth = mockServices.auth();
  let now = 0;
  const reader = new TemplateReader({
    catalog,
    auth,
    urlReader: mockServices.urlReader.mock(),
    fileLocations: new FileLocations({ catalog, auth }),
    limits: { maxFiles: 100, maxFileBytes: 10_000, maxTotalBytes: 100_000 },
    now: () => now,
  });
  const versionOf = async () => {
    const reading = await reader.read(entityRef);
    return reading.status === 'read'
      ? reading.template.manifest.version
      : reading.reason;
  };
  return {
    catalog,
    versionOf,
    wait(ms: number) {
      now += ms;
    },
  };
}

beforeEach(() => folder.setContent(templateFolder('1.0.0', 'hello')));

it('reads a template once for everybody who asks within a minute', async () => {
  const { catalog, versionOf, wait } = setUp();
  expect(await Promise.all([versionOf(), versionOf()])).toEqual([
    '1.0.0',
    '1.0.0',
  ]);
  expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
  folder.addContent(templateFolder('1.1.0', 'hello'));
  expect(await versionOf()).toBe('1.0.0');
  wait(60_000);
  expect(await versionOf()).toBe('1.1.0');
  wait(60_000);
  expect(await versionOf()).toBe('1.1.0');
});

it('remembers what could not be read, and asks again later', async () => {
  folder.setContent({});
  const { versionOf, wait } = setUp();
  expect(await versionOf()).toMatch(/no golden-path\.template\.yaml/);
  folder.setContent(templateFolder('1.0.0', 'hello'));
  expect(await versionOf()).toMatch(/no golden-path\.template\.yaml/);
  wait(60_000);
  expect(await versionOf()).toBe('1.0.0');
});

it('does not read a folder that only an annotation claims', async () => {
  const { versionOf } = setUp({ ancestors: [] });
  expect(await versionOf()).toMatch(/only templates registered from files/);
});

it('says that a template is not in the catalog', async () => {
  const { versionOf } = setUp({ entity: null });
  expect(await versionOf()).toBe(
    'The template template:default/node is not in the catalog',
  );
});

it('tells of a template when it is another, and does not unpack what is no template again', async () => {
  const repositories = new FakeRepositories();
  const catalog = catalogServiceMock({ entities: [templateEntity] });
  const auth = mockServices.auth();
  const told: (string | null)[] = [];
  const reader = new TemplateReader({
    catalog,
    auth,
    urlReader: repositories.urlReader(),
    fileLocations: new FileLocations({ catalog, auth }),
    limits: { maxFiles: 100, maxFileBytes: 10_000, maxTotalBytes: 100_000 },
    onRead: async (ref, template) => {
      told.push(`${ref} ${template.manifest.version} ${template.url}`);
      told.push(template.commit);
    },
  });
  repositories.push(TEMPLATE_URL, templateFolder('1.0.0', 'hello'));
  await reader.refresh(entityRef);
  await reader.refresh(entityRef);
  expect(told).toEqual([
    `${entityRef} 1.0.0 ${TEMPLATE_URL}`,
    '1'.padStart(40, '0'),
  ]);
  repositories.push(TEMPLATE_URL, { 'template.yaml': 'kind: Template\n' });
  for (let time = 0; time < 2; time++) {
    expect(await reader.refresh(entityRef)).toMatchObject({
      status: 'unreadable',
      reason: expect.stringContaining('no golden-path.template.yaml'),
    });
  }
  expect(repositories.reads).toBe(2);
  expect(told).toHaveLength(2);
});
