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
import { entityRef, ordersEntity } from '../__fixtures__/entity';
import { scorecardResponse } from '../__fixtures__/scorecard';
import { rootRouteRef } from '../routes';
import { EntityGoldenPathContent } from './EntityGoldenPathContent';

async function renderTab(address = '/', api = goldenPathApiMock()) {
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
      routeEntries: [address],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/golden-paths': rootRouteRef,
      },
    },
  );
  return api;
}

describe('EntityGoldenPathContent', () => {
  it('groups checks by level, trial checks apart', async () => {
    await renderTab();
    const silver = await screen.findByRole('table', {
      name: 'Production service: Level silver',
    });
    expect(
      within(silver).getByRole('row', {
        name: /Every action is pinned Fail security 8 Counts/,
      }),
    ).toBeInTheDocument();
    const trial = screen.getByRole('table', {
      name: 'Production service: On trial, counting nowhere',
    });
    expect(within(trial).getByText('There is an SBOM')).toBeInTheDocument();
  });

  it('opens a check into message, evidence, remediation and outside names', async () => {
    await renderTab();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Details of Every action is pinned',
      }),
    );
    expect(screen.getByText('1 of 2 actions float')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /ci\.yml:12/ })).toHaveAttribute(
      'href',
      'https://git.example.com/shop/orders/tree/main/.github/workflows/ci.yml#L12',
    );
    expect(screen.getByRole('link', { name: /Read how/ })).toHaveAttribute(
      'href',
      'https://docs.example.com/pin',
    );
    expect(
      screen.getByText(
        'Known elsewhere as OpenSSF Scorecard: Pinned-Dependencies.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Why it matters: A tag can be moved/),
    ).toBeInTheDocument();
  });

  it('opens the check that the address points at', async () => {
    await renderTab('/#check-service-SEC-01');
    expect(await screen.findByText('1 of 2 actions float')).toBeInTheDocument();
  });

  it('shows only the verdict that the address asks for', async () => {
    await renderTab('/?verdict=unknown#checks');
    const details = (title: string) =>
      screen.queryByRole('button', { name: `Details of ${title}` });
    await screen.findByRole('button', {
      name: 'Details of Deployments recover within a day',
    });
    expect(details('Every action is pinned')).not.toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Verdict' }),
      'All',
    );
    expect(details('Every action is pinned')).toBeInTheDocument();
  });

  it('puts the focus on the part whose link is followed, each time', async () => {
    await renderTab();
    const link = await screen.findByRole('link', { name: 'History' });
    const history = screen.getByRole('region', { name: 'History' });
    await userEvent.click(link);
    expect(history).toHaveFocus();
    link.focus();
    await userEvent.keyboard('{Enter}');
    expect(history).toHaveFocus();
  });

  it('leads from a count to the checks behind it', async () => {
    await renderTab();
    expect(
      (await screen.findByText('1 fail')).closest('a')?.getAttribute('href'),
    ).toMatch(/\?verdict=fail#checks$/);
  });

  it('says where to look for what kept a fact away', async () => {
    await renderTab();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Details of Deployments recover within a day',
      }),
    );
    expect(
      screen
        .getByRole('link', { name: 'sources of facts' })
        .getAttribute('href'),
    ).toMatch(/#sources$/);
  });

  it('filters drifted files by status and owner', async () => {
    await renderTab();
    const files = await screen.findByRole('table', {
      name: 'Files of the template',
    });
    expect(within(files).getAllByRole('rowheader')).toHaveLength(2);
    expect(screen.queryByText('Dockerfile')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', {
        name: '1 file is as the template wrote it',
      }),
    );
    expect(screen.getByText('Dockerfile')).toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Status' }),
      'Missing',
    );
    expect(
      within(files)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['.github/workflows/security.yml']);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Owner' }),
      'Merged: both own it',
    );
    expect(screen.getByText(/No file is like this/)).toBeInTheDocument();
  });

  it('opens a number into the events behind it, and says which are gone', async () => {
    const api = await renderTab();
    const metric = await screen.findByRole('region', {
      name: 'Deployment frequency',
    });
    expect(api.getEvents).not.toHaveBeenCalled();
    await userEvent.click(
      within(metric).getByRole('button', {
        name: 'The 2 events behind this number',
      }),
    );
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, {
      ids: ['d-1', 'd-2'],
    });
    await userEvent.click(
      await within(metric).findByRole('button', {
        name: /orders 4\.2\.0 deployed/,
      }),
    );
    expect(
      within(metric).getByRole('region', { name: 'Body of event d-1' }),
    ).toHaveTextContent('"id": "orders-4.2.0"');
    expect(
      within(metric).getByText('1 event is no longer stored.'),
    ).toBeInTheDocument();
  });

  it('says whom to ask when the events may not be seen', async () => {
    const api = goldenPathApiMock();
    api.getEvents.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Unauthorized'),
    );
    await renderTab('/', api);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'The 2 events behind this number',
      }),
    );
    expect(
      await screen.findByText('You may not see this: the events.'),
    ).toBeInTheDocument();
  });

  it('shows what a metric rests on', async () => {
    await renderTab();
    const metric = await screen.findByRole('region', {
      name: 'Change lead time',
    });
    expect(metric).toHaveTextContent('Band: elite');
    expect(metric).toHaveTextContent(
      'half within 3 h 12 min, 75% within 5 h 33 min, 90% within 1 d 1 h',
    );
    const rate = screen.getByRole('region', { name: 'Change fail rate' });
    expect(rate).toHaveTextContent('1 of 2');
    expect(rate).not.toHaveTextContent('Band');
  });

  it('names what kept a source away', async () => {
    await renderTab();
    const sources = await screen.findByRole('table', {
      name: 'Sources of facts',
    });
    expect(
      within(sources).getByText('No delivery event names this entity'),
    ).toBeInTheDocument();
  });

  it('folds a long list of changes', async () => {
    const api = goldenPathApiMock();
    api.getHistory.mockResolvedValue({
      entityRef,
      items: [
        {
          at: '2026-11-20T10:00:00Z',
          path: { name: 'service', version: '1.2.0' },
          level: null,
          score: { raw: 10, adjusted: 10, low: 10, high: 10 },
          changes: Array.from({ length: 35 }, (_, index) => ({
            id: `SEC-${index}`,
            from: null,
            to: 'pass' as const,
          })),
        },
      ],
    });
    await renderTab('/', api);
    const all = await screen.findByRole('button', {
      name: '35 verdicts changed',
    });
    expect(screen.queryByText('SEC-7')).not.toBeInTheDocument();
    await userEvent.click(all);
    expect(screen.getByText('SEC-7')).toBeInTheDocument();
  });

  it('shows what a change of the score comes from, with the verdicts folded', async () => {
    const api = goldenPathApiMock();
    api.getHistory.mockResolvedValue({
      entityRef,
      items: [
        {
          at: '2026-11-20T10:00:00Z',
          path: { name: 'service', version: '1.3.0' },
          level: null,
          score: { raw: 52.5, adjusted: 52.5, low: 52.5, high: 52.5 },
          changes: [{ id: 'SEC-12', from: null, to: 'fail' }],
          change: {
            raw: { from: 62, to: 52.5 },
            adjusted: { from: 62, to: 54 },
            level: { from: 'bronze', to: null },
            parts: [
              {
                cause: 'standard',
                raw: -7.5,
                adjusted: -7.5,
                checks: [{ id: 'SEC-12', from: null, to: 'fail' }],
              },
              {
                cause: 'collector',
                raw: -2,
                adjusted: -0.5,
                checks: [{ id: 'DEL-01', from: 'pass', to: 'stale' }],
              },
            ],
          },
        },
      ],
    });
    await renderTab('/', api);
    const causes = await screen.findByRole('list', {
      name: 'What the change comes from',
    });
    expect(
      within(causes)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      '−7.5 from the standard: SEC-12 added',
      '−2 (−0.5 adjusted) from a collector: DEL-01 pass → stale',
    ]);
    const history = screen.getByRole('table', { name: 'Changes of the score' });
    expect(history).toHaveTextContent('Level bronze → none');
    expect(history).not.toHaveTextContent('SEC-12 new → fail');
    await userEvent.click(
      within(history).getByRole('button', { name: '1 verdict changed' }),
    );
    expect(history).toHaveTextContent('SEC-12 new → fail');
  });

  it('lists the steps to the next level with kind, effort and gain', async () => {
    await renderTab();
    const steps = await screen.findByRole('table', { name: 'Steps to silver' });
    const row = within(steps).getByRole('row', {
      name: /Every action is pinned/,
    });
    expect(row).toHaveTextContent('Fix');
    expect(row).toHaveTextContent('Medium: hours');
    expect(row).toHaveTextContent(/\+\d/);
    expect(
      within(row).getByRole('link', { name: 'Every action is pinned' }),
    ).toHaveAttribute('href', '/#check-service-SEC-01');
    await userEvent.click(
      screen.getByRole('button', { name: 'Worth doing beyond that: 1' }),
    );
    expect(
      screen.getByRole('table', { name: 'Further steps' }),
    ).toHaveTextContent('Connect');
  });

  it('shows gaps of a source, and that a suspended collector is at fault', async () => {
    const api = goldenPathApiMock();
    api.getScorecard.mockResolvedValue(
      scorecardResponse({
        sources: [
          {
            source: 'github',
            observedAt: '2026-11-20T10:00:00Z',
            gaps: { 'alerts.codeScanning': 'The token may not read alerts' },
          },
          {
            source: 'cost',
            suspended: true,
            retryAt: '2026-11-20T11:00:00Z',
            problem: 'Answered 503',
          },
        ],
      }),
    );
    await renderTab('/', api);
    const sources = await screen.findByRole('table', {
      name: 'Sources of facts',
    });
    expect(
      within(sources).getByRole('list', { name: 'What github could not read' }),
    ).toHaveTextContent('alerts.codeScanning: The token may not read alerts');
    const cost = within(sources).getByRole('row', { name: /^cost/ });
    expect(cost).toHaveTextContent('Suspended');
    expect(cost).toHaveTextContent(/asked again at .*not the service’s fault/);
    expect(cost).toHaveTextContent('Answered 503');
  });

  it('lists what changed with each score', async () => {
    const api = goldenPathApiMock();
    api.getHistory.mockResolvedValue({
      entityRef,
      items: [
        {
          at: '2026-11-20T10:00:00Z',
          path: { name: 'service', version: '1.2.0' },
          level: null,
          score: { raw: 10, adjusted: 10, low: 10, high: 10 },
          changes: [
            { id: 'SEC-01', from: 'pass', to: 'fail' },
            { id: 'NEW-01', from: null, to: 'unknown' },
          ],
        },
      ],
    });
    await renderTab('/', api);
    const history = await screen.findByRole('table', {
      name: 'Changes of the score',
    });
    expect(history).toHaveTextContent('SEC-01 pass → fail');
    expect(history).toHaveTextContent('NEW-01 new → unknown');
  });
});
