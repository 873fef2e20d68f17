import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import {
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
  teamEntity,
  TEMPLATE_REF,
  TEMPLATE_URL,
  templateEntity,
} from '../__testUtils__/fixtures';
import { templateOf } from '../__testUtils__/stampedService';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { renderService, templateFolder } from '../__testUtils__/templates';
import { DriftTemplateStore } from '../database/DriftTemplateStore';
import { WorkQueue } from '../work/WorkQueue';
import { TemplateReader, TemplateReading } from './TemplateReader';
import { TemplateWatch } from './TemplateWatch';

jest.setTimeout(120_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const OTHER_REF = 'template:default/other';
const OTHER_URL = 'https://git.example.com/others/tree/main/go/';
const otherTemplate: Entity = {
  ...templateEntity,
  metadata: {
    ...templateEntity.metadata,
    name: 'other',
    annotations: { 'backstage.io/source-location': `url:${OTHER_URL}` },
  },
};
const older = templateFolder('1.0.0', 'hello');
const newer = templateFolder('1.1.0', 'good day');

describe.each(databases.ids)('templates that are pushed to, on %s', id => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.open(id);
  });

  it('compares their services at once, and those of no other repository', async () => {
    const catalog = new FakeCatalog();
    const repositories = new FakeRepositories();
    catalog.set(templateEntity, otherTemplate, teamEntity);
    for (const [name, entityRef] of [
      ['pay', TEMPLATE_REF],
      ['shop', OTHER_REF],
    ]) {
      catalog.set(serviceEntity(name));
      repositories.push(
        serviceUrl(name),
        renderService({ folder: older, entityRef, name }),
      );
    }
    repositories.push(TEMPLATE_URL, older);
    repositories.push(OTHER_URL, older);
    const { reconcile, publish, get } = await startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
    });
    await reconcile();
    repositories.push(TEMPLATE_URL, newer);
    repositories.push(OTHER_URL, newer);
    await publish('local-git.push', {
      repository: 'templates',
      url: 'https://git.example.com/templates/',
      branch: 'main',
      before: 'a'.repeat(40),
      after: 'b'.repeat(40),
    });
    const newest = async (name: string) => {
      const { body } = await get(`/entities/component/default/${name}/drift`);
      return body.report.layers[0].template.newestVersion;
    };
    expect(await newest('pay')).toBe('1.1.0');
    expect(await newest('shop')).toBe('1.0.0');
  });

  it('queues the services that were compared with another state, once', async () => {
    const template = templateOf(newer, { url: TEMPLATE_URL });
    await knex('drift_templates').insert(
      [
        { name: 'old', digest: 'sha256:old', template_ref: TEMPLATE_REF },
        { name: 'unread', digest: null, template_ref: TEMPLATE_REF },
        { name: 'new', digest: template.digest, template_ref: TEMPLATE_REF },
        { name: 'far', digest: 'sha256:old', template_ref: OTHER_REF },
      ].map(({ name, ...row }) => ({
        entity_ref: `component:default/${name}`,
        ...row,
      })),
    );
    let reading: TemplateReading = { status: 'read', template };
    const register = jest.fn(async () => {});
    const watch = new TemplateWatch({
      templates: { refresh: async () => reading } as unknown as TemplateReader,
      compared: new DriftTemplateStore({ knex }),
      catalogTemplates: { due: async () => [] },
      versions: { register, templatesAt: async () => [TEMPLATE_REF] },
      queue: new WorkQueue({ knex }),
      logger: mockServices.logger.mock(),
    });
    expect(await watch.pushed(TEMPLATE_URL)).toBe(2);
    const queued = await knex('work').orderBy('entity_ref').select('*');
    expect(queued).toMatchObject([
      { entity_ref: 'component:default/old' },
      { entity_ref: 'component:default/unread' },
    ]);
    expect(register).toHaveBeenCalledWith(TEMPLATE_REF, template);
    // They wait already
    expect(await watch.pushed(TEMPLATE_URL)).toBe(0);

    await knex('work').delete();
    reading = { status: 'unreadable', reason: 'The forge is down' };
    expect(await watch.pushed(TEMPLATE_URL)).toBe(0);
    expect(await knex('work')).toEqual([]);
  });
});
