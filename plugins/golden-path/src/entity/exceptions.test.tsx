import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { entityRef, ordersEntity } from '../__fixtures__/entity';
import {
  checkFixture,
  scorecardFixture,
  scorecardResponse,
} from '../__fixtures__/scorecard';
import { waiverFixture } from '../__fixtures__/waivers';
import { rootRouteRef } from '../routes';
import { EntityGoldenPathContent } from './EntityGoldenPathContent';

async function renderTab(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={ordersEntity}>
        <EntityGoldenPathContent />
      </EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/golden-paths': rootRouteRef,
      },
    },
  );
  return api;
}

async function openCheck(title = 'Every action is pinned') {
  await userEvent.click(
    await screen.findByRole('button', { name: `Details of ${title}` }),
  );
}

const ASK = { name: 'Ask for an exception from Every action is pinned' };

async function openForm() {
  await openCheck();
  await userEvent.click(await screen.findByRole('button', ASK));
  return screen.findByRole('dialog', { name: /SEC-01: Every action/ });
}

describe('exceptions on the tab', () => {
  it('leads from a check to how the fleet stands to it', async () => {
    await renderTab();
    await openCheck();
    expect(
      screen.getByRole('link', { name: 'This check over the whole fleet' }),
    ).toHaveAttribute('href', '/golden-paths/paths/service/checks/SEC-01');
  });

  it('asks for an exception, and says that it waits for approval', async () => {
    const api = await renderTab();
    const form = await openForm();
    fireEvent.change(within(form).getByLabelText('Reason'), {
      target: { value: 'No release to pin to yet' },
    });
    fireEvent.change(within(form).getByLabelText('Holds until'), {
      target: { value: '2999-12-31' },
    });
    api.getWaivers.mockResolvedValue({
      items: [waiverFixture()],
      totalItems: 1,
    });
    await userEvent.click(within(form).getByRole('button', { name: 'Ask' }));
    expect(api.requestWaiver).toHaveBeenCalledWith({
      entityRef,
      path: 'service',
      check: 'SEC-01',
      reason: 'No release to pin to yet',
      expires: '2999-12-31',
    });
    expect(
      await screen.findByText(/^Asked for. The exception waits for approval/),
    ).toBeInTheDocument();
    expect(await screen.findByText('Exception asked for')).toBeInTheDocument();
    expect(screen.queryByRole('button', ASK)).not.toBeInTheDocument();
  });

  it('offers none for a check that passes or is on trial', async () => {
    await renderTab();
    await openCheck('There is a README');
    await openCheck('There is an SBOM');
    expect(
      screen.queryByRole('button', { name: /^Ask for an exception/ }),
    ).not.toBeInTheDocument();
  });

  it('shows the request that waits, and lets its author withdraw it', async () => {
    const api = goldenPathApiMock();
    api.getWaivers.mockResolvedValue({
      items: [waiverFixture({ path: null, actions: ['withdraw'] })],
      totalItems: 1,
    });
    await renderTab(api);
    await openCheck();
    expect(
      await screen.findByText(
        /An exception until 2027-03-31, asked for by ann on .*waits for approval/,
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Withdraw SEC-01 for orders' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Withdraw',
      }),
    );
    expect(api.decideWaiver).toHaveBeenCalledWith('w-1', 'withdraw', undefined);
    expect(
      await screen.findByText('Withdrawn: SEC-01 for orders.'),
    ).toBeInTheDocument();
  });

  it('shows reason, owner, expiry and approver of a waived check, with both scores', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({
        scorecards: [
          scorecardFixture({
            score: { raw: 62.4, adjusted: 70.1, low: 62.4, high: 62.4 },
            checks: [
              checkFixture({
                id: 'SEC-01',
                title: 'Every action is pinned',
                verdict: 'waived',
                waiver: {
                  reason: 'No release yet',
                  owner: 'group:default/shop',
                  expires: '2027-03-31',
                  approvedBy: 'user:default/bo',
                },
              }),
            ],
          }),
        ],
      }),
    );
    await renderTab(api);
    expect(
      await screen.findByText(/^Raw 62.4, .* adjusted 70.1,/),
    ).toBeInTheDocument();
    await openCheck();
    const shown = screen.getByText('Waived until').closest('dl');
    expect(shown).toHaveTextContent(
      'Waived until2027-03-31ReasonNo release yetOwnershopApproved bybo',
    );
  });

  it('keeps the checks when the exceptions cannot be loaded', async () => {
    const api = goldenPathApiMock();
    api.getWaivers.mockRejectedValue(new Error('boom'));
    await renderTab(api);
    expect(
      await screen.findByText('The list of exceptions could not be loaded.'),
    ).toBeInTheDocument();
    await openCheck();
    expect(screen.getByText('1 of 2 actions float')).toBeInTheDocument();
  });
});
