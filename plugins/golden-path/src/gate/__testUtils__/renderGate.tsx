import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  type PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import type { ReactNode } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { goldenPathApiMock } from '../../__fixtures__/apis';
import { signalApiMock } from '../../__fixtures__/signals';
import { goldenPathApiRef } from '../../api/goldenPathApi';
import { GoldenPathsRoutes } from '../../paths/GoldenPathsRoutes';
import { rootRouteRef } from '../../routes';

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="Address">{`${pathname}${search}`}</output>;
}

interface RenderOptions {
  api?: ReturnType<typeof goldenPathApiMock>;
  at?: string;
  permissionApi?: PermissionApi;
}

/** Renders a part of the gate for somebody who may do everything, unless told otherwise. */
export async function renderGate(
  subject: ReactNode,
  options: RenderOptions = {},
) {
  const { api = goldenPathApiMock(), at = '/' } = options;
  const { permissionApi = mockApis.permission() } = options;
  const signals = signalApiMock();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [signalApiRef, signals.api],
        [permissionApiRef, permissionApi],
      ]}
    >
      {subject}
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { api, signals };
}

/** Renders the page of the gate, or one decision, at its address. */
export async function renderGatePage(options: RenderOptions = {}) {
  return renderGate(
    <Routes>
      <Route path="/golden-paths/*" element={<GoldenPathsRoutes />} />
    </Routes>,
    { at: '/golden-paths/gate', ...options },
  );
}
