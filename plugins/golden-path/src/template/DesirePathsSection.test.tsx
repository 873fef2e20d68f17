import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { templateRef } from '../__fixtures__/adoption';
import { refusal } from '../__fixtures__/apis';
import { desirePathsResponse } from '../__fixtures__/desirePaths';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';
import { templateApi } from './__testUtils__/templateApi';

async function open(path: string) {
  await userEvent.click(
    await screen.findByRole('button', {
      name: `Details of the edit of ${path} in 3 services`,
    }),
  );
}

function proposeButton(path: string) {
  return screen.getByRole('button', {
    name: `Propose the edit of ${path} to the template`,
  });
}

describe('the desire paths of a template', () => {
  it('lists edits with how many made them and how they fit', async () => {
    await renderTemplateTab({ api: templateApi('desire-paths') });
    const table = await screen.findByRole('table', {
      name: 'Edits made alike',
    });
    const row = (name: RegExp) => within(table).getByRole('row', { name });
    expect(row(/Dockerfile/)).toHaveTextContent(/3Fits the template/);
    expect(row(/package\.json/)).toHaveTextContent(
      'By handThe lines are made from the value name.',
    );
    expect(
      within(row(/\.gitignore/))
        .getByText('Merged')
        .closest('a'),
    ).toHaveAttribute(
      'href',
      'https://git.example.com/platform/templates/pull/9',
    );
  });

  it('opens into the edit, the services and the change of the template', async () => {
    await renderTemplateTab({ api: templateApi('desire-paths') });
    await open('Dockerfile');
    for (const path of ['Dockerfile', 'skeleton/Dockerfile']) {
      expect(
        screen.getByRole('region', { name: `Changes of ${path}` }),
      ).toHaveTextContent('USER node');
    }
    expect(
      screen.getByRole('heading', {
        name: 'The change of the template, in skeleton/Dockerfile',
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: '3 services made it' }),
    );
    expect(
      within(
        screen.getByRole('list', { name: 'Services that made this edit' }),
      ).getByRole('link', { name: 'billing' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/billing/golden-path#drift',
    );
  });

  it('proposes an edit after saying what that does', async () => {
    const api = await renderTemplateTab({ api: templateApi('desire-paths') });
    await open('Dockerfile');
    await waitFor(() => expect(proposeButton('Dockerfile')).toBeEnabled());
    await userEvent.click(proposeButton('Dockerfile'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Opens a pull request that changes skeleton/Dockerfile of the template.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Propose' }),
    );
    expect(api.proposeDesirePath).toHaveBeenCalledWith(templateRef, 'd-1');
    expect(
      await screen.findByText('Proposed to the template as a pull request.'),
    ).toBeInTheDocument();
    expect(api.getDesirePaths).toHaveBeenCalledTimes(2);
  });

  it('says why an edit cannot be proposed', async () => {
    const api = templateApi('desire-paths');
    api.getDesirePaths.mockResolvedValue(
      desirePathsResponse({
        noun: undefined,
        refusal: 'No request can be opened where the template lies.',
      }),
    );
    await renderTemplateTab({ api });
    await open('Dockerfile');
    expect(proposeButton('Dockerfile')).toBeDisabled();
    expect(
      screen.getByText('No request can be opened where the template lies.'),
    ).toBeInTheDocument();
    await open('package.json');
    expect(proposeButton('package.json')).toBeDisabled();
    expect(
      screen.getByText(/It must be made by hand: The lines are made from/),
    ).toBeInTheDocument();
  });

  it('keeps the question open when the backend refuses', async () => {
    const api = templateApi('desire-paths');
    api.proposeDesirePath.mockRejectedValue(
      await refusal(409, 'ConflictError', 'The branch holds other work'),
    );
    await renderTemplateTab({ api });
    await open('Dockerfile');
    await waitFor(() => expect(proposeButton('Dockerfile')).toBeEnabled());
    await userEvent.click(proposeButton('Dockerfile'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Propose' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The branch holds other work',
    );
  });

  it('opens the edit that the address points at', async () => {
    await renderTemplateTab({
      api: templateApi('desire-paths'),
      at: '/#desire-path-d-2',
    });
    expect(
      await screen.findByText(/It must be made by hand/),
    ).toBeInTheDocument();
  });

  it('says that there is none', async () => {
    const api = templateApi('desire-paths');
    api.getDesirePaths.mockResolvedValue(desirePathsResponse({ items: [] }));
    await renderTemplateTab({ api });
    expect(
      await screen.findByText('No edit was made alike by 3 or more services.'),
    ).toBeInTheDocument();
  });
});
