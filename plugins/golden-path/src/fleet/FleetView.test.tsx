import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation, useNavigate } from 'react-router-dom';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { fleetPage, rowFixture } from '../__fixtures__/fleet';
import { GoldenPathsRoutes } from '../paths/GoldenPathsRoutes';
import { rootRouteRef } from '../routes';

function Address() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output data-testid="address">{`${pathname}${search}`}</output>
      <button onClick={() => navigate(-1)}>Back</button>
    </>
  );
}

async function renderFleet(search = '', api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <Routes>
        <Route path="/golden-paths/*" element={<GoldenPathsRoutes />} />
      </Routes>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [`/golden-paths/fleet${search}`],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}

const address = () => screen.getByTestId('address').textContent;
const table = () => screen.findByRole('table', { name: 'Entities' });
const lastQuery = (api: ReturnType<typeof goldenPathApiMock>) =>
  api.getScorecards.mock.calls.at(-1)?.[0];

describe('FleetView', () => {
  it('is a part of the page, and says that it is loading', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockReturnValue(new Promise(() => {}));
    await renderFleet('', api);
    expect(screen.getByRole('link', { name: 'Fleet' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(screen.getByRole('link', { name: 'Paths' })).not.toHaveAttribute(
      'aria-current',
    );
    expect(
      await screen.findByText('Loading the list of entities…'),
    ).toBeInTheDocument();
  });

  it('shows each entity with level, interval, counts, freshness and owner', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockResolvedValue({
      items: [
        rowFixture('orders', {
          title: 'Orders',
          level: 'silver',
          waived: 1,
          score: { raw: 50, adjusted: 62, low: 50, high: 60 },
        }),
        rowFixture('bare', {
          owner: null,
          observedAt: null,
          failing: 0,
          failingChecks: [],
        }),
      ],
      totalItems: 2,
    });
    await renderFleet('?path=service', api);
    const rows = within(await table()).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('50 to 60');
    expect(rows[1]).toHaveTextContent('50 raw, 62 adjusted');
    expect(rows[1]).toHaveTextContent('silver');
    expect(
      within(rows[1]).getByRole('link', { name: '1 waived of Orders' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/golden-path?verdict=waived#checks',
    );
    expect(rows[1].querySelector('time')).toHaveAttribute(
      'datetime',
      '2026-11-19T10:00:00Z',
    );
    expect(rows[2]).toHaveTextContent('none yet');
    expect(rows[2]).toHaveTextContent('no facts');
    expect(rows[2]).toHaveTextContent('nobody');
  });

  it('opens the failing count into the ids, each leading to its check', async () => {
    await renderFleet('?path=service');
    const count = await screen.findByRole('button', {
      name: '2 failing of component:default/orders',
    });
    expect(
      screen.queryByRole('link', { name: 'SEC-01' }),
    ).not.toBeInTheDocument();
    await userEvent.click(count);
    expect(screen.getByRole('link', { name: 'SEC-01' })).toHaveAttribute(
      'href',
      '/golden-paths/paths/service/checks/SEC-01',
    );
  });

  it('shows the fleet at a glance, each number leading to its list', async () => {
    await renderFleet('?path=service&search=ord');
    const glance = await screen.findByRole('region', { name: 'At a glance' });
    const levels = await within(glance).findByRole('list', {
      name: 'By level, lowest first',
    });
    expect(
      within(levels)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'no level: 2 29%',
      'bronze: 4 57%',
      'silver: 0 0%',
      'gold: 1 14%',
    ]);
    await userEvent.click(
      within(levels).getByRole('link', { name: '4 on level bronze' }),
    );
    expect(address()).toBe(
      '/golden-paths/fleet?path=service&level=bronze&search=ord',
    );
    expect(
      within(glance).getByRole('link', { name: /^Mean score 55 to 71/ }),
    ).toBeInTheDocument();
    expect(
      within(glance).getByRole('link', { name: /^1 with something not known/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('unknown=true&orderBy=unknown'),
    );
    expect(
      within(glance).getByRole('link', { name: /^3 waived checks/ }),
    ).toHaveAttribute('href', '/golden-paths/waivers?status=approved');
  });

  it('reads filters and order from the address', async () => {
    const api = await renderFleet(
      '?path=service&owner=group:default/shop&level=silver&check=SEC-01&verdict=unknown&orderBy=owner&order=desc',
    );
    await table();
    expect(lastQuery(api)).toEqual({
      path: 'service',
      owner: 'group:default/shop',
      level: 'silver',
      check: 'SEC-01',
      verdict: 'unknown',
      orderBy: 'owner',
      order: 'desc',
      limit: 50,
      cursor: undefined,
    });
    expect(
      screen.getByRole('combobox', { name: 'Its verdict' }),
    ).toHaveDisplayValue('Unknown');
  });

  it('shows what the check of the filter says', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockResolvedValue({
      items: [
        rowFixture('orders', {
          check: { id: 'SEC-01', verdict: 'fail', message: '1 floats' },
        }),
      ],
      totalItems: 1,
    });
    await renderFleet('?path=service&check=SEC-01', api);
    expect(
      within(await table()).getByRole('columnheader', { name: 'This check' }),
    ).toBeInTheDocument();
    expect(await table()).toHaveTextContent('Fail1 floats');
  });

  it('sorts by keyboard, says so, and takes it back with the back button', async () => {
    const api = await renderFleet('?path=service');
    const head = (name: string) => screen.getByRole('columnheader', { name });
    await table();
    expect(head('Score')).toHaveAttribute('aria-sort', 'ascending');
    within(head('Failing')).getByRole('button').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(head('Failing')).toHaveAttribute('aria-sort', 'descending'),
    );
    expect(head('Score')).not.toHaveAttribute('aria-sort');
    expect(address()).toBe('/golden-paths/fleet?path=service&orderBy=failing');
    await userEvent.keyboard(' ');
    await waitFor(() =>
      expect(head('Failing')).toHaveAttribute('aria-sort', 'ascending'),
    );
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({
        orderBy: 'failing',
        order: 'asc',
      }),
    );
    expect(
      within(head('Waived')).queryByRole('button'),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(head('Failing')).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(head('Score')).toHaveAttribute('aria-sort', 'ascending');
  });

  it('keeps the old rows in place while others are loaded', async () => {
    const api = await renderFleet('?path=service');
    await table();
    api.getScorecards.mockReturnValue(new Promise(() => {}));
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Level' }),
      'gold',
    );
    expect(address()).toContain('level=gold');
    expect(await table()).toHaveAttribute('aria-busy', 'true');
    expect(
      screen.queryByText('Loading the list of entities…'),
    ).not.toBeInTheDocument();
  });

  it('filters by a name, without a step back for each letter', async () => {
    const api = await renderFleet('?path=service');
    await table();
    await userEvent.click(screen.getByLabelText('Name'));
    await userEvent.paste('ord');
    await waitFor(() => expect(address()).toContain('search=ord'));
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({ search: 'ord' }),
    );
  });

  it('offers checks only of a chosen path, and forgets them with it', async () => {
    await renderFleet('?path=service&check=SEC-01&level=gold');
    await table();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Path' }),
      'All',
    );
    expect(address()).toBe('/golden-paths/fleet');
    expect(
      screen.queryByRole('combobox', { name: 'Check' }),
    ).not.toBeInTheDocument();
  });

  it('loads page by page and says of how many', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockImplementation(async query =>
      query?.cursor
        ? fleetPage(['payments'], undefined, 2)
        : fleetPage(['orders'], 'next', 2),
    );
    await renderFleet('?path=service', api);
    expect(await screen.findByText('1 of 2 entities')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('2 of 2 entities')).toBeInTheDocument();
    expect(within(await table()).getAllByRole('rowheader')).toHaveLength(2);
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('says what to do when filters leave nothing, and clears them', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockResolvedValue({ items: [], totalItems: 0 });
    await renderFleet('?path=service&level=gold', api);
    expect(
      await screen.findByText('No entity matches these filters.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('link', { name: 'clear the filters' }),
    );
    expect(address()).toBe('/golden-paths/fleet?path=service');
    expect(
      await screen.findByText('No entity is scored yet.'),
    ).toBeInTheDocument();
  });

  it('shows why the list is not there, and keeps the rest', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockRejectedValueOnce(
      await refusal(503, 'ServiceUnavailableError', 'The store is down'),
    );
    await renderFleet('?path=service', api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'The list of entities could not be loaded.',
    );
    expect(
      await screen.findByRole('link', { name: '4 on level bronze' }),
    ).toBeInTheDocument();
    await userEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(await table()).toBeInTheDocument();
  });

  it('names collectors that fail for many, and whose fault that is', async () => {
    const api = goldenPathApiMock();
    api.getSources.mockResolvedValue({
      items: [
        {
          source: 'github',
          circuit: 'open',
          reason: '40 of 50 entities failed',
          retryAt: '2026-11-21T12:00:00Z',
          facts: 7,
          expired: 1,
          problems: 40,
        },
        {
          source: 'catalog',
          circuit: 'closed',
          facts: 7,
          expired: 0,
          problems: 0,
        },
      ],
    });
    await renderFleet('', api);
    const notice = (
      await screen.findByText('The collector github fails for many entities.')
    ).closest('[role="status"]');
    expect(notice).toHaveTextContent(
      /held as unknown or stale; retry at 21 Nov 2026, .* not the services’/,
    );
    expect(notice).toHaveTextContent('40 of 50 entities failed');
    expect(screen.queryByText(/collector catalog/)).not.toBeInTheDocument();
  });
});
