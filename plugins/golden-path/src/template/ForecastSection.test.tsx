import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { templateRef } from '../__fixtures__/adoption';
import { refusal } from '../__fixtures__/apis';
import {
  failedForecast,
  forecastFixture,
  forecastsResponse,
  runningForecast,
} from '../__fixtures__/forecast';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';
import { templateApi } from './__testUtils__/templateApi';

const ADDRESS = 'Address of another version';
const SERVICES = { name: 'Services in this dry run' };

async function startButton() {
  const button = await screen.findByRole('button', { name: 'Start a dry run' });
  await waitFor(() => expect(button).toBeEnabled());
  return button;
}

describe('the forecast of a version', () => {
  it('says what the newest dry run came to, and leads to the services', async () => {
    await renderTemplateTab({ api: templateApi('forecast') });
    const services = await screen.findByRole('table', SERVICES);
    const region = screen.getByRole('region', { name: 'Forecast' });
    for (const [label, outcome] of [
      ['1 clean', 'clean'],
      ['1 conflict', 'conflict'],
      ['1 unknown', 'unknown'],
    ]) {
      expect(
        within(region).getByText(label).closest('a')?.getAttribute('href'),
      ).toMatch(new RegExp(`outcome=${outcome}#forecast-services$`));
    }
    const carts = within(services).getByRole('row', { name: /carts/ });
    expect(
      within(carts).getByRole('list', { name: 'Conflicts of carts' }),
    ).toHaveTextContent(
      'Dockerfile both changed the same linessrc/server.ts both added it',
    );
    expect(within(carts).getByRole('link', { name: 'carts' })).toHaveAttribute(
      'href',
      '/catalog/default/component/carts/golden-path#drift',
    );
    expect(
      within(services).getByRole('row', { name: /mail/ }),
    ).toHaveTextContent(/Unknown–The repository could not be read\./);
    expect(
      within(services)
        .getAllByRole('rowheader')
        .map(cell => within(cell).getByRole('link').textContent),
    ).toEqual(['carts', 'mail', 'orders']);
  });

  it('leads from the worst file to the services it conflicts in, and back', async () => {
    await renderTemplateTab({ api: templateApi('forecast') });
    await userEvent.click(
      await screen.findByRole('link', {
        name: '1 service with a conflict in Dockerfile',
      }),
    );
    const rows = () =>
      within(screen.getByRole('table', SERVICES)).getAllByRole('rowheader');
    expect(rows()).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show every file' }),
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Outcome' }),
      'All',
    );
    expect(rows()).toHaveLength(3);
  });

  it('starts one of the catalog’s version and shows how far it is', async () => {
    const api = templateApi('forecast');
    api.getForecasts.mockResolvedValue({ items: [] });
    api.createForecast.mockResolvedValue(runningForecast);
    api.getForecast.mockResolvedValue(runningForecast);
    await renderTemplateTab({ api });
    expect(
      await screen.findByText(/No version was tried yet/),
    ).toBeInTheDocument();
    await userEvent.click(await startButton());
    expect(api.createForecast).toHaveBeenCalledWith(templateRef, {});
    const progress = await screen.findByRole('progressbar', {
      name: 'Progress of the dry run',
    });
    expect(progress).toHaveAttribute(
      'aria-valuetext',
      '140 of 229 services tried',
    );
    expect(progress).toHaveAttribute('aria-valuenow', '61');
    expect(screen.getByText(/The dry run has begun/)).toBeInTheDocument();
    expect(api.getForecast).toHaveBeenCalledWith('f-2');
  });

  it('reads a dry run again until it is done', async () => {
    const api = templateApi('forecast');
    api.getForecasts.mockResolvedValue(forecastsResponse(runningForecast));
    api.getForecast.mockResolvedValueOnce(runningForecast);
    await renderTemplateTab({ api });
    expect(
      await screen.findByText('140 of 229 services tried'),
    ).toBeInTheDocument();
    expect(await screen.findByRole('table', SERVICES)).toBeInTheDocument();
    expect(
      screen.queryByRole('progressbar', { name: 'Progress of the dry run' }),
    ).not.toBeInTheDocument();
  });

  it('takes an address, and says at the field what is wrong with one', async () => {
    const api = await renderTemplateTab({ api: templateApi('forecast') });
    const button = await startButton();
    const field = screen.getByLabelText(ADDRESS);
    expect(field).toHaveAccessibleDescription(/Empty: the version in the/);
    for (const wrong of ['next', 'ftp://git.example.com/templates']) {
      await userEvent.clear(field);
      await userEvent.type(field, wrong);
      await userEvent.click(button);
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(/begins with https:\/\//);
    }
    expect(api.createForecast).not.toHaveBeenCalled();
    await userEvent.clear(field);
    await userEvent.type(field, ' https://git.example.com/t/tree/next/node ');
    expect(field).toBeValid();
    await userEvent.click(button);
    expect(api.createForecast).toHaveBeenCalledWith(templateRef, {
      url: 'https://git.example.com/t/tree/next/node',
    });
  });

  it('says why one cannot be started', async () => {
    const api = templateApi('forecast');
    api.createForecast.mockRejectedValue(
      await refusal(400, 'InputError', 'The address is on a host that is'),
    );
    await renderTemplateTab({ api });
    await userEvent.click(await startButton());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The dry run was not accepted.');
    expect(alert).toHaveTextContent('The address is on a host that is');
  });

  it('says why one failed and what to check', async () => {
    const api = templateApi('forecast');
    api.getForecasts.mockResolvedValue(
      forecastsResponse(failedForecast, forecastFixture()),
    );
    api.getForecast.mockResolvedValue(failedForecast);
    await renderTemplateTab({ api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The version could not be tried.');
    expect(alert).toHaveTextContent('The address answered 404.');
    expect(alert).toHaveTextContent(/Check that the address is right/);
    const list = screen.getByRole('table', { name: 'Dry runs' });
    expect(
      within(list).getByRole('row', { name: /2\.1\.0/ }),
    ).toHaveTextContent('1 clean, 1 conflict, 1 unknown');
  });

  it('shows the dry run that the address names', async () => {
    const api = templateApi('forecast');
    await renderTemplateTab({ api, at: '/?forecast=f-9&outcome=unknown' });
    const services = await screen.findByRole('table', SERVICES);
    expect(api.getForecast).toHaveBeenCalledWith('f-9');
    expect(within(services).getAllByRole('rowheader')).toHaveLength(1);
  });

  it('goes to its services when the address points at them, though they come late', async () => {
    await renderTemplateTab({
      api: templateApi('forecast'),
      at: '/#forecast-services',
    });
    const services = await screen.findByRole('region', SERVICES);
    await waitFor(() => expect(services).toHaveFocus());
  });
});
