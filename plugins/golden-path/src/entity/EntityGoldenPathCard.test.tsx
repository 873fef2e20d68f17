import { configApiRef } from '@backstage/core-plugin-api';
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
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { driftLayer, driftResponse } from '../__fixtures__/drift';
import { entityRef, ordersEntity, servedEntity } from '../__fixtures__/entity';
import {
  everyMetric,
  healthResponse,
  metricFixture,
} from '../__fixtures__/health';
import { updateFixture } from '../__fixtures__/plan';
import {
  checkFixture,
  scorecardFixture,
  scorecardResponse,
} from '../__fixtures__/scorecard';
import { rootRouteRef } from '../routes';
import { EntityGoldenPathCard } from './EntityGoldenPathCard';

const TAB = '/catalog/default/component/orders/golden-path';

async function renderCard(
  api = goldenPathApiMock(),
  entity = ordersEntity,
  withPage = true,
) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [
          configApiRef,
          mockApis.config({
            data: { backend: { baseUrl: 'http://localhost:7007' } },
          }),
        ],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={entity}>
        <EntityGoldenPathCard />
      </EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        ...(withPage ? { '/golden-paths': rootRouteRef } : {}),
      },
    },
  );
  return api;
}

describe('EntityGoldenPathCard', () => {
  it('says that it is loading', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockReturnValue(new Promise(() => {}));
    await renderCard(api);
    expect(screen.getByText('Loading the scorecard…')).toBeInTheDocument();
    expect(api.getDrift).not.toHaveBeenCalled();
  });

  it('says that the entity waits to be scored', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({ status: 'pending', scorecards: [], sources: [] }),
    );
    await renderCard(api);
    expect(
      await screen.findByText(/^Waiting to be scored/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/reached/)).not.toBeInTheDocument();
  });

  it('says in one line that no path applies, and asks for nothing else', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({
        status: 'not-applicable',
        scorecards: [],
        sources: [],
      }),
    );
    await renderCard(api);
    expect(
      await screen.findByText(/No golden path applies to this component/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See the golden paths' }),
    ).toHaveAttribute('href', '/golden-paths');
    expect(api.getDrift).not.toHaveBeenCalled();
    expect(api.getHealth).not.toHaveBeenCalled();
  });

  it('shows an error with what to do next, and retries', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockRejectedValueOnce(
      await refusal(503, 'ServiceUnavailableError', 'The store is down'),
    );
    await renderCard(api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The scorecard could not be loaded.');
    expect(alert).toHaveTextContent('The store is down');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('62 to 81')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says whom to ask when the viewer may not see the scorecard', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Unauthorized'),
    );
    await renderCard(api);
    expect(
      await screen.findByText('You may not see this: the scorecard.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Ask the platform team/)).toBeInTheDocument();
  });

  it('shows level, interval, failing checks, drift and metrics', async () => {
    await renderCard();
    const ladder = await screen.findByRole('list', {
      name: 'Levels, lowest first',
    });
    expect(
      within(ladder)
        .getAllByRole('listitem')
        .map(rung => rung.textContent),
    ).toEqual(['bronzereached', 'silvernext', 'goldnot reached']);
    expect(screen.getByText('62 to 81')).toBeInTheDocument();
    expect(screen.getByText(/^Scored/)).toHaveTextContent(
      'Scored 2 minutes ago',
    );
    expect(screen.getByText('1 fail').closest('a')).toHaveAttribute(
      'href',
      `${TAB}?verdict=fail#checks`,
    );
    expect(
      screen.getByRole('link', { name: '2 of 3 files drifted' }),
    ).toHaveAttribute('href', `${TAB}#drift`);
    expect(
      screen.getByText('Template version 1.0.0; newest is 1.1.0'),
    ).toBeInTheDocument();
    expect(screen.getByText('3 h 12 min')).toBeInTheDocument();
    expect(screen.getByText('n=41').parentElement).toHaveTextContent(
      'Band: elite',
    );
    expect(screen.getByText('2.1 per day')).toBeInTheDocument();
  });

  it('shows one number when everything is known', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({
        scorecards: [
          scorecardFixture({
            score: { raw: 81, adjusted: 81, low: 81, high: 81 },
          }),
        ],
      }),
    );
    await renderCard(api);
    expect(await screen.findByText('81')).toBeInTheDocument();
    expect(screen.queryByText(/ to 81/)).not.toBeInTheDocument();
  });

  it('never shows what is unknown, stale or broken like a pass', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({
        scorecards: [
          scorecardFixture({
            checks: [
              checkFixture({ id: 'A', verdict: 'unknown' }),
              checkFixture({ id: 'B', verdict: 'stale' }),
              checkFixture({ id: 'C', verdict: 'error' }),
            ],
          }),
        ],
      }),
    );
    await renderCard(api);
    for (const words of ['1 unknown', '1 stale', '1 error']) {
      const chip = (await screen.findByText(words)).closest('[data-tone]');
      expect(chip).not.toHaveAttribute('data-tone', 'good');
    }
    expect(screen.queryByText(/pass$/)).not.toBeInTheDocument();
  });

  it('lists a missing managed file by its path', async () => {
    await renderCard();
    const path = await screen.findByText('.github/workflows/security.yml');
    expect(path.parentElement).toHaveTextContent(
      'Missing: .github/workflows/security.yml',
    );
  });

  it('shows why drift is unknown, and no count', async () => {
    const api = goldenPathApiMock();
    api.getDrift.mockResolvedValue({
      ...driftResponse,
      report: {
        ...driftResponse.report!,
        status: 'no-lock',
        layers: [],
      },
    });
    await renderCard(api);
    expect(
      await screen.findByText(/the repository has no lock file/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/files drifted/)).not.toBeInTheDocument();
  });

  it('counts drift with conflicts first, and says how far behind it is', async () => {
    const api = goldenPathApiMock();
    const [pristine, edited] = driftLayer.files;
    const files = [
      pristine,
      { ...edited, path: 'a', status: 'outdated' as const },
      { ...edited, path: 'b', status: 'conflict' as const },
    ];
    api.getDrift.mockResolvedValue({
      ...driftResponse,
      report: {
        ...driftResponse.report!,
        observedAt: new Date(Date.now() - 180_000).toISOString(),
        layers: [
          {
            ...driftLayer,
            migrated: 0.63,
            files,
            counts: {
              ...driftLayer.counts,
              edited: 0,
              missing: 0,
              outdated: 1,
              conflict: 1,
            },
          },
        ],
      },
    });
    await renderCard(api);
    expect(
      await screen.findByText('Outdated: 2 files behind 1.1.0'),
    ).toBeInTheDocument();
    expect(screen.getByText('63 % migrated to 1.1.0')).toBeInTheDocument();
    expect(screen.getByText(/^Compared/)).toHaveTextContent(
      'Compared 3 minutes ago',
    );
    expect(
      screen
        .getAllByRole('link', { name: /^1 (conflict|outdated|pristine)$/ })
        .map(link => link.textContent),
    ).toEqual(['1 conflict', '1 outdated', '1 pristine']);
  });

  it('shows the update that is open, with its state and its address', async () => {
    const api = goldenPathApiMock();
    const open = updateFixture({ draft: true, conflicts: 1 });
    api.getUpdates.mockResolvedValue({
      entityRef,
      items: [open, updateFixture({ id: 'u-0', to: '0.9.0', state: 'closed' })],
    });
    await renderCard(api);
    expect(
      await screen.findByRole('link', {
        name: /Update of node-service from 1\.0\.0 to 1\.1\.0/,
      }),
    ).toHaveAttribute('href', open.url);
    expect(screen.getByText('Open as a draft')).toBeInTheDocument();
    expect(screen.queryByText(/to 0\.9\.0/)).not.toBeInTheDocument();
  });

  it('says that it does not know of updates when those cannot be loaded', async () => {
    const api = goldenPathApiMock();
    api.getUpdates.mockRejectedValue(new Error('boom'));
    await renderCard(api);
    expect(
      await screen.findByText('Whether an update is open is not known.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: '2 of 3 files drifted' }),
    ).toBeInTheDocument();
  });

  it('says for each metric why there is no number, without a band', async () => {
    await renderCard();
    expect(
      await screen.findByRole('link', {
        name: 'Change fail rate: 50%, Insufficient (n=2 of 5). Open the evidence',
      }),
    ).toHaveAttribute('href', `${TAB}#metric-changeFailRate`);
    expect(screen.getByText('No data')).toBeInTheDocument();
    expect(screen.getAllByText('Not instrumented')).toHaveLength(2);
    expect(screen.queryByText('low')).not.toBeInTheDocument();
    expect(
      screen.queryByText('No delivery event has arrived yet.'),
    ).not.toBeInTheDocument();
  });

  it('shows a number of too few samples beside the mark that it is no judgement', async () => {
    await renderCard();
    const number = await screen.findByText('50%');
    expect(number.parentElement).toHaveTextContent(
      '50%Insufficient (n=2 of 5)',
    );
  });

  it('says how to begin when no delivery event ever arrived', async () => {
    const api = goldenPathApiMock();
    const silent = metricFixture({
      status: 'not-instrumented',
      value: null,
      n: 0,
    });
    api.getHealth.mockResolvedValue({
      ...healthResponse,
      metrics: everyMetric(silent),
    });
    api.getEvents.mockResolvedValue({ entityRef, items: [] });
    await renderCard(api);
    expect(
      await screen.findByText('No delivery event has arrived yet.'),
    ).toBeInTheDocument();
    expect(screen.getByText('/api/golden-path/v1/events')).toBeInTheDocument();
  });

  it('opens a failing check into its evidence', async () => {
    await renderCard();
    const line = await screen.findByRole('button', {
      name: /Every action is pinned.*Pin every action to a commit/,
    });
    expect(screen.queryByText('1 of 2 actions float')).not.toBeInTheDocument();
    await userEvent.click(line);
    expect(screen.getByText('1 of 2 actions float')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /ci\.yml:12/ })).toHaveAttribute(
      'href',
      'https://git.example.com/shop/orders/tree/main/.github/workflows/ci.yml#L12',
    );
    expect(
      screen.getByRole('link', {
        name: 'Open Every action is pinned on the tab',
      }),
    ).toHaveAttribute('href', `${TAB}#check-service-SEC-01`);
  });

  it('leads to the page of a repository that this Backstage serves', async () => {
    await renderCard(goldenPathApiMock(), servedEntity);
    await userEvent.click(
      await screen.findByRole('button', { name: /Every action is pinned/ }),
    );
    expect(screen.getByRole('link', { name: /ci\.yml:12/ })).toHaveAttribute(
      'href',
      '/golden-paths/repositories/orders?ref=main&path=.github%2Fworkflows%2Fci.yml#L12',
    );
  });

  it('leads to the git host in an app without that page', async () => {
    await renderCard(goldenPathApiMock(), servedEntity, false);
    await userEvent.click(
      await screen.findByRole('button', { name: /Every action is pinned/ }),
    );
    expect(screen.getByRole('link', { name: /ci\.yml:12/ })).toHaveAttribute(
      'href',
      'http://localhost:7007/api/local-git/repositories/orders/tree/main/.github/workflows/ci.yml#L12',
    );
  });

  it('keeps trial checks off the card', async () => {
    await renderCard();
    await screen.findByText('62 to 81');
    expect(screen.queryByText('There is an SBOM')).not.toBeInTheDocument();
  });

  it('refreshes on request and says so', async () => {
    const api = await renderCard();
    await screen.findByText('62 to 81');
    api.getScorecard.mockResolvedValue(scorecardResponse({ refreshing: true }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(api.refresh).toHaveBeenCalledWith(entityRef);
    expect(await screen.findByText('Refreshing…')).toBeInTheDocument();
  });

  it('keeps the other parts when one fails', async () => {
    const api = goldenPathApiMock();
    api.getDrift.mockRejectedValue(new Error('boom'));
    await renderCard(api);
    expect(
      await screen.findByText('The drift report could not be loaded.'),
    ).toBeInTheDocument();
    expect(screen.getByText('62 to 81')).toBeInTheDocument();
    expect(screen.getByText('3 h 12 min')).toBeInTheDocument();
  });
});
