import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { PlanResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { UpdatePlan } from '@goldenpath/engine';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { driftLayer } from '../__fixtures__/drift';
import { entityRef } from '../__fixtures__/entity';
import {
  conflictPlan,
  emptyPlan,
  largePlan,
  planFileFixture,
  planFixture,
  planResponse,
  restorePlan,
  unknownPlanResponse,
  updateFixture,
} from '../__fixtures__/plan';
import { useEntityUpdates } from '../entity/useEntityUpdates';
import { LayerUpdate } from './LayerUpdate';

function Subject() {
  const updates = useEntityUpdates({ entityRef, enabled: true });
  return (
    <LayerUpdate entityRef={entityRef} layer={driftLayer} updates={updates} />
  );
}

async function renderUpdate(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <Subject />
    </TestApiProvider>,
  );
  return api;
}

function apiWith(plan: UpdatePlan, overrides: Partial<PlanResponse> = {}) {
  const api = goldenPathApiMock();
  api.getPlan.mockResolvedValue(planResponse({ plans: [plan], ...overrides }));
  return api;
}

async function openPreview(api = goldenPathApiMock()) {
  await renderUpdate(api);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Preview update to 1.1.0' }),
  );
  return api;
}

async function openFile(name: RegExp) {
  await userEvent.click(await screen.findByRole('button', { name }));
}

function choose(question: string, answer: string) {
  return userEvent.click(
    within(screen.getByRole('radiogroup', { name: question })).getByRole(
      'radio',
      { name: answer },
    ),
  );
}

const CREATE = { name: 'Create pull request' };

async function create() {
  const button = screen.getByRole('button', CREATE);
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
}

describe('the preview of an update', () => {
  it('is worked out only when it is asked for, and says so meanwhile', async () => {
    const api = goldenPathApiMock();
    api.getPlan.mockReturnValue(new Promise(() => {}));
    await renderUpdate(api);
    expect(api.getPlan).not.toHaveBeenCalled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview update to 1.1.0' }),
    );
    expect(api.getPlan).toHaveBeenCalledWith(entityRef, { layer: 'service' });
    expect(
      screen.getByText(/^Both versions of the template are compared/),
    ).toBeInTheDocument();
  });

  it('shows what changes in a service that is only outdated', async () => {
    await openPreview();
    expect(await screen.findByText('1 file changes.')).toBeInTheDocument();
    expect(
      screen.getByText(/^0 % migrated: 0 of 1 change of the template/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: /Conflicts/ }),
    ).not.toBeInTheDocument();
    await openFile(/^ci\.yml Changed/);
    expect(
      within(
        screen.getByRole('region', {
          name: 'Changes of ci.yml, change 1 of 1',
        }),
      ).getByRole('table'),
    ).toHaveTextContent('image: node:24');
    expect(
      screen.queryByRole('heading', { name: 'What the update does to it' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('README.md')).not.toBeInTheDocument();
    await openFile(/^Unchanged: 1 file/);
    expect(screen.getByText('README.md')).toBeInTheDocument();
  });

  it('sends nothing decided when nothing is decided', async () => {
    const api = await openPreview();
    await screen.findByText('1 file changes.');
    await create();
    expect(api.createUpdate).toHaveBeenCalledWith(entityRef, {
      layer: 'service',
      planDigest: 'sha256:plan-1',
      decisions: {},
    });
  });

  it('asks about each change of a file in conflict, and sends the answers', async () => {
    const api = await openPreview(apiWith(conflictPlan));
    expect(
      await screen.findByText(
        '1 file changes, 1 file in conflict keeps your lines.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'The pull request opens as a draft: 1 file in conflict keeps your lines.',
      ),
    ).toBeInTheDocument();
    await openFile(/^Dockerfile Conflict Not decided/);
    const first = screen.getByRole('radiogroup', {
      name: 'Change 1 of 3 of Dockerfile',
    });
    within(first)
      .getAllByRole('radio')
      .forEach(radio => expect(radio).not.toBeChecked());
    expect(
      within(
        screen.getByRole('radiogroup', { name: 'Change 2 of 3 of Dockerfile' }),
      ).getByRole('radio', { name: 'Take the template’s' }),
    ).toBeChecked();
    expect(
      screen.queryByRole('radiogroup', { name: 'Change 3 of 3 of Dockerfile' }),
    ).not.toBeInTheDocument();

    await choose('Change 1 of 3 of Dockerfile', 'Take the template’s');
    await choose('Change 2 of 3 of Dockerfile', 'Keep ours');
    expect(
      screen.getByText(
        'Your decisions: 1 taken from the template, 1 kept as you have it.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/opens as a draft/)).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^Dockerfile Conflict Decided/ }),
    ).toBeInTheDocument();
    await create();
    expect(api.createUpdate).toHaveBeenCalledWith(
      entityRef,
      expect.objectContaining({
        decisions: {
          Dockerfile: { hunks: { 'h-conflict': 'take', 'h-applies': 'keep' } },
        },
      }),
    );
  });

  it('shows what the service changed beside what the template changed', async () => {
    await openPreview(
      apiWith({
        ...conflictPlan,
        edits: [
          {
            path: 'Dockerfile',
            fingerprint: 'sha256:edit',
            patch: '@@ -6 +6 @@\n-USER node\n+USER 10001\n',
          },
        ],
      }),
    );
    await openFile(/^Dockerfile Conflict/);
    expect(
      screen.getByRole('region', {
        name: 'Changes of Dockerfile, your edits',
      }),
    ).toHaveTextContent('USER 10001');
  });

  it('is decided by keyboard', async () => {
    await openPreview(apiWith(conflictPlan));
    await openFile(/^Dockerfile Conflict Not decided/);
    const group = screen.getByRole('radiogroup', {
      name: 'Change 1 of 3 of Dockerfile',
    });
    const [take, keep] = within(group).getAllByRole('radio');
    take.focus();
    await userEvent.keyboard(' ');
    expect(take).toBeChecked();
    await userEvent.keyboard('{ArrowDown}');
    expect(keep).toBeChecked();
  });

  it('decides about a file as a whole, and forgets it again', async () => {
    const api = await openPreview(apiWith(conflictPlan));
    await openFile(/^Dockerfile Conflict/);
    await choose('What becomes of Dockerfile', 'Keep ours');
    expect(
      screen.queryByRole('radiogroup', { name: /^Change 1 of 3/ }),
    ).not.toBeInTheDocument();
    await create();
    expect(api.createUpdate).toHaveBeenLastCalledWith(
      entityRef,
      expect.objectContaining({ decisions: { Dockerfile: { file: 'keep' } } }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Undo my decisions' }),
    );
    expect(screen.getByText(/^Nothing is decided/)).toBeInTheDocument();
  });

  it('lets a file that would be restored be kept', async () => {
    const api = await openPreview(apiWith(restorePlan));
    expect(await screen.findByText('1 file is restored.')).toBeInTheDocument();
    expect(
      screen.getByText(
        'The pull request opens as a draft: 1 file is restored.',
      ),
    ).toBeInTheDocument();
    await openFile(/security\.yml Restored/);
    await choose('What becomes of .github/workflows/security.yml', 'Keep ours');
    expect(screen.queryByText(/opens as a draft/)).not.toBeInTheDocument();
    await create();
    expect(api.createUpdate).toHaveBeenCalledWith(
      entityRef,
      expect.objectContaining({
        decisions: { '.github/workflows/security.yml': { file: 'keep' } },
      }),
    );
  });

  it('has nothing to create where nothing is to be done', async () => {
    await openPreview(apiWith(emptyPlan));
    expect(await screen.findByText('Nothing to do.')).toBeInTheDocument();
    expect(screen.queryByRole('button', CREATE)).not.toBeInTheDocument();
  });

  it('lists many files in parts', async () => {
    await openPreview(apiWith(largePlan));
    const list = await screen.findByRole('list', {
      name: 'Changed: 200 files',
    });
    expect(within(list).getAllByRole('listitem')).toHaveLength(30);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 170 more files' }),
    );
    expect(within(list).getAllByRole('listitem')).toHaveLength(200);
  });

  it('says why a plan cannot be had, and what to do', async () => {
    const api = goldenPathApiMock();
    api.getPlan.mockResolvedValue(unknownPlanResponse);
    await openPreview(api);
    expect(
      await screen.findByText('What an update would do is not known.'),
    ).toBeInTheDocument();
    expect(screen.getByText('The host answered 503')).toBeInTheDocument();

    api.getPlan.mockResolvedValue(
      planResponse({
        plans: [],
        problems: { service: 'The skeleton of 1.1.0 does not render' },
      }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview again' }),
    );
    expect(
      await screen.findByText('The skeleton of 1.1.0 does not render'),
    ).toBeInTheDocument();

    api.getPlan.mockRejectedValue(
      await refusal(503, 'ServiceUnavailableError', 'Busy'),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview again' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The plan of the update could not be loaded.',
    );
  });

  it('says why nothing can be opened where the service lies', async () => {
    await openPreview(
      apiWith(planFixture(), {
        noun: undefined,
        refusal: 'No host is configured for git.example.com',
      }),
    );
    expect(
      await screen.findByText(
        'No change request can be opened from here: No host is configured for git.example.com',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Create change request' }),
    ).toBeDisabled();
  });

  it('shows the new plan when the service changed since, and keeps what was decided', async () => {
    const api = await openPreview(apiWith(conflictPlan));
    await openFile(/^Dockerfile Conflict/);
    await choose('Change 1 of 3 of Dockerfile', 'Take the template’s');
    await choose('Change 2 of 3 of Dockerfile', 'Keep ours');
    const [outdated, conflict, pristine] = conflictPlan.files;
    api.getPlan.mockResolvedValue(
      planResponse({
        plans: [
          planFixture(
            [
              outdated,
              { ...conflict, hunks: conflict.hunks.slice(0, 1) },
              pristine,
            ],
            { digest: 'sha256:plan-2' },
          ),
        ],
      }),
    );
    api.createUpdate.mockRejectedValueOnce(
      await refusal(409, 'ConflictError', 'The plan is another one by now'),
    );
    await create();
    const said = await screen.findByText(/^The service changed since/);
    expect(said.closest('[role="status"]')).toHaveFocus();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await create();
    expect(api.createUpdate).toHaveBeenLastCalledWith(entityRef, {
      layer: 'service',
      planDigest: 'sha256:plan-2',
      decisions: { Dockerfile: { hunks: { 'h-conflict': 'take' } } },
    });
  });

  it('says what the backend said when the plan is still the same', async () => {
    const api = await openPreview(apiWith(conflictPlan));
    api.createUpdate.mockRejectedValue(
      await refusal(409, 'ConflictError', 'It is being carried out'),
    );
    await screen.findByRole('button', CREATE);
    await create();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It is being carried out',
    );
    expect(
      screen.queryByText(/^The service changed since/),
    ).not.toBeInTheDocument();
  });

  it('keeps what was decided when the backend refuses', async () => {
    const api = await openPreview(apiWith(restorePlan));
    api.createUpdate.mockRejectedValue(
      await refusal(400, 'InputError', 'The branch is not ours'),
    );
    await screen.findByText('1 file is restored.');
    await create();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The branch is not ours',
    );
  });

  it('follows the request until it is open, and says why it is a draft', async () => {
    const api = apiWith(conflictPlan);
    const queued = updateFixture({ state: 'queued', url: null });
    const open = updateFixture({ draft: true, conflicts: 2 });
    api.createUpdate.mockImplementation(async () => {
      api.getUpdates.mockResolvedValue({ entityRef, items: [queued] });
      return queued;
    });
    await openPreview(api);
    await screen.findByRole('button', CREATE);
    await create();
    expect(
      await screen.findByText(/^Asked for: the pull request opens/),
    ).toBeInTheDocument();
    expect(screen.getByText('Queued')).toBeInTheDocument();
    api.getUpdates.mockResolvedValue({ entityRef, items: [open] });
    expect(await screen.findByText('Open as a draft')).toBeInTheDocument();
    expect(
      screen.getByText(
        'Opened as a draft: 2 files in conflict keep your lines.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: /Update of node-service from 1\.0\.0 to 1\.1\.0/,
      }),
    ).toHaveAttribute('href', open.url);
  });

  it('draws names and messages as text only', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    await openPreview(
      apiWith(
        planFixture([planFileFixture({ path: evil, reason: evil })], {
          notices: [{ kind: 'other', message: evil }],
        }),
      ),
    );
    await openFile(/onerror/);
    expect(screen.getAllByText(evil).length).toBeGreaterThanOrEqual(3);
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});
