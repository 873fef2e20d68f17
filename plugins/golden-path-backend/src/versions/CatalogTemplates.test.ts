import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { serviceEntity, templateEntity } from '../__testUtils__/fixtures';
import { CatalogTemplates } from './CatalogTemplates';

it('gives every template of the catalog, each again after ten minutes', async () => {
  let now = 0;
  const templates = new CatalogTemplates({
    catalog: catalogServiceMock({
      entities: [templateEntity, serviceEntity('pay')],
    }),
    auth: mockServices.auth(),
    now: () => now,
  });
  expect(await templates.due()).toEqual(['template:default/node']);
  now += 9 * 60_000;
  expect(await templates.due()).toEqual([]);
  now += 60_000;
  expect(await templates.due()).toEqual(['template:default/node']);
});
