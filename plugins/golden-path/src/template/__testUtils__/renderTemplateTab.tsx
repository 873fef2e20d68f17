import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { goldenPathApiMock } from '../../__fixtures__/apis';
import { goldenPathApiRef } from '../../api/goldenPathApi';
import { EntityTemplateContent } from '../EntityTemplateContent';

const entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'node-service', namespace: 'default' },
};

/** The tab of a template at an address, by default for somebody who may do everything. */
export async function renderTemplateTab(
  options: {
    api?: ReturnType<typeof goldenPathApiMock>;
    at?: string;
    permissionApi?: PermissionApi;
  } = {},
) {
  const { api = goldenPathApiMock(), at = '/' } = options;
  const { permissionApi = mockApis.permission() } = options;
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, permissionApi],
      ]}
    >
      <EntityProvider entity={entity}>
        <EntityTemplateContent />
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return api;
}
