import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { blockedDecision, decisionFixture } from '../__fixtures__/gate';
import { renderGate } from './__testUtils__/renderGate';
import { OverrideAction } from './OverrideAction';

const OPEN = { name: /^Override the decision on orders of/ };

async function renderAction(
  options: {
    api?: ReturnType<typeof goldenPathApiMock>;
    decision?: ReturnType<typeof decisionFixture>;
  } = {},
) {
  const { decision = blockedDecision({ overrideMaxHours: 4 }) } = options;
  const onDone = jest.fn(async () => {});
  const { api } = await renderGate(
    <OverrideAction decision={decision} onDone={onDone} />,
    { api: options.api },
  );
  return { api, onDone };
}

async function openForm() {
  await userEvent.click(await screen.findByRole('button', OPEN));
  return screen.findByRole('dialog', {
    name: 'Let orders go to production all the same?',
  });
}

async function fill(reason: string, hours?: string) {
  await userEvent.click(screen.getByLabelText('Reason'));
  await userEvent.paste(reason);
  if (hours !== undefined) {
    await userEvent.clear(screen.getByLabelText('Hours'));
    await userEvent.type(screen.getByLabelText('Hours'), hours);
  }
  await userEvent.click(screen.getByRole('button', { name: 'Override' }));
}

describe('OverrideAction', () => {
  it('says what an override means, with the focus on the reason, and does nothing on Escape', async () => {
    const { api } = await renderAction();
    const form = await openForm();
    expect(screen.getByLabelText('Reason')).toHaveFocus();
    const means = within(form).getByRole('list', {
      name: 'What an override means',
    });
    expect(means).toHaveTextContent(
      'It is for orders in production with the commit 0123456789ab only',
    );
    expect(means).toHaveTextContent('It ends by itself');
    expect(means).toHaveTextContent('audit log');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('button', OPEN)).toHaveFocus();
    expect(api.overrideDecision).not.toHaveBeenCalled();
  });

  it('says how far it reaches where the gate knew no commit', async () => {
    const { request } = blockedDecision();
    await renderAction({
      decision: blockedDecision({ request: { ...request, sha: undefined } }),
    });
    expect(await openForm()).toHaveTextContent(
      'it holds for every commit until it ends',
    );
  });

  it('says at each field what is wrong, and sends nothing', async () => {
    const { api } = await renderAction();
    await openForm();
    await fill('too short', '5');
    expect(screen.getByLabelText('Reason')).toHaveAccessibleDescription(
      /^Write 10 to 1,000 characters/,
    );
    await fill(', not any more');
    expect(screen.getByLabelText('Hours')).toHaveAccessibleDescription(
      'The policy allows at most 4 hours.',
    );
    await fill('', '0');
    expect(screen.getByLabelText('Hours')).toHaveAccessibleDescription(
      /^Write a number of hours above 0/,
    );
    expect(api.overrideDecision).not.toHaveBeenCalled();
  });

  it('overrides for an hour by default, announces until when, and loads again', async () => {
    const { api, onDone } = await renderAction();
    await openForm();
    await fill('  the fix of the leak is in it ');
    expect(api.overrideDecision).toHaveBeenCalledWith('g-2', {
      reason: 'the fix of the leak is in it',
      hours: 1,
    });
    const said = await screen.findByText(/^Overridden until .*the gate now/);
    await waitFor(() =>
      expect(said.closest('[aria-live="polite"]')).toHaveFocus(),
    );
    expect(onDone).toHaveBeenCalled();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it.each([
    [
      400,
      'InputError',
      'hours: the policy of service lets an override hold 2 hours at most',
      'The override was not accepted.',
    ],
    [403, 'NotAllowedError', 'no', 'You may not do this: the override.'],
    [
      409,
      'ConflictError',
      'overridden just now',
      'The override came too late: somebody was faster.',
    ],
  ])(
    'shows the refusal and keeps what was written: %s',
    async (status, name, message, title) => {
      const api = goldenPathApiMock();
      api.overrideDecision.mockRejectedValue(
        await refusal(status, name, message),
      );
      const { onDone } = await renderAction({ api });
      const form = await openForm();
      await fill('the fix of the leak is in it', '3');
      expect(await within(form).findByText(title)).toBeInTheDocument();
      expect(form).toHaveTextContent(message);
      expect(screen.getByLabelText('Reason')).toHaveValue(
        'the fix of the leak is in it',
      );
      expect(onDone).not.toHaveBeenCalled();
    },
  );

  it('is offered for what cannot be told only where the policy stops that', async () => {
    await renderAction({
      decision: decisionFixture({ verdict: 'unknown', proceed: false }),
    });
    expect(await screen.findByRole('button', OPEN)).toBeInTheDocument();
  });

  it.each(['allow', 'warn', 'unknown'] as const)(
    'is not offered where nothing is stopped: %s',
    async verdict => {
      await renderAction({
        decision: decisionFixture({ verdict, proceed: true }),
      });
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
    },
  );
});
