import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { adopterFixture, adoptionResponse } from '../__fixtures__/adoption';
import { refusal } from '../__fixtures__/apis';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';
import { templateApi } from './__testUtils__/templateApi';

const SERVICES = { name: 'Services of the template' };

function servicesShown() {
  return within(screen.getByRole('table', SERVICES))
    .getAllByRole('rowheader')
    .map(cell => within(cell).getByRole('link').textContent);
}

async function section() {
  const region = await screen.findByRole('region', { name: 'Adoption' });
  await within(region).findByText(/newest version/i);
  return region;
}

describe('the adoption of a template', () => {
  it('says how many services stand how, and leads to them', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    const region = await section();
    expect(region).toHaveTextContent('The newest version is 2.1.0.');
    for (const [label, standing] of [
      ['1 up to date', 'current'],
      ['3 behind', 'behind'],
      ['1 with conflicts', 'conflicts'],
      ['1 with an open update', 'update'],
      ['1 with unknown progress', 'unknown'],
    ]) {
      expect(
        within(region).getByText(label).closest('a')?.getAttribute('href'),
      ).toMatch(new RegExp(`\\?standing=${standing}#adoption-services$`));
    }
  });

  it('lists versions as numbers, newest first, and warns of one published twice', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    const versions = await screen.findByRole('table', {
      name: 'Versions of the template',
    });
    expect(
      within(versions)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['2.1.0In the catalog', '1.10.0Republished', '1.9.0']);
    expect(
      screen.getByText(/Published again with other content.*: 1\.10\.0\./),
    ).toBeInTheDocument();
  });

  it('leads from a number of services to those services', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    await userEvent.click(
      await screen.findByRole('link', { name: '2 services with 1.10.0' }),
    );
    expect(servicesShown()).toEqual(['billing', 'carts']);
    expect(screen.getByRole('combobox', { name: 'Version' })).toHaveValue(
      '1.10.0',
    );
    expect(screen.getByRole('region', { name: 'Services' })).toHaveFocus();
  });

  it('says of each service how far it is, and never that an unknown share is none', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    const table = await screen.findByRole('table', SERVICES);
    const carts = within(table).getByRole('row', { name: /carts/ });
    expect(carts).toHaveTextContent('Behind');
    expect(carts).toHaveTextContent('40 %');
    expect(within(carts).getByText('2 conflicts').closest('a')).toHaveAttribute(
      'href',
      '/catalog/default/component/carts/golden-path#drift',
    );
    expect(carts).toHaveTextContent('3 files drifted');
    expect(within(table).getByRole('row', { name: /mail/ })).toHaveTextContent(
      'unknown',
    );
    const billing = within(table).getByRole('row', { name: /billing/ });
    expect(
      within(billing).getByRole('link', {
        name: /Update of node-service from 2\.0\.0 to 2\.1\.0/,
      }),
    ).toHaveAttribute('href', 'https://git.example.com/shop/orders/pull/7');
  });

  it('narrows by version and text, and says what to do when nothing is left', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    await screen.findByRole('table', SERVICES);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Version' }),
      '1.9.0',
    );
    expect(servicesShown()).toEqual(['mail']);
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Service or owner' }),
      'money',
    );
    expect(
      await screen.findByText(/No service is like this\. Choose All/),
    ).toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Version' }),
      'All',
    );
    expect(servicesShown()).toEqual(['billing']);
  });

  it('sorts versions as numbers, and leaves unknown shares at the end both ways', async () => {
    await renderTemplateTab({ api: templateApi('adoption') });
    const table = await screen.findByRole('table', SERVICES);
    const head = (name: string) => within(table).getByRole('button', { name });
    await userEvent.click(head('Version'));
    expect(servicesShown()).toEqual(['mail', 'billing', 'carts', 'orders']);
    await userEvent.click(head('Migrated'));
    expect(servicesShown()).toEqual(['carts', 'billing', 'orders', 'mail']);
    await userEvent.click(head('Migrated'));
    expect(servicesShown()).toEqual(['orders', 'billing', 'carts', 'mail']);
  });

  it('shows a long list in parts', async () => {
    const api = templateApi('adoption');
    api.getAdoption.mockResolvedValue(
      adoptionResponse({
        items: Array.from({ length: 60 }, (_, index) =>
          adopterFixture({ entityRef: `component:default/s${index}` }),
        ),
      }),
    );
    await renderTemplateTab({ api });
    expect(await screen.findByText('50 of 60 services')).toBeInTheDocument();
    expect(servicesShown()).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(servicesShown()).toHaveLength(60);
  });

  it('calls nobody up to date while the newest version is not known', async () => {
    const api = templateApi('adoption');
    api.getAdoption.mockResolvedValue(
      adoptionResponse({
        newestVersion: null,
        reason: 'The template’s folder answered 404.',
      }),
    );
    await renderTemplateTab({ api });
    const region = await section();
    expect(region).toHaveTextContent('The template’s folder answered 404.');
    expect(within(region).queryAllByText(/^Up to date$/)).toHaveLength(1);
    expect(region).not.toHaveTextContent('1 up to date');
    expect(screen.getByText(/No roll-out can be started/)).toBeInTheDocument();
  });

  it('says that nothing uses it yet, and how services come here', async () => {
    const api = templateApi('adoption');
    api.getAdoption.mockResolvedValue(adoptionResponse({ items: [] }));
    await renderTemplateTab({ api });
    expect(await screen.findByText('Nothing uses it yet.')).toBeInTheDocument();
    expect(screen.getByText(/made from the template, or/)).toBeInTheDocument();
    expect(screen.queryByRole('table', SERVICES)).not.toBeInTheDocument();
    expect(
      screen.getByText(/there is nothing to roll out/),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    const api = templateApi('adoption');
    api.getAdoption.mockReturnValue(new Promise(() => {}));
    await renderTemplateTab({ api });
    expect(
      screen.getByText('Loading the adoption of this template…'),
    ).toBeInTheDocument();
  });

  it('says why it cannot be shown and what to do, and shows the other parts', async () => {
    const api = templateApi('adoption');
    api.getAdoption.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Unauthorized'),
    );
    await renderTemplateTab({ api });
    expect(
      await screen.findByText(
        'You may not see this: the adoption of this template.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        'No version of this template was rolled out yet.',
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(api.getAdoption).toHaveBeenCalledTimes(2);
  });
});
