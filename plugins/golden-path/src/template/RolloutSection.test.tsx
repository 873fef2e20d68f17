import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { adoptionResponse, templateRef } from '../__fixtures__/adoption';
import { refusal } from '../__fixtures__/apis';
import {
  pausedRollout,
  rolloutFixture,
  rolloutsResponse,
} from '../__fixtures__/rollout';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';
import { templateApi } from './__testUtils__/templateApi';

const SERVICES = { name: 'Services of the roll-out' };

async function openDialog() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Roll out 2.1.0…' }),
  );
  return screen.findByRole('dialog', { name: 'Roll out 2.1.0?' });
}

function apiWith(rollout: ReturnType<typeof rolloutFixture>) {
  const api = templateApi('rollouts');
  api.getRollouts.mockResolvedValue(rolloutsResponse(rollout));
  api.getRollout.mockResolvedValue(rollout);
  return api;
}

describe('the roll-outs of a template', () => {
  it('shows the waves as steps, and leads from their numbers to services', async () => {
    await renderTemplateTab({ api: templateApi('rollouts') });
    const waves = await screen.findByRole('list', {
      name: 'Waves, first to last',
    });
    const steps = within(waves).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      '5 %Done1 service1 merged0 open0 failed1 merged with unknown health',
      '25 %Running2 services0 merged1 open1 failed',
      'AllWaiting1 service0 merged0 open0 failed',
    ]);
    expect(steps[1]).toHaveAttribute('aria-current', 'step');
    await userEvent.click(
      within(steps[1]).getByRole('link', { name: '1 failed in 25 %' }),
    );
    const services = screen.getByRole('table', SERVICES);
    const rows = within(services).getAllByRole('rowheader');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveTextContent('carts');
    expect(screen.getByRole('region', SERVICES)).toHaveFocus();
  });

  it('lists the services with state, request and what went wrong', async () => {
    await renderTemplateTab({ api: templateApi('rollouts') });
    const services = await screen.findByRole('table', SERVICES);
    const row = (name: RegExp) => within(services).getByRole('row', { name });
    expect(row(/carts/)).toHaveTextContent('Failed');
    expect(row(/carts/)).toHaveTextContent(
      'The token may not push to this repository.',
    );
    expect(
      within(row(/billing/)).getByRole('link', { name: /Update of/ }),
    ).toHaveAttribute('href', 'https://git.example.com/money/billing/pull/3');
    expect(row(/mail/)).toHaveTextContent('Waiting');
    expect(
      within(row(/mail/)).getByRole('link', { name: 'mail' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/mail/golden-path#drift',
    );
  });

  it('explains each rule and says before it starts what will happen', async () => {
    const api = await renderTemplateTab({ api: templateApi('rollouts') });
    expect(
      await screen.findByRole('radio', { name: 'A few first' }),
    ).toHaveAccessibleDescription(/5 % of the services, then 25 %/);
    await userEvent.click(
      screen.getByRole('radio', { name: 'Owner by owner' }),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: /delivery health/ }),
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Next wave when merged' }),
      '75 % of the wave before',
    );
    const dialog = await openDialog();
    expect(dialog).toHaveTextContent('Opens up to 3 pull requests in 3 waves.');
    expect(dialog).toHaveTextContent(
      'starts when 75 % of the requests before it are merged',
    );
    expect(dialog).toHaveTextContent(
      'Pauses by itself when a pipeline fails on the update.',
    );
    expect(api.createRollout).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Start the roll-out' }),
    );
    expect(api.createRollout).toHaveBeenCalledWith(templateRef, {
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      waves: 'owner',
      pauseOn: { failingPipelines: true, fallingHealth: false },
      advanceAt: 0.75,
    });
    expect(
      await screen.findByText(/The roll-out of 2\.1\.0 has begun/),
    ).toBeInTheDocument();
    await waitFor(() => expect(api.getRollout).toHaveBeenCalledWith('r-2'));
  });

  it('names the services before they get a request', async () => {
    await renderTemplateTab({ api: templateApi('rollouts') });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Opens up to 3 pull requests in 3 waves.',
      }),
    );
    expect(
      within(
        screen.getByRole('list', { name: 'Services that are not up to date' }),
      )
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['billing from 1.10.0', 'carts from 1.10.0', 'mail from 1.9.0']);
  });

  it('asks again with the same key when starting went wrong', async () => {
    const api = templateApi('rollouts');
    api.createRollout.mockRejectedValueOnce(
      await refusal(409, 'ConflictError', 'A roll-out of 2.1.0 is running'),
    );
    await renderTemplateTab({ api });
    const dialog = await openDialog();
    const start = within(dialog).getByRole('button', {
      name: 'Start the roll-out',
    });
    await userEvent.click(start);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'A roll-out of 2.1.0 is running',
    );
    await userEvent.click(start);
    await waitFor(() => expect(api.createRollout).toHaveBeenCalledTimes(2));
    const [[, first], [, second]] = api.createRollout.mock.calls;
    expect(second.idempotencyKey).toBe(first.idempotencyKey);
  });

  it('starts nothing on Escape', async () => {
    const api = await renderTemplateTab({ api: templateApi('rollouts') });
    await openDialog();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('button', { name: 'Roll out 2.1.0…' }),
    ).toHaveFocus();
    expect(api.createRollout).not.toHaveBeenCalled();
  });

  it('pauses one that runs, with the reason given', async () => {
    const api = await renderTemplateTab({ api: templateApi('rollouts') });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Pause the roll-out of 2.1.0',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/No further request is opened until/);
    const reason = within(dialog).getByLabelText('Reason');
    expect(reason).toHaveFocus();
    await userEvent.type(reason, ' Too many drafts ');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause the roll-out' }),
    );
    expect(api.actOnRollout).toHaveBeenCalledWith(
      'r-1',
      'pause',
      'Too many drafts',
    );
    expect(
      await screen.findByText('The roll-out is paused.'),
    ).toBeInTheDocument();
  });

  it('says why one is paused, and offers to resume or cancel it', async () => {
    const api = apiWith(pausedRollout);
    await renderTemplateTab({ api });
    expect(
      await screen.findByText('Paused: no further request is opened.'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('The pipeline of billing fails on the update.'),
    ).toHaveLength(2);
    expect(
      screen.queryByRole('button', { name: /^Pause the roll-out/ }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Resume the roll-out of 2.1.0' }),
    ).toBeEnabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel the roll-out of 2.1.0' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/it cannot be resumed/);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Leave it as it is' }),
    );
    expect(api.actOnRollout).not.toHaveBeenCalled();
  });

  it('keeps the dialog and says why when an action is refused', async () => {
    const api = apiWith(pausedRollout);
    api.actOnRollout.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Unauthorized'),
    );
    await renderTemplateTab({ api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Resume the roll-out of 2.1.0',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Resume the roll-out' }),
    );
    expect(
      await within(dialog).findByText(/You may not do this/),
    ).toBeInTheDocument();
  });

  it('offers nothing for one that is done', async () => {
    await renderTemplateTab({
      api: apiWith(rolloutFixture({ status: 'done' })),
    });
    await screen.findByRole('table', SERVICES);
    expect(
      screen.queryByRole('button', { name: /the roll-out of 2\.1\.0/ }),
    ).not.toBeInTheDocument();
  });

  it('says that none was yet, and that there is nothing to roll out', async () => {
    const api = templateApi('rollouts');
    api.getRollouts.mockResolvedValue({ items: [] });
    const { items } = adoptionResponse();
    api.getAdoption.mockResolvedValue(
      adoptionResponse({ items: items.slice(0, 1) }),
    );
    await renderTemplateTab({ api });
    expect(
      await screen.findByText(
        'No version of this template was rolled out yet.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        'Every service has 2.1.0: there is nothing to roll out.',
      ),
    ).toBeInTheDocument();
  });

  it('says why the list cannot be shown', async () => {
    const api = templateApi('rollouts');
    api.getRollouts.mockRejectedValue(new TypeError('Failed to fetch'));
    await renderTemplateTab({ api });
    expect(
      await screen.findByText(
        'The list of roll-outs could not be loaded: the backend does not answer.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Check that the backend is running/),
    ).toBeInTheDocument();
  });
});
