import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { healthRollups, metricFixture } from '../__fixtures__/health';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { rootRouteRef } from '../routes';
import { FleetHealth } from './FleetHealth';
import { writeFleetState } from './fleetState';

async function renderRollup(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <FleetHealth hrefOf={state => `?${writeFleetState(state)}`} />
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}

const table = (by = 'owner') =>
  screen.findByRole('table', { name: `Delivery health by ${by}` });

function groups(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    ...healthRollups.groups[0],
    group: `group:default/team-${index}`,
  }));
}

describe('FleetHealth', () => {
  it('says that it is loading', async () => {
    const api = goldenPathApiMock();
    api.getHealthRollup.mockReturnValue(new Promise(() => {}));
    await renderRollup(api);
    expect(
      screen.getByText('Loading delivery health by group…'),
    ).toBeInTheDocument();
  });

  it('shows pooled numbers, how many entities they are of, and leads to them', async () => {
    await renderRollup();
    const [, shop, nobody] = within(await table()).getAllByRole('row');
    expect(shop).toHaveTextContent('3 of 41 tells nothing');
    expect(shop).toHaveTextContent('12.5%');
    expect(shop).toHaveTextContent('1 entity');
    expect(
      within(shop).getByRole('link', { name: 'Entities of shop in the fleet' }),
    ).toHaveAttribute('href', '/?owner=group%3Adefault%2Fshop#entities');
    expect(nobody).toHaveTextContent('Without an owner');
    expect(
      within(nobody).getByRole('link', { name: /^Entities of Without/ }),
    ).toHaveAttribute('href', '/?owner=none#entities');
  });

  it('gives no number and no good news of a group that tells nothing', async () => {
    await renderRollup();
    const [, , nobody] = within(await table()).getAllByRole('row');
    expect(within(nobody).getAllByText('Not instrumented')).toHaveLength(5);
    expect(nobody).toHaveTextContent('not known');
    expect(nobody).not.toHaveTextContent('none found');
    expect(nobody.querySelector('[data-tone="good"]')).toBeNull();
  });

  it('opens a group into n and interval of each number', async () => {
    await renderRollup();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Details of the delivery health of shop',
      }),
    );
    expect(
      screen.getByText(
        '1 entity tells nothing of its deployments and is in no number here.',
      ),
    ).toBeInTheDocument();
    const numbers = screen.getByRole('table', { name: 'Numbers of shop' });
    expect(numbers).toHaveTextContent(
      'Change fail rate12.5%n=48 · 6 of 48 · between 5.9% and 24.7% with 95% confidence',
    );
    expect(numbers).toHaveTextContent('Change lead timeNot instrumented');
  });

  it('shows what is too few to judge as such', async () => {
    const api = goldenPathApiMock();
    api.getHealthRollup.mockResolvedValue({
      ...healthRollups,
      groups: [
        {
          ...healthRollups.groups[0],
          metrics: {
            changeFailRate: metricFixture({
              status: 'insufficient',
              value: 0.5,
              n: 2,
            }),
          },
        },
      ],
    });
    await renderRollup(api);
    expect(await table()).toHaveTextContent('50% Insufficient (n=2 of 5)');
  });

  it('changes between owner and system by the keyboard', async () => {
    const api = await renderRollup();
    await table();
    screen.getByRole('radio', { name: 'Owner' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(await table('system')).toHaveTextContent('In no system');
    expect(api.getHealthRollup).toHaveBeenLastCalledWith({ groupBy: 'system' });
  });

  it('shows the rest of many groups on demand', async () => {
    const api = goldenPathApiMock();
    api.getHealthRollup.mockResolvedValue({
      ...healthRollups,
      groups: groups(12),
    });
    await renderRollup(api);
    expect(await screen.findByText('10 of 12 owners')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('12 of 12 owners')).toBeInTheDocument();
  });

  it('says so when there is nothing to pool', async () => {
    const api = goldenPathApiMock();
    api.getHealthRollup.mockResolvedValue({ ...healthRollups, groups: [] });
    await renderRollup(api);
    expect(
      await screen.findByText(/^No entity is known to pool/),
    ).toBeInTheDocument();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this: delivery health by group.'],
    [500, 'Error', 'Delivery health by group could not be loaded.'],
  ])('says why nothing is shown: %s', async (status, name, title) => {
    const api = goldenPathApiMock();
    api.getHealthRollup.mockRejectedValue(await refusal(status, name, 'no'));
    await renderRollup(api);
    expect(await screen.findByText(title)).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('table')).not.toBeInTheDocument(),
    );
  });
});
