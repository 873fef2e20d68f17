import { DEFAULT_GATE_POLICY, gatePolicySchema } from '@goldenpath/engine';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { gateAccuracy, gateReplay } from '../__fixtures__/gate';
import { pathResponse } from '../__fixtures__/paths';
import { renderGatePage } from './__testUtils__/renderGate';
import { readPolicy } from './replayPolicy';

const address = () => screen.getByLabelText('Address').textContent;
const lastQuery = (api: ReturnType<typeof goldenPathApiMock>) =>
  api.getDecisions.mock.calls.at(-1)?.[0];
const policyField = () =>
  screen.findByLabelText<HTMLTextAreaElement>('Policy as YAML');
const decideAgain = () =>
  userEvent.click(screen.getByRole('button', { name: 'Decide again' }));

describe('the decisions of the gate page', () => {
  it('are a part of the page, with the entity of each', async () => {
    await renderGatePage();
    expect(screen.getByRole('link', { name: 'Release gate' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    const table = await screen.findByRole('table', { name: 'Decisions' });
    expect(within(table).getByRole('link', { name: /orders/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/orders',
    );
  });

  it('are narrowed by verdict and entity, both kept in the address', async () => {
    const { api } = await renderGatePage();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Verdict' }),
      'Blocked',
    );
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({ verdict: 'block' }),
    );
    fireEvent.change(screen.getByLabelText('Entity'), {
      target: { value: 'pay' },
    });
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({
        entityRef: 'component:default/pay',
        verdict: 'block',
      }),
    );
    expect(address()).toBe('/golden-paths/gate?entity=pay&verdict=block');
    expect(api.getGateAccuracy).toHaveBeenLastCalledWith({
      entityRef: 'component:default/pay',
      days: 90,
    });
    await userEvent.click(
      screen.getByRole('link', { name: 'Clear the filters' }),
    );
    await waitFor(() => expect(address()).toBe('/golden-paths/gate'));
  });

  it('ask for nothing with a name that is none, and say so', async () => {
    const { api } = await renderGatePage({
      at: '/golden-paths/gate?entity=two%20words',
    });
    expect(
      screen.getByText('“two words” is not the name of an entity.'),
    ).toBeInTheDocument();
    expect(api.getDecisions).not.toHaveBeenCalled();
  });

  it('tell an empty list from one that the filters empty', async () => {
    const api = goldenPathApiMock();
    api.getDecisions.mockResolvedValue({ items: [] });
    await renderGatePage({ api });
    expect(
      await screen.findByText('The gate was not asked yet.'),
    ).toBeInTheDocument();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Verdict' }),
      'Blocked',
    );
    expect(
      await screen.findByText('No decision matches these filters.'),
    ).toBeInTheDocument();
  });

  it.each([
    [403, 'NotAllowedError', /^You may not see this: the list of decisions/],
    [500, 'InternalServerError', /^The list of decisions could not be loaded/],
  ])('say why they are not there: %s', async (status, name, title) => {
    const api = goldenPathApiMock();
    api.getDecisions.mockRejectedValue(await refusal(status, name, 'no'));
    await renderGatePage({ api });
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(
      await screen.findByRole('region', { name: 'Was it right?' }),
    ).toHaveTextContent('Precision');
  });
});

describe('how right the gate was', () => {
  const part = () => screen.findByRole('region', { name: 'Was it right?' });

  it('is said in words, with counts and interval', async () => {
    await renderGatePage();
    const words = await screen.findByText(/^Of 7 deployments that went ahead/);
    expect(words).toHaveTextContent(
      'Of 7 deployments that went ahead against a warning or a block, 3 failed. With 95% confidence it is between 15.8% and 75%.',
    );
    expect(await part()).toHaveTextContent('42.9%Precision');
    expect(await part()).toHaveTextContent(
      'Of 5 deployments that failed, 3 had been warned of or stopped.',
    );
    const [, , warned] = within(
      screen.getByRole('table', {
        name: 'What became of deployments, by verdict',
      }),
    ).getAllByRole('row');
    expect(warned).toHaveTextContent('Allowed with a warning2300');
  });

  it('is no number where nothing was judged', async () => {
    const api = goldenPathApiMock();
    const none = { value: null, numerator: 0, denominator: 0 };
    api.getGateAccuracy.mockResolvedValue({
      ...gateAccuracy,
      precision: none,
      recall: none,
    });
    await renderGatePage({ api });
    await screen.findByText(/^No deployment went ahead against a warning/);
    expect(await part()).toHaveTextContent('No dataPrecision');
    expect(await part()).toHaveTextContent('No dataRecall');
    expect(await part()).not.toHaveTextContent('0%');
  });

  it('is called too few to rely on below five cases', async () => {
    const api = goldenPathApiMock();
    api.getGateAccuracy.mockResolvedValue({
      ...gateAccuracy,
      recall: { value: 1, numerator: 2, denominator: 2 },
    });
    await renderGatePage({ api });
    expect(
      await screen.findByText(/^Of 2 deployments that failed, 2/),
    ).toHaveTextContent('These are too few to rely on.');
    expect(screen.getByText(/^Of 7 deployments/)).not.toHaveTextContent(
      'too few',
    );
  });

  it('is nothing without a decision', async () => {
    const api = goldenPathApiMock();
    api.getGateAccuracy.mockResolvedValue({ ...gateAccuracy, decisions: 0 });
    await renderGatePage({ api });
    expect(
      await screen.findByText(/^The gate decided nothing from/),
    ).toBeInTheDocument();
    expect(screen.queryByText('Precision')).not.toBeInTheDocument();
  });

  it('says why it is not there', async () => {
    const api = goldenPathApiMock();
    api.getGateAccuracy.mockRejectedValue(
      await refusal(500, 'InternalServerError', 'no'),
    );
    await renderGatePage({ api });
    expect(
      await screen.findByText(
        'What became of the decisions could not be loaded.',
      ),
    ).toBeInTheDocument();
  });
});

describe('the replay of another policy', () => {
  it('begins with the default policy, as YAML that is one', async () => {
    await renderGatePage();
    const { value } = await policyField();
    expect(value).toContain('errorBudget:\n  warnBelow: 0.25\n');
    expect(readPolicy(value)).toEqual({ policy: DEFAULT_GATE_POLICY });
  });

  it('begins with the policy of the chosen path, and keeps what was written', async () => {
    const api = goldenPathApiMock();
    const { path } = pathResponse;
    api.getPath.mockResolvedValue({
      ...pathResponse,
      path: {
        ...path,
        spec: {
          ...path.spec,
          gate: gatePolicySchema.parse({ incidents: { verdict: 'block' } }),
        },
      },
    });
    await renderGatePage({ api });
    const policyOf = await screen.findByRole('combobox', { name: 'Policy of' });
    await within(policyOf).findByRole('option', { name: 'Production service' });
    await userEvent.selectOptions(policyOf, 'Production service');
    await waitFor(async () =>
      expect((await policyField()).value).toContain(
        'incidents:\n  verdict: block',
      ),
    );
    expect((await policyField()).value).not.toContain('errorBudget');

    fireEvent.change(await policyField(), { target: { value: 'drift: {}' } });
    await userEvent.selectOptions(policyOf, '');
    expect(await policyField()).toHaveValue('drift: {}');
    await userEvent.click(screen.getByRole('button', { name: 'Begin again' }));
    expect((await policyField()).value).toContain('errorBudget');
  });

  it('says that the default holds where the path has none', async () => {
    await renderGatePage();
    const policyOf = await screen.findByRole('combobox', { name: 'Policy of' });
    await within(policyOf).findByRole('option', { name: 'Production service' });
    await userEvent.selectOptions(policyOf, 'Production service');
    expect(
      await screen.findByText(/This path has no policy of its own/),
    ).toBeInTheDocument();
  });

  it('shows the counts before and after and leads to each decision that would be another', async () => {
    const { api } = await renderGatePage();
    fireEvent.change(await policyField(), {
      target: { value: 'errorBudget:\n  blockAtOrBelow: 0.75\n' },
    });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Go over' }),
      '30',
    );
    await decideAgain();
    expect(api.replayGate).toHaveBeenCalledWith({
      policy: gatePolicySchema.parse({ errorBudget: { blockAtOrBelow: 0.75 } }),
      path: undefined,
      days: 30,
    });
    const said = await screen.findByText(
      '40 decisions gone over: 1 would have been another.',
    );
    expect(said.closest('[aria-live="polite"]')).toHaveFocus();
    const counts = within(
      screen.getByRole('table', {
        name: 'Deployments that went ahead, now and with the change',
      }),
    )
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(counts).toEqual([
      'Failures stopped121 more, better',
      'Failures let through431 fewer, better',
      'Good releases stopped132 more, worse',
    ]);
    const changed = screen.getByRole('table', {
      name: 'Decisions that would have been others',
    });
    expect(
      within(changed).getByRole('link', { name: /^Decision of/ }),
    ).toHaveAttribute('href', '/golden-paths/gate/g-1');
    expect(changed).toHaveTextContent('AllowedBlocked');
    expect(changed).toHaveTextContent('Deployed, and failed');
  });

  it('says so when nothing changes, and when there is nothing to go over', async () => {
    const api = goldenPathApiMock();
    api.replayGate.mockResolvedValueOnce({ ...gateReplay, changed: [] });
    api.replayGate.mockResolvedValueOnce({
      ...gateReplay,
      changed: [],
      decisions: 0,
    });
    await renderGatePage({ api });
    await policyField();
    await decideAgain();
    expect(
      await screen.findByText('Every decision would have been the same.'),
    ).toBeInTheDocument();
    await decideAgain();
    expect(
      await screen.findByText(/there is nothing to compare/),
    ).toBeInTheDocument();
  });

  it('lists what is wrong with the text, line by line, and sends nothing', async () => {
    const { api } = await renderGatePage();
    fireEvent.change(await policyField(), {
      target: { value: 'drift: {}\nerrorBudget:\n  warnBelow: 7\n  wrn: 1\n' },
    });
    await decideAgain();
    const wrong = await screen.findByRole('list', { name: 'What is wrong' });
    expect(
      within(wrong)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^Line 3: errorBudget\.warnBelow: /),
      'Line 4: errorBudget.wrn: is not a known field',
    ]);
    expect(api.replayGate).not.toHaveBeenCalled();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not do this: the replay.'],
    [500, 'InternalServerError', 'The replay did not go through.'],
  ])('says why it failed: %s', async (status, name, title) => {
    const api = goldenPathApiMock();
    api.replayGate.mockRejectedValue(await refusal(status, name, 'no'));
    await renderGatePage({ api });
    await policyField();
    await decideAgain();
    expect(await screen.findByText(title)).toBeInTheDocument();
  });
});

describe('the page of one decision', () => {
  const at = '/golden-paths/gate/g-2';

  it('shows everything behind it, and overrides it there', async () => {
    const { api } = await renderGatePage({ at });
    expect(
      await screen.findByRole('heading', { name: 'orders to production' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Rules' })).toHaveTextContent(
      'overdrawn',
    );
    expect(
      screen.getByRole('link', { name: 'Other decisions on orders' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/golden-path#gate',
    );
    const before = api.getDecision.mock.calls.length;
    await userEvent.click(
      screen.getByRole('button', { name: /^Override the decision/ }),
    );
    await userEvent.click(await screen.findByLabelText('Reason'));
    await userEvent.paste('the fix of the leak is in it');
    await userEvent.click(screen.getByRole('button', { name: 'Override' }));
    await screen.findByText(/^Overridden until .*the gate now/);
    expect(api.getDecision.mock.calls.length).toBeGreaterThan(before);
  });

  it('says that there is none', async () => {
    const api = goldenPathApiMock();
    api.getDecision.mockRejectedValue(
      await refusal(404, 'NotFoundError', 'There is no decision'),
    );
    await renderGatePage({ api, at });
    expect(
      await screen.findByText('Not found: the decision.'),
    ).toBeInTheDocument();
  });
});
