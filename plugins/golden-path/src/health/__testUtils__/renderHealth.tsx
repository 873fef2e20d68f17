import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { goldenPathApiRef } from '../../api/goldenPathApi';
import { goldenPathApiMock } from '../../__fixtures__/apis';
import { signalApiMock } from '../../__fixtures__/signals';

function Address() {
  const { search } = useLocation();
  return <output aria-label="Address">{search}</output>;
}

/** Renders a part of delivery health, with the address below it. */
export async function renderHealth(
  subject: ReactNode,
  options: {
    api?: ReturnType<typeof goldenPathApiMock>;
    address?: string;
  } = {},
) {
  const { api = goldenPathApiMock(), address = '/' } = options;
  const signals = signalApiMock();
  const { unmount, container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [signalApiRef, signals.api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      {subject}
      <Address />
    </TestApiProvider>,
    { routeEntries: [address] },
  );
  return { unmount, container, api, signals };
}
