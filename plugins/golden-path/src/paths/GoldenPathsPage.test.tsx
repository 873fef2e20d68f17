import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { localGitApiRef } from '../api/localGitApi';
import {
  goldenPathApiMock,
  localGitApiMock,
  refusal,
} from '../__fixtures__/apis';
import { rootRouteRef } from '../routes';
import { GoldenPathsPage } from './GoldenPathsPage';
import { Route, Routes } from 'react-router-dom';

async function renderPage(
  address: string,
  api = goldenPathApiMock(),
  localGit = localGitApiMock(),
) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [localGitApiRef, localGit],
        [permissionApiRef, mockApis.permission()],
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
  return { api, localGit };
}

describe('GoldenPathsPage', () => {
  it('lists the paths, and warns of files that could not be loaded', async () => {
    await renderPage('/golden-paths');
    expect(
      await screen.findByRole('link', { name: 'Production service' }),
    ).toHaveAttribute('href', '/golden-paths/paths/service');
    expect(
      screen.getByText('A path file could not be loaded: paths/broken.yaml'),
    ).toBeInTheDocument();
    expect(screen.getByText('line 12: spec.checks')).toBeInTheDocument();
  });

  it('says how to begin when there are no paths', async () => {
    const api = goldenPathApiMock();
    api.getPaths.mockResolvedValue({ items: [], problems: [] });
    await renderPage('/golden-paths', api);
    expect(
      await screen.findByText('There are no golden paths yet.'),
    ).toBeInTheDocument();
  });

  it('shows how a path’s entities stand, each number leading into the fleet', async () => {
    const { api } = await renderPage('/golden-paths/paths/service');
    const entities = await screen.findByRole('region', { name: 'Entities' });
    expect(
      await within(entities).findByRole('link', { name: '4 on level bronze' }),
    ).toHaveAttribute('href', '/golden-paths/fleet?path=service&level=bronze');
    expect(
      within(entities).getByRole('link', {
        name: /^1 with something not known/,
      }),
    ).toHaveAttribute(
      'href',
      '/golden-paths/fleet?path=service&unknown=true&orderBy=unknown',
    );
    expect(
      within(entities).getByRole('link', { name: 'See all 7 in the fleet' }),
    ).toHaveAttribute('href', '/golden-paths/fleet?path=service');
    expect(api.getSummary).toHaveBeenCalledWith({
      groupBy: 'owner',
      path: 'service',
    });
  });

  it('shows a path’s checks with how the fleet stands, its source and its versions', async () => {
    await renderPage('/golden-paths/paths/service');
    const checks = await screen.findByRole('table', {
      name: 'Checks of this path',
    });
    expect(
      await within(checks).findByRole('link', {
        name: 'Every action is pinned over the fleet: 4 pass, 2 fail, 2 not known',
      }),
    ).toHaveAttribute(
      'href',
      '/golden-paths/paths/service/checks/SEC-01#entities',
    );
    expect(checks).toHaveTextContent('Announced, counts from 2027-01-01');
    await userEvent.click(
      screen.getByRole('button', { name: 'Details of Every action is pinned' }),
    );
    expect(screen.getByText('repository.actions.pinned')).toBeInTheDocument();
    expect(await screen.findByText('paths/service.yaml')).toBeInTheDocument();
    const versions = screen.getByRole('table', {
      name: 'Versions of this path',
    });
    expect(versions).toHaveTextContent('1.2.0in force');
    expect(versions).toHaveTextContent('1.1.0replaced');
  });

  it('links to the catalog entity that a path is kept in', async () => {
    const api = goldenPathApiMock();
    const paths = await api.getPaths();
    api.getPaths.mockResolvedValue({
      ...paths,
      items: [{ ...paths.items[0], source: 'goldenpath:default/service' }],
    });
    await renderPage('/golden-paths/paths/service', api);
    const kept = await screen.findByText(/Kept in the catalog entity/);
    expect(
      [...kept.querySelectorAll('a')].map(link => link.getAttribute('href')),
    ).toContain('/catalog/default/goldenpath/service');
  });

  it('shows the checks of a path even when the counts cannot be loaded', async () => {
    const api = goldenPathApiMock();
    api.getPathChecks.mockRejectedValue(new Error('boom'));
    await renderPage('/golden-paths/paths/service', api);
    expect(
      await screen.findByText('How the fleet stands could not be loaded.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Every action is pinned' }),
    ).toBeInTheDocument();
  });

  it('says where to go from an address that is none', async () => {
    await renderPage('/golden-paths/nowhere/at/all');
    expect(
      await screen.findByRole('link', { name: 'Go to the golden paths' }),
    ).toBeInTheDocument();
  });

  it('lists repositories', async () => {
    await renderPage('/golden-paths/repositories');
    expect(await screen.findByRole('link', { name: 'orders' })).toHaveAttribute(
      'href',
      '/golden-paths/repositories/orders',
    );
    expect(screen.getByRole('link', { name: 'Repositories' })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  it('says how to switch the host on when it is off', async () => {
    const localGit = localGitApiMock();
    localGit.listRepositories.mockRejectedValue(
      await refusal(404, 'NotFoundError', 'Not found'),
    );
    await renderPage('/golden-paths/repositories', undefined, localGit);
    expect(
      await screen.findByText(/set localGit.enabled to true/),
    ).toBeInTheDocument();
  });

  it('shows a repository with its commands, files and commits', async () => {
    await renderPage('/golden-paths/repositories/orders');
    expect(
      await screen.findByText(
        'git clone http://localhost:7007/api/local-git/git/orders.git',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy the clone command' }),
    ).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'src/' })).toHaveAttribute(
      'href',
      '/golden-paths/repositories/orders?path=src#files',
    );
    expect(screen.getByText('Create the service')).toBeInTheDocument();
  });

  it('shows the text of a file with the line the address points at', async () => {
    const { localGit } = await renderPage(
      '/golden-paths/repositories/orders?ref=main&path=README.md#L2',
    );
    const content = await screen.findByRole('region', {
      name: 'Content of README.md',
    });
    expect(localGit.getContent).toHaveBeenCalledWith('orders', {
      ref: 'main',
      path: 'README.md',
    });
    const marked = content.querySelector('[aria-current="location"]');
    expect(marked).toHaveTextContent('hello');
  });

  it('says so when a file is not there', async () => {
    await renderPage('/golden-paths/repositories/orders?path=gone.txt');
    expect(
      await screen.findByText('There is no gone.txt here.'),
    ).toBeInTheDocument();
  });

  it('gives a push token once, with commands to paste', async () => {
    const { localGit } = await renderPage('/golden-paths/repositories/orders');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Get a push token' }),
    );
    expect(localGit.createPushToken).toHaveBeenCalledWith('orders');
    expect(await screen.findByText('gp_secret-token')).toBeInTheDocument();
    expect(
      screen.getByText('Copy this token now: it is shown only once.'),
    ).toBeInTheDocument();
    expect(screen.getByText('git push origin main')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Push without being asked for a password',
      }),
    );
    expect(
      screen.getByText(
        'git remote set-url origin http://git:gp_secret-token@localhost:7007/api/local-git/git/orders.git',
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Hide the token' }),
    );
    expect(screen.queryByText(/gp_secret-token/)).not.toBeInTheDocument();
  });

  it('offers no token to those who may not push', async () => {
    const localGit = localGitApiMock();
    const repository = await localGit.getRepository('orders');
    localGit.getRepository.mockResolvedValue({ ...repository, canPush: false });
    await renderPage('/golden-paths/repositories/orders', undefined, localGit);
    expect(await screen.findByText(/not push to it/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Get a push token' }),
    ).not.toBeInTheDocument();
  });

  it('says what to do when no token is given', async () => {
    const localGit = localGitApiMock();
    localGit.createPushToken.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Only the owner may push'),
    );
    await renderPage('/golden-paths/repositories/orders', undefined, localGit);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Get a push token' }),
    );
    expect(
      await screen.findByText('Only the owner may push'),
    ).toBeInTheDocument();
  });
});
