import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { WaiverRecord } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { waiverFixture } from '../__fixtures__/waivers';
import { rootRouteRef } from '../routes';
import { WaiversView } from './WaiversView';

const pending = waiverFixture({ actions: ['approve', 'reject'] });
const approved = waiverFixture({
  id: 'w-2',
  check: 'DEL-01',
  path: null,
  status: 'approved',
  decidedBy: 'user:default/bo',
  decidedAt: '2026-11-20T12:00:00Z',
  decisionNote: 'Until the move',
  actions: ['revoke'],
});
const fromFile = waiverFixture({
  id: 'w-3',
  origin: 'file',
  requestedBy: null,
  status: 'expired',
});

function apiWith(waivers: WaiverRecord[]) {
  const api = goldenPathApiMock();
  api.getWaivers.mockImplementation(async query => {
    const items = waivers.filter(
      waiver => !query?.status || waiver.status === query.status,
    );
    return { items, totalItems: items.length };
  });
  return api;
}

async function renderView(api: ReturnType<typeof goldenPathApiMock>, at = '/') {
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <WaiversView />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

const PENDING = { name: 'Exceptions that wait for approval' };

describe('WaiversView', () => {
  it('shows those that wait first, and the decided ones once', async () => {
    await renderView(apiWith([approved, pending, fromFile]));
    const waiting = await screen.findByRole('table', PENDING);
    const decided = await screen.findByRole('table', {
      name: 'Decided exceptions',
    });
    expect(within(waiting).getAllByRole('rowheader')).toHaveLength(1);
    expect(within(decided).getAllByRole('rowheader')).toHaveLength(2);
    expect(
      waiting.compareDocumentPosition(decided) &
        Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
    expect(
      within(waiting).getByRole('link', { name: 'SEC-01' }),
    ).toHaveAttribute('href', '/golden-paths/paths/service/checks/SEC-01');
    expect(decided).toHaveTextContent('DEL-01 on every path');
    expect(decided).toHaveTextContent(/Decided by .*bo.*: Until the move/);
    expect(decided).toHaveTextContent('From the service’s golden-path.yaml');
    expect(screen.getByText('2 of 2 exceptions')).toBeInTheDocument();
  });

  it('says what to do when there are none', async () => {
    await renderView(apiWith([]));
    expect(
      await screen.findByText('Nothing waits for a decision.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/asked for on the Golden path tab/),
    ).toBeInTheDocument();
  });

  it('shows one state, as the address says, and changes it with the filter', async () => {
    const api = apiWith([approved, pending]);
    await renderView(api, '/?status=approved');
    expect(
      await screen.findByRole('table', { name: 'Exceptions: approved' }),
    ).toHaveTextContent('DEL-01');
    expect(screen.queryByRole('table', PENDING)).not.toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'State' }),
      'Rejected',
    );
    expect(
      await screen.findByText(/No exception is in this state/),
    ).toBeInTheDocument();
    expect(api.getWaivers).toHaveBeenCalledWith(
      expect.objectContaining({ status: 'rejected' }),
    );
  });

  it('approves with a note, says so, and moves the focus to what it says', async () => {
    const api = apiWith([pending]);
    await renderView(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve SEC-01 for orders' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Approve the exception from SEC-01 for orders?',
    });
    await userEvent.click(within(dialog).getByLabelText('Note'));
    await userEvent.paste('Fine until March');
    api.getWaivers.mockResolvedValue({ items: [], totalItems: 0 });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(api.decideWaiver).toHaveBeenCalledWith(
      'w-1',
      'approve',
      'Fine until March',
    );
    const result = await screen.findByText('Approved: SEC-01 for orders.');
    const live = result.closest('[aria-live="polite"]');
    await waitFor(() => expect(live).toHaveFocus());
    expect(
      await screen.findByText('Nothing waits for a decision.'),
    ).toBeInTheDocument();
  });

  it('asks before it revokes, and does nothing on Cancel', async () => {
    const api = apiWith([approved]);
    await renderView(api);
    const revoke = await screen.findByRole('button', {
      name: 'Revoke DEL-01 for orders',
    });
    await userEvent.click(revoke);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/The check counts again at once/);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.decideWaiver).not.toHaveBeenCalled();
    expect(revoke).toHaveFocus();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not do this: the decision.'],
    [409, 'ConflictError', 'The decision came too late: somebody was faster.'],
    [500, 'InternalError', 'The decision did not go through.'],
  ])(
    'says in a sentence why a decision failed: %s',
    async (status, name, title) => {
      const api = apiWith([pending]);
      api.decideWaiver.mockRejectedValue(await refusal(status, name, 'no'));
      await renderView(api);
      await userEvent.click(
        await screen.findByRole('button', { name: 'Reject SEC-01 for orders' }),
      );
      const dialog = await screen.findByRole('dialog');
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Reject' }),
      );
      expect(await within(dialog).findByText(title)).toBeInTheDocument();
    },
  );

  it('offers nothing where the record allows nothing', async () => {
    await renderView(apiWith([{ ...pending, actions: [] }]));
    const waiting = await screen.findByRole('table', PENDING);
    expect(waiting).toHaveTextContent('Waits for approval');
    expect(within(waiting).queryByRole('button')).not.toBeInTheDocument();
  });

  it('says why the list is not there', async () => {
    const api = goldenPathApiMock();
    api.getWaivers.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'no'),
    );
    await renderView(api);
    expect(
      await screen.findByText(
        'You may not see this: exceptions that wait for approval.',
      ),
    ).toBeInTheDocument();
  });
});
