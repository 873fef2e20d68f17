import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { DriftResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLiveData } from '../hooks/useLiveData';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { driftResponse } from '../__fixtures__/drift';
import { entityRef, ordersEntity } from '../__fixtures__/entity';
import {
  planResponse,
  recoveredResponse,
  unrecoveredResponse,
  updateFixture,
} from '../__fixtures__/plan';
import { TabDrift } from './TabDrift';
import { useEntityUpdates } from './useEntityUpdates';

type Api = ReturnType<typeof goldenPathApiMock>;

function Subject(props: { api: Api }) {
  const drift = useLiveData({
    key: entityRef,
    load: () => props.api.getDrift(entityRef),
  });
  const updates = useEntityUpdates({ entityRef, enabled: true });
  return (
    <TabDrift
      entity={ordersEntity}
      drift={drift}
      updates={updates}
      fileLink={file => `https://git.example.com/${file}`}
    />
  );
}

async function renderDrift(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <Subject api={api} />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return api;
}

function withoutLock(plan = recoveredResponse): Api {
  const api = goldenPathApiMock();
  const noLock: DriftResponse = {
    ...driftResponse,
    report: { ...driftResponse.report!, status: 'no-lock', layers: [] },
  };
  api.getDrift.mockResolvedValue(noLock);
  api.getPlan.mockResolvedValue(plan);
  return api;
}

const PROPOSE = { name: 'Propose to add the lock' };

describe('drift on the tab', () => {
  it('shows the files without asking for a plan, and leads to the template', async () => {
    const api = await renderDrift();
    await screen.findByRole('table', { name: 'Files of the template' });
    expect(api.getPlan).not.toHaveBeenCalled();
    expect(screen.getByRole('link', { name: 'node-service' })).toHaveAttribute(
      'href',
      '/catalog/default/template/node-service',
    );
    expect(
      screen.getByRole('button', { name: 'Preview update to 1.1.0' }),
    ).toBeEnabled();
  });

  it('offers no preview where nothing is to be done', async () => {
    const api = goldenPathApiMock();
    const [layer] = driftResponse.report!.layers;
    api.getDrift.mockResolvedValue({
      ...driftResponse,
      report: {
        ...driftResponse.report!,
        layers: [
          {
            ...layer,
            template: { ...layer.template, newestVersion: '1.0.0' },
            files: layer.files.slice(0, 2),
          },
        ],
      },
    });
    await renderDrift(api);
    await screen.findByRole('table', { name: 'Files of the template' });
    expect(
      screen.queryByRole('button', { name: /^Preview/ }),
    ).not.toBeInTheDocument();
  });

  it('lists the requests there have been, with how each stands', async () => {
    const api = goldenPathApiMock();
    api.getUpdates.mockResolvedValue({
      entityRef,
      items: [
        updateFixture({ checks: 'failing' }),
        updateFixture({
          id: 'u-0',
          to: '0.9.0',
          state: 'failed',
          url: 'data:text/html,evil',
          problem: 'The host answered 403',
        }),
      ],
    });
    await renderDrift(api);
    const list = await screen.findByRole('table', { name: 'Update requests' });
    const [, open, failed] = within(list).getAllByRole('row');
    expect(open).toHaveTextContent('Open');
    expect(open).toHaveTextContent('Checks fail');
    expect(failed).toHaveTextContent('Failed');
    expect(failed).toHaveTextContent('The host answered 403');
    expect(within(failed).queryByRole('link')).not.toBeInTheDocument();
  });
});

describe('a service without a lock', () => {
  it('says what it was probably made from and how sure that is, and proposes the lock', async () => {
    const api = await renderDrift(withoutLock());
    expect(
      await screen.findByText(
        'Probably made from node-service 2.0.0: 41 of 60 files are equal.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Guessed from the files').closest('[data-tone]'),
    ).toHaveAttribute('data-tone', 'unsure');
    expect(api.getPlan).toHaveBeenCalledTimes(1);
    api.createUpdate.mockResolvedValue(
      updateFixture({ state: 'queued', from: null, to: '2.0.0', url: null }),
    );
    const button = screen.getByRole('button', PROPOSE);
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(api.createUpdate).toHaveBeenCalledWith(entityRef, {
      provenance: true,
    });
    expect(
      await screen.findByText('Lock file of node-service 2.0.0'),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Asked for: the pull request/)).toBeVisible();
  });

  it('says where it was found when the task still exists', async () => {
    await renderDrift(
      withoutLock({
        ...recoveredResponse,
        recovered: {
          ...recoveredResponse.recovered!,
          via: 'scaffolder-task',
          reason: 'A secret among the values is not kept',
        },
      }),
    );
    expect(
      await screen.findByText(/^Made from node-service 2\.0\.0/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Known from the task that made it'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('A secret among the values is not kept'),
    ).toBeInTheDocument();
  });

  it('says that nothing was found, and what to do', async () => {
    await renderDrift(withoutLock(unrecoveredResponse));
    expect(
      await screen.findByText(
        'The template it was made from could not be found.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'No version of a known template renders files like these.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', PROPOSE)).not.toBeInTheDocument();
  });

  it('says so when looking fails, and tries again', async () => {
    const api = withoutLock();
    api.getPlan.mockRejectedValueOnce(
      await refusal(503, 'ServiceUnavailableError', 'Busy'),
    );
    await renderDrift(api);
    expect(await screen.findByRole('alert')).toHaveTextContent('Busy');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/^Probably made from/)).toBeInTheDocument();
  });

  it('does not look for the template again while a lock is proposed', async () => {
    const api = withoutLock();
    api.getUpdates.mockResolvedValue({
      entityRef,
      items: [updateFixture({ from: null, state: 'open' })],
    });
    await renderDrift(api);
    expect(
      await screen.findByText(/adds the lock file already/),
    ).toBeInTheDocument();
    expect(api.getPlan).not.toHaveBeenCalled();
  });

  it('says why no lock can be proposed', async () => {
    await renderDrift(
      withoutLock({
        ...recoveredResponse,
        ...planResponse({ refusal: 'The host is not configured' }),
        status: 'no-lock',
        recovered: recoveredResponse.recovered,
      }),
    );
    expect(await screen.findByRole('button', PROPOSE)).toBeDisabled();
    expect(
      screen.getByText(
        'No pull request can be opened from here: The host is not configured',
      ),
    ).toBeInTheDocument();
  });
});

describe('waiving a file', () => {
  const WAIVE = { name: 'Waive package.json with a reason' };

  function write(field: string, text: string) {
    fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(field), {
      target: { value: text },
    });
  }

  it('is offered for files that count as drift', async () => {
    await renderDrift();
    await screen.findByRole('button', WAIVE);
    await userEvent.click(
      screen.getByRole('button', {
        name: '1 file is as the template wrote it',
      }),
    );
    expect(
      screen.queryByRole('button', { name: /^Waive Dockerfile/ }),
    ).not.toBeInTheDocument();
  });

  it('asks for reason, owner and last day, and gives the text to add', async () => {
    const api = await renderDrift();
    await userEvent.click(await screen.findByRole('button', WAIVE));
    const dialog = await screen.findByRole('dialog', {
      name: 'Except package.json from the template',
    });
    expect(within(dialog).getByLabelText('Owner')).toHaveValue(
      'group:default/shop',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Write the exception' }),
    );
    expect(within(dialog).getByLabelText('Reason')).toBeInvalid();
    expect(within(dialog).getByLabelText('Holds until')).toBeInvalid();

    write('Reason', 'We publish it under another name');
    write('Holds until', '2999-12-31');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Write the exception' }),
    );
    expect(within(dialog).getByText(/path: "package\.json"/).textContent).toBe(
      [
        'waivers:',
        '  - path: "package.json"',
        '    reason: "We publish it under another name"',
        '    owner: "group:default/shop"',
        '    expires: 2999-12-31',
        '',
      ].join('\n'),
    );
    expect(
      within(dialog).getByRole('button', { name: 'Copy the exception' }),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('link', { name: /golden-path\.yaml/ }),
    ).toHaveAttribute('href', 'https://git.example.com/golden-path.yaml');
    expect(within(dialog).getByText(/but not in force/)).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.requestWaiver).not.toHaveBeenCalled();
    expect(api.createUpdate).not.toHaveBeenCalled();
  });
});
