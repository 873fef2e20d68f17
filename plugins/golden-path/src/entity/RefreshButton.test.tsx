import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { RefreshButton } from './RefreshButton';
import { useRefresh } from './useRefresh';

function Subject() {
  return (
    <RefreshButton {...useRefresh({ entityRef, onQueued: async () => {} })} />
  );
}

describe('RefreshButton', () => {
  it('is disabled for those who may not refresh, and says what they need', async () => {
    const denying = {
      authorize: jest.fn(async () => ({ result: 'DENY' })),
    } as unknown as PermissionApi;
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [goldenPathApiRef, goldenPathApiMock()],
          [permissionApiRef, denying],
        ]}
      >
        <Subject />
      </TestApiProvider>,
    );
    await waitFor(() => expect(denying.authorize).toHaveBeenCalled());
    const button = screen.getByRole('button', { name: 'Refresh' });
    expect(button).toBeDisabled();
    expect(button.closest('[title]')).toHaveAttribute(
      'title',
      expect.stringContaining('golden-path.scorecard.refresh'),
    );
  });
});
