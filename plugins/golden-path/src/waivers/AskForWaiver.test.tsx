import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { AskForWaiver } from './AskForWaiver';

const ASK = { name: 'Ask for an exception from Every action is pinned' };

async function renderButton(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <AskForWaiver
        entityRef={entityRef}
        path="service"
        check={{ id: 'SEC-01', title: 'Every action is pinned' }}
        offered
        onAsked={async () => {}}
      />
    </TestApiProvider>,
  );
  return api;
}

async function openForm() {
  const button = await screen.findByRole('button', ASK);
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  return screen.findByRole('dialog', { name: /SEC-01: Every action/ });
}

function write(field: string, text: string) {
  fireEvent.change(screen.getByLabelText(field), { target: { value: text } });
}

function send() {
  return userEvent.click(screen.getByRole('button', { name: 'Ask' }));
}

describe('AskForWaiver', () => {
  it('puts the focus on the reason, and leaves nothing behind on Escape', async () => {
    const api = await renderButton();
    await openForm();
    expect(screen.getByLabelText('Reason')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('button', ASK)).toHaveFocus();
    expect(api.requestWaiver).not.toHaveBeenCalled();
  });

  it('says at each field what is wrong, and sends nothing', async () => {
    const api = await renderButton();
    await openForm();
    write('Reason', 'too short');
    await send();
    expect(screen.getByLabelText('Reason')).toBeInvalid();
    expect(screen.getByLabelText('Reason')).toHaveAccessibleDescription(
      /^Write 10 to 1,000 characters/,
    );
    expect(screen.getByLabelText('Holds until')).toHaveAccessibleDescription(
      /^Choose the last day on which/,
    );

    write('Reason', 'long enough now');
    write('Holds until', '2001-01-01');
    write('Owner', 'x'.repeat(201));
    await send();
    expect(screen.getByLabelText('Holds until')).toHaveAccessibleDescription(
      'Choose today or a later day.',
    );
    expect(screen.getByLabelText('Owner')).toBeInvalid();
    expect(screen.getByLabelText('Reason')).toBeValid();
    expect(api.requestWaiver).not.toHaveBeenCalled();
  });

  it('asks, and announces that it waits for approval', async () => {
    const api = await renderButton();
    await openForm();
    write('Reason', '  No release to pin to yet ');
    write('Holds until', '2999-12-31');
    write('Owner', 'group:default/shop');
    await send();
    expect(api.requestWaiver).toHaveBeenCalledWith({
      entityRef,
      path: 'service',
      check: 'SEC-01',
      reason: 'No release to pin to yet',
      expires: '2999-12-31',
      owner: 'group:default/shop',
    });
    const sentence = await screen.findByText(/waits for approval and changes/);
    expect(sentence.closest('[role="status"]')).toBeInTheDocument();
  });

  it('says so when the same exception holds already', async () => {
    const api = goldenPathApiMock();
    const waiver = await api.requestWaiver({
      entityRef,
      check: 'SEC-01',
      reason: 'No release to pin to yet',
      expires: '2999-12-31',
    });
    api.requestWaiver.mockResolvedValue({ ...waiver, status: 'approved' });
    await renderButton(api);
    await openForm();
    write('Reason', 'No release to pin to yet');
    write('Holds until', '2999-12-31');
    await send();
    expect(
      await screen.findByText('The exception is approved.'),
    ).toBeInTheDocument();
  });

  it('keeps what was written when the backend refuses', async () => {
    const api = goldenPathApiMock();
    api.requestWaiver.mockRejectedValue(
      await refusal(400, 'InputError', 'At most 180 days are allowed'),
    );
    await renderButton(api);
    const form = await openForm();
    write('Reason', 'No release to pin to yet');
    write('Holds until', '2999-12-31');
    await send();
    const alert = await within(form).findByRole('alert');
    expect(alert).toHaveTextContent('The request was not accepted.');
    expect(alert).toHaveTextContent('At most 180 days are allowed');
    expect(screen.getByLabelText('Reason')).toHaveValue(
      'No release to pin to yet',
    );
  });
});
