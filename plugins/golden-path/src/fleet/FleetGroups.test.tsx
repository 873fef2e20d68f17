import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { rootRouteRef } from '../routes';
import { FleetView } from './FleetView';

async function renderFleet(search: string, api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <FleetView />
    </TestApiProvider>,
    {
      routeEntries: [`/${search}`],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}

function saveCalls() {
  URL.createObjectURL = jest.fn(() => 'blob:x');
  URL.revokeObjectURL = jest.fn();
  return jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(() => {});
}

describe('the fleet in groups', () => {
  it('shows owners as a tree with counts, levels and mean score, and loads nothing yet', async () => {
    const api = await renderFleet('?path=service&groupBy=owner');
    const tree = await screen.findByRole('list', { name: 'By owner' });
    expect(
      within(tree)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual([
      'retail 5 entities · 1 silver, 1 on no level · mean score 50 to 60 · 4 failing · 5 not known · 1 waived',
      'Without an owner 2 entities · 1 silver, 1 on no level · no score · 4 failing · 5 not known · 1 waived',
    ]);
    expect(api.getScorecards).not.toHaveBeenCalled();
  });

  it('opens a group into the groups below, and those into their rows', async () => {
    const api = await renderFleet('?path=service&groupBy=owner&level=silver');
    expect(
      await screen.findByText(/The numbers beside a group are of all/),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: /^retail/ }),
    );
    const below = screen.getByRole('list', { name: 'Groups below retail' });
    expect(api.getScorecards).not.toHaveBeenCalled();
    await userEvent.click(within(below).getByRole('button', { name: /^shop/ }));
    expect(
      await within(below).findByRole('table', { name: 'Entities of shop' }),
    ).toBeInTheDocument();
    expect(api.getScorecards).toHaveBeenCalledWith(
      expect.objectContaining({
        path: 'service',
        level: 'silver',
        owner: 'group:default/shop',
      }),
    );
    await userEvent.click(
      screen.getByRole('button', {
        name: 'All 5 entities of retail and of the groups below, 1 of its own',
      }),
    );
    expect(
      await screen.findByRole('table', { name: 'Entities of retail' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^retail/ }));
    expect(
      screen.queryByRole('list', { name: 'Groups below retail' }),
    ).not.toBeInTheDocument();
  });

  it('opens the groups that the address names', async () => {
    const api = await renderFleet('?groupBy=system&open=none');
    expect(
      await screen.findByRole('table', { name: 'Entities in no system' }),
    ).toBeInTheDocument();
    expect(api.getScorecards).toHaveBeenCalledWith(
      expect.objectContaining({ system: 'none' }),
    );
    expect(screen.getByRole('button', { name: /^store/ })).toHaveAttribute(
      'aria-expanded',
      'false',
    );
  });

  it('begins with the owner that the filter names', async () => {
    await renderFleet('?groupBy=owner&owner=group:default/shop');
    const tree = await screen.findByRole('list', { name: 'By owner' });
    expect(within(tree).getAllByRole('button')).toHaveLength(1);
  });

  it('says why the groups are not there', async () => {
    const api = goldenPathApiMock();
    api.getSummary.mockRejectedValue(new Error('boom'));
    await renderFleet('?groupBy=system', api);
    expect(
      await screen.findByText('The groups could not be loaded.'),
    ).toBeInTheDocument();
  });
});

describe('the download of the fleet', () => {
  it('holds every row of the filters, and says how many', async () => {
    const click = saveCalls();
    const api = await renderFleet('?path=service&level=gold&orderBy=owner');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download 1 row as CSV' }),
    );
    expect(api.getScorecardsCsv).toHaveBeenCalledWith({
      path: 'service',
      level: 'gold',
      orderBy: 'owner',
      order: 'asc',
    });
    expect(click.mock.contexts[0]).toHaveAttribute(
      'download',
      'golden-path-service.csv',
    );
    click.mockRestore();
  });

  it('says why there is none', async () => {
    const api = goldenPathApiMock();
    api.getScorecardsCsv.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'no'),
    );
    await renderFleet('?path=service', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download 1 row as CSV' }),
    );
    expect(
      await screen.findByText('You may not see this: the CSV file.'),
    ).toBeInTheDocument();
  });
});
