import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { pathResponse } from '../__fixtures__/paths';
import { TryChange } from '../preview/TryChange';
import { AskForWaiver } from '../waivers/AskForWaiver';

// In a file of its own: the answers of the permission API are kept for as long as the module is.
const denying = {
  authorize: async () => ({ result: 'DENY' }),
} as unknown as PermissionApi;

async function renderDenied(subject: ReactNode) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, goldenPathApiMock()],
        [permissionApiRef, denying],
      ]}
    >
      {subject}
    </TestApiProvider>,
  );
}

describe('without the permission', () => {
  it('no exception can be asked for, and the button says what is needed', async () => {
    await renderDenied(
      <AskForWaiver
        entityRef={entityRef}
        path="service"
        check={{ id: 'SEC-01', title: 'Every action is pinned' }}
        offered
        onAsked={async () => {}}
      />,
    );
    const button = screen.getByRole('button', {
      name: 'Ask for an exception from Every action is pinned',
    });
    expect(button).toBeDisabled();
    expect(button.closest('[title]')).toHaveAttribute(
      'title',
      expect.stringContaining('golden-path.waiver.request'),
    );
  });

  it('no change can be tried, and a sentence says what is needed', async () => {
    await renderDenied(<TryChange current={pathResponse.path} />);
    expect(
      await screen.findByText('golden-path.path.preview'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
