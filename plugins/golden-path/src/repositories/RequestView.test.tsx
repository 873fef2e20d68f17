import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { localGitApiRef } from '../api/localGitApi';
import {
  goldenPathApiMock,
  localGitApiMock,
  refusal,
} from '../__fixtures__/apis';
import {
  changeRequest,
  changeRequestDetails,
} from '../__fixtures__/changeRequest';
import { GoldenPathsPage } from '../paths/GoldenPathsPage';
import { rootRouteRef } from '../routes';

const PAGE = '/golden-paths/repositories/orders/requests/7';

async function renderPage(address: string, localGit = localGitApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, goldenPathApiMock()],
        [localGitApiRef, localGit],
      ]}
    >
      <Routes>
        <Route path="/golden-paths/*" element={<GoldenPathsPage />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [address],
      mountedRoutes: {
        '/golden-paths': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return localGit;
}

async function renderRequest(
  ...parameters: Parameters<typeof changeRequestDetails>
) {
  const localGit = localGitApiMock();
  localGit.getChangeRequest.mockResolvedValue(
    changeRequestDetails(...parameters),
  );
  await renderPage(PAGE, localGit);
  await screen.findByRole('heading', { name: /#7$/ });
  return localGit;
}

describe('the change requests of a repository', () => {
  it('are listed by state with counts', async () => {
    const localGit = localGitApiMock();
    localGit.getChangeRequests.mockImplementation(async (_, query) => ({
      items: query?.state === 'merged' ? [] : [changeRequest({ draft: true })],
      counts: { open: 1, merged: 0, closed: 3 },
    }));
    await renderPage('/golden-paths/repositories/orders', localGit);

    const table = await screen.findByRole('table', {
      name: 'Change requests, newest first',
    });
    expect(
      within(table).getByRole('link', { name: 'Update service to 2.0.0' }),
    ).toHaveAttribute('href', PAGE);
    expect(within(table).getByText('Draft')).toBeInTheDocument();
    expect(within(table).getByText('Golden paths')).toBeInTheDocument();
    expect(localGit.getChangeRequests).toHaveBeenCalledWith('orders', {
      state: 'open',
    });
    const filter = screen.getByRole('combobox', { name: 'State' });
    expect(filter).toHaveTextContent('AllOpen (1)Merged (0)Closed (3)');
    await userEvent.selectOptions(filter, 'merged');
    expect(await screen.findByText(/None is merged/)).toBeInTheDocument();
  });

  it('say what appears there while there are none', async () => {
    const localGit = localGitApiMock();
    localGit.getChangeRequests.mockResolvedValue({
      items: [],
      counts: { open: 0, merged: 0, closed: 0 },
    });
    await renderPage('/golden-paths/repositories/orders', localGit);

    expect(
      await screen.findByText(/No change has been proposed yet/),
    ).toBeInTheDocument();
  });
});

describe('RequestView', () => {
  it('shows who asks for what, the description and the commits', async () => {
    await renderRequest({ behind: 2 });

    expect(
      screen.getByRole('heading', { name: 'Update service to 2.0.0 #7' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Open')).toBeInTheDocument();
    expect(screen.getByText(/Golden paths asked/)).toHaveTextContent(
      /to merge golden-path\/update-service-2.0.0 into main\./,
    );
    expect(screen.getByText(/main is 2 commits further on/)).toBeVisible();
    expect(
      screen.getByRole('heading', { name: 'What changes' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Update service from 1.0.0 to 2.0.0'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Change requests of orders' }),
    ).toHaveAttribute('href', '/golden-paths/repositories/orders#requests');
  });

  it('runs nothing that a description holds', async () => {
    await renderRequest(
      {},
      {
        body: '<img src="x" onerror="alert(1)"><script>alert(2)</script>[go](javascript:alert(3)) **fine**',
      },
    );

    expect(await screen.findByText('fine')).toBeInTheDocument();
    expect(document.querySelector('[onerror]')).toBeNull();
    const section = document.getElementById('request-description')!;
    expect(section.querySelector('script')).toBeNull();
    expect(section.innerHTML).not.toMatch(/javascript:alert\(3\)/);
  });

  it('draws the lines of a file when it is opened, and says what cannot be drawn', async () => {
    await renderRequest();
    expect(screen.getByText(/^4 files, 9,001 lines added/)).toBeInTheDocument();
    expect(screen.queryByText(/node:24/)).not.toBeInTheDocument();

    const open = (name: RegExp) =>
      userEvent.click(screen.getByRole('button', { name }));
    await open(/^Dockerfile · changed/);
    expect(
      screen.getByRole('region', { name: 'Changes of Dockerfile' }),
    ).toHaveTextContent(/FROM node:22.*FROM node:24/);
    await open(/^docs\/guide.md · moved from README.md/);
    expect(screen.getByText('No line differs.')).toBeInTheDocument();
    await open(/^logo.png · added · binary/);
    expect(screen.getByText(/This file is binary/)).toBeInTheDocument();
    await open(/^package-lock.json/);
    expect(
      screen.getByText(/The changes are too large to be shown here/),
    ).toBeInTheDocument();
  });

  it('merges what was looked at, once that is confirmed', async () => {
    const localGit = await renderRequest();
    localGit.actOnChangeRequest.mockImplementation(async () => {
      const merged = changeRequestDetails(
        { mergeable: 'unknown' },
        {
          state: 'merged',
          mergedBy: 'user:default/ann',
          mergedAt: '2026-11-21T10:00:00Z',
          mergeCommit: '3'.repeat(40),
        },
      );
      localGit.getChangeRequest.mockResolvedValue(merged);
      return merged.request;
    });
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Merge: Update service to 2.0.0?',
    });
    expect(dialog).toHaveTextContent(/1 commit of golden-path.* into main/);
    expect(localGit.actOnChangeRequest).not.toHaveBeenCalled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Merge' }),
    );

    expect(localGit.actOnChangeRequest).toHaveBeenCalledWith(
      'orders',
      7,
      'merge',
      { head: '1'.repeat(40) },
    );
    expect(await screen.findByText('Merged into main.')).toBeInTheDocument();
    expect(screen.getByText('Merged')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Files at commit 3333333' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Merge' }),
    ).not.toBeInTheDocument();
  });

  it('says why the host refuses and looks at it again', async () => {
    const localGit = await renderRequest();
    localGit.actOnChangeRequest.mockRejectedValue(
      await refusal(409, 'ConflictError', "The branch 'main' moved"),
    );
    const before = localGit.getChangeRequest.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Merge' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Merge' }),
    );

    expect(
      await within(dialog).findByText("The branch 'main' moved"),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByText(/how the change request stands now/),
    ).toBeInTheDocument();
    expect(localGit.getChangeRequest.mock.calls.length).toBeGreaterThan(before);
  });

  it('lists conflicts with the commands that solve them, and does not offer to merge', async () => {
    await renderRequest(
      { mergeable: 'conflicts', conflicts: ['Dockerfile', 'src/a.ts'] },
      { sourceBranch: 'x;reboot' },
    );

    expect(
      within(screen.getByRole('list', { name: 'Files with conflicts' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['Dockerfile', 'src/a.ts']);
    expect(
      screen.getByText("git fetch origin && git switch 'x;reboot'"),
    ).toBeInTheDocument();
    expect(screen.getByText('git merge origin/main')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeDisabled();
  });

  it('lets a draft be marked ready before it is merged', async () => {
    const localGit = await renderRequest({}, { draft: true });
    expect(screen.getByText('Draft')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Merge' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Mark ready' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Mark ready' }),
    );

    expect(localGit.actOnChangeRequest).toHaveBeenCalledWith(
      'orders',
      7,
      'ready',
      {},
    );
    expect(
      await screen.findByText('Marked ready to be merged.'),
    ).toBeInTheDocument();
  });

  it('offers no buttons to those who may not push', async () => {
    await renderRequest({}, { canMerge: false });
    expect(screen.getByText(/not merge or close it/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Merge' }),
    ).not.toBeInTheDocument();
  });

  it('offers to reopen what was closed', async () => {
    await renderRequest(
      {},
      { state: 'closed', closedAt: '2026-11-21T10:00:00Z' },
    );
    expect(screen.getByText(/It was closed/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Reopen' })).toBeEnabled();
    expect(
      screen.queryByRole('button', { name: 'Close' }),
    ).not.toBeInTheDocument();
  });

  it('says so when there is none of that number', async () => {
    const localGit = localGitApiMock();
    localGit.getChangeRequest.mockRejectedValue(
      await refusal(404, 'NotFoundError', "'orders' has no change request #7"),
    );
    await renderPage(PAGE, localGit);
    expect(
      await screen.findByText("'orders' has no change request #7"),
    ).toBeInTheDocument();
  });

  it('asks for nothing at an address without a number', async () => {
    const localGit = await renderPage(
      '/golden-paths/repositories/orders/requests/latest',
    );
    expect(
      await screen.findByText('There is no change request latest.'),
    ).toBeInTheDocument();
    expect(localGit.getChangeRequest).not.toHaveBeenCalled();
  });
});
