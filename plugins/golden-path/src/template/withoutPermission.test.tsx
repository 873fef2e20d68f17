import type { PermissionApi } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';

// In a file of its own: the answers of the permission API are kept for as long as the module is.
const permissionApi = {
  authorize: async () => ({ result: 'DENY' }),
} as unknown as PermissionApi;

describe('the tab of a template without the permission to roll out', () => {
  it('shows everything, and says who may do what the viewer may not', async () => {
    await renderTemplateTab({ permissionApi });
    expect(
      await screen.findByText(/To start a dry run you need the permission/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/To start, pause or cancel a roll-out you need/),
    ).toHaveTextContent(/golden-path\.rollout\.manage.*platform team/);
    expect(
      await screen.findByRole('table', { name: 'Services in this dry run' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Services of the roll-out' }),
    ).toBeInTheDocument();
    for (const name of [
      'Start a dry run',
      /^Roll out/,
      /the roll-out of 2\.1\.0$/,
    ]) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
  });

  it('disables the proposal of an edit and says what is needed', async () => {
    await renderTemplateTab({ permissionApi });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Details of the edit of Dockerfile in 3 services',
      }),
    );
    expect(
      screen.getByRole('button', {
        name: 'Propose the edit of Dockerfile to the template',
      }),
    ).toBeDisabled();
    expect(
      screen.getByText(/golden-path\.rollout\.manage; ask the platform team/),
    ).toBeInTheDocument();
  });
});
