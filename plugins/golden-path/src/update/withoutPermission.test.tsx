import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { driftLayer } from '../__fixtures__/drift';
import { entityRef } from '../__fixtures__/entity';
import { LayerUpdate } from './LayerUpdate';

// In a file of its own: the answers of the permission API are kept for as long as the module is.
const denying = {
  authorize: async () => ({ result: 'DENY' }),
} as unknown as PermissionApi;

describe('without the permission', () => {
  it('an update can be previewed but not asked for, and the button says what is needed', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [goldenPathApiRef, goldenPathApiMock()],
          [permissionApiRef, denying],
        ]}
      >
        <LayerUpdate
          entityRef={entityRef}
          layer={driftLayer}
          updates={{
            data: { entityRef, items: [] },
            error: undefined,
            loading: false,
            reload: async () => {},
          }}
        />
      </TestApiProvider>,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview update to 1.1.0' }),
    );
    const button = await screen.findByRole('button', {
      name: 'Create pull request',
    });
    expect(button).toBeDisabled();
    expect(
      screen.getByText(/^You need the permission golden-path.update.create/),
    ).toBeInTheDocument();
  });
});
