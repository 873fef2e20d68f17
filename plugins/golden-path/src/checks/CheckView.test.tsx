import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { rowFixture } from '../__fixtures__/fleet';
import { GoldenPathsRoutes } from '../paths/GoldenPathsRoutes';
import { rootRouteRef } from '../routes';

const AT = '/golden-paths/paths/service/checks/SEC-01';

async function renderCheck(api = goldenPathApiMock(), at = AT) {
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <Routes>
        <Route path="/golden-paths/*" element={<GoldenPathsRoutes />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}

function failing(name: string) {
  return rowFixture(name, {
    check: { id: 'SEC-01', verdict: 'fail', message: '1 of 2 actions float' },
  });
}

describe('CheckView', () => {
  it('shows what the check is, why, and what it is called elsewhere', async () => {
    await renderCheck();
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'SEC-01: Every action is pinned',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('A tag can be moved to other code at any time.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Expression in CEL' }),
    ).toHaveTextContent('repository.actions.pinned');
    expect(
      within(
        screen.getByRole('list', { name: 'Known elsewhere as' }),
      ).getAllByRole('listitem'),
    ).toHaveLength(2);
    expect(
      screen.getByText('OpenSSF Scorecard: Pinned-Dependencies'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Announced, counts from 2027-01-01'),
    ).toBeInTheDocument();
    expect(screen.getByText('Low: minutes')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /^Read how/ })).toHaveAttribute(
      'href',
      'https://docs.example.com/pin',
    );
  });

  it('lists those that fail with their message, and leads to the evidence', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockImplementation(async query =>
      query?.cursor
        ? { items: [failing('payments')], totalItems: 2 }
        : { items: [failing('orders')], totalItems: 2, nextCursor: 'next' },
    );
    await renderCheck(api);
    const table = await screen.findByRole('table', {
      name: 'Entities with the verdict fail',
    });
    expect(api.getScorecards).toHaveBeenCalledWith(
      expect.objectContaining({
        path: 'service',
        check: 'SEC-01',
        verdict: 'fail',
      }),
    );
    expect(table).toHaveTextContent('1 of 2 actions float');
    expect(
      within(table).getByRole('link', {
        name: 'Evidence of component:default/orders',
      }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/golden-path#check-service-SEC-01',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    const count = await screen.findByText('2 of 2 entities');
    expect(within(table).getAllByRole('rowheader')).toHaveLength(2);
    expect(count.closest('[role="status"]')).toHaveFocus();
  });

  it('opens each count into its list', async () => {
    const api = await renderCheck();
    const stale = (await screen.findByText('1 stale')).closest('a');
    expect(stale).toHaveAttribute('href', `${AT}?verdict=stale#entities`);
    await userEvent.click(stale!);
    expect(api.getScorecards).toHaveBeenCalledWith(
      expect.objectContaining({ verdict: 'stale' }),
    );
    expect(
      screen.getByRole('link', { name: /^Filter, group and download/ }),
    ).toHaveAttribute(
      'href',
      '/golden-paths/fleet?path=service&check=SEC-01&verdict=stale',
    );
  });

  it('does not say that all is well when nobody is known to fail', async () => {
    const api = goldenPathApiMock();
    api.getScorecards.mockResolvedValue({ items: [], totalItems: 0 });
    await renderCheck(api);
    expect(
      await screen.findByText(/No entity is known to fail this check/),
    ).toBeInTheDocument();
  });

  it('says where to go when the path has no such check', async () => {
    await renderCheck(goldenPathApiMock(), AT.replace('SEC-01', 'OLD-9'));
    expect(
      await screen.findByText('This path has no check OLD-9.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'the path’s page' }),
    ).toHaveAttribute('href', '/golden-paths/paths/service#checks');
  });

  it('keeps the rule when counts and list cannot be loaded', async () => {
    const api = goldenPathApiMock();
    api.getPathChecks.mockRejectedValue(new Error('boom'));
    api.getScorecards.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'no'),
    );
    await renderCheck(api);
    expect(
      await screen.findByText('The counts could not be loaded.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('You may not see this: the list of entities.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Low: minutes')).toBeInTheDocument();
  });
});
