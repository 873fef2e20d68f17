import { entitySignalChannel } from '@goldenpath/backstage-plugin-golden-path-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import {
  blockedDecision,
  decisionFixture,
  overriddenDecision,
} from '../__fixtures__/gate';
import { renderGate } from './__testUtils__/renderGate';
import { EntityGate } from './EntityGate';

const subject = <EntityGate entityRef={entityRef} target="" />;

function apiWith(
  ...items: ReturnType<typeof decisionFixture>[]
): ReturnType<typeof goldenPathApiMock> {
  const api = goldenPathApiMock();
  api.getDecisions.mockResolvedValue({ items });
  return api;
}

async function open() {
  await userEvent.click(
    (
      await screen.findAllByRole('button', { name: /^Details of the decision/ })
    )[0],
  );
}

const table = () => screen.findByRole('table', { name: /^Decisions/ });

describe('EntityGate', () => {
  it('says that it is loading', async () => {
    const api = goldenPathApiMock();
    api.getDecisions.mockReturnValue(new Promise(() => {}));
    await renderGate(subject, { api });
    expect(
      screen.getByText('Loading the list of decisions…'),
    ).toBeInTheDocument();
  });

  it('shows how to ask where nobody has asked yet', async () => {
    await renderGate(subject, { api: apiWith() });
    expect(
      await screen.findByText(/^golden-path gate --entity/),
    ).toHaveTextContent(
      'golden-path gate --entity component:default/orders --url https://backstage.example.com --sha "$(git rev-parse HEAD)"',
    );
    expect(
      screen.getByRole('button', { name: 'Copy the command' }),
    ).toBeInTheDocument();
  });

  it.each([
    [403, 'NotAllowedError', /^You may not see this/],
    [500, 'InternalServerError', /^The list of decisions could not be loaded/],
  ])('says why nothing is shown: %s', async (status, name, title) => {
    const api = goldenPathApiMock();
    api.getDecisions.mockRejectedValue(await refusal(status, name, 'no'));
    await renderGate(subject, { api });
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(screen.queryByText(/^golden-path gate/)).not.toBeInTheDocument();
  });

  it('shows each decision in words, with release and who asked', async () => {
    await renderGate(subject, {
      api: apiWith(
        blockedDecision(),
        decisionFixture({ summary: `Allowed: ${entityRef}, production` }),
      ),
    });
    const [, blocked, allowed] = within(await table()).getAllByRole('row');
    expect(blocked).toHaveTextContent('Blocked');
    expect(blocked.querySelector('[data-tone]')).toHaveAttribute(
      'data-tone',
      'bad',
    );
    expect(blocked).toHaveTextContent(
      'The error budget of availability is overdrawn by 4%',
    );
    expect(blocked).toHaveTextContent('productionDeployment of 0123456789ab');
    expect(within(blocked).getByRole('link', { name: /ci/ })).toHaveAttribute(
      'href',
      '/catalog/default/user/ci',
    );
    expect(allowed).toHaveTextContent('AllowedNo rule speaks against it');
    expect(allowed.querySelector('[data-tone]')).not.toHaveAttribute(
      'data-tone',
      'good',
    );
  });

  it('opens a decision into every rule, its numbers, its way out and its evidence', async () => {
    const { api } = await renderGate(subject, {
      api: apiWith(blockedDecision()),
    });
    await open();
    const rules = screen.getByRole('list', { name: 'Rules' });
    expect(
      within(rules)
        .getAllByRole('listitem')
        .map(rule => rule.textContent),
    ).toEqual([
      expect.stringMatching(/^BlockedError budget: availability/),
      expect.stringMatching(/^Allowed with a warningOpen incidents/),
      expect.stringMatching(/^Allowed with a warningChecks: SEC-01/),
    ]);
    expect(rules).toHaveTextContent(
      'Way out: At the present burn the budget is back on 2 December 2026.',
    );
    for (const rule of [
      'Error budget: availability',
      'Open incidents',
      'Checks: SEC-01',
    ]) {
      await userEvent.click(
        screen.getByRole('button', { name: `Numbers and evidence of ${rule}` }),
      );
    }
    const numbers = screen.getByRole('table', {
      name: 'Numbers of Error budget: availability',
    });
    expect(numbers).toHaveTextContent('Budget left-4%');
    expect(numbers).toHaveTextContent('Stops at or below0%');
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, { ids: ['s-1'] });
    expect(screen.getByRole('link', { name: 'SEC-01' })).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/golden-path#check-service-SEC-01',
    );
    expect(
      screen.getByRole('link', { name: 'see the time line' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/orders/golden-path#health-releases',
    );
    expect(
      screen.getByText(/Nobody said that it is released step by step/),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'service 1.0.0' })).toHaveAttribute(
      'href',
      '/golden-paths/paths/service',
    );
  });

  it('folds rules away that do not speak against it, but where there is no other', async () => {
    const { rules } = decisionFixture();
    await renderGate(subject, {
      api: apiWith(
        blockedDecision({ rules: [...blockedDecision().rules, ...rules] }),
        decisionFixture(),
      ),
    });
    await open();
    const fold = screen.getByRole('button', {
      name: '1 rule does not speak against it',
    });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(fold);
    expect(
      screen.getByRole('list', { name: 'Rules that do not speak against it' }),
    ).toHaveTextContent('62% of the error budget of availability is left');
  });

  it('says what became of it, and how sure the link is', async () => {
    await renderGate(subject, {
      api: apiWith(
        decisionFixture({
          outcome: {
            judgedAt: '2026-11-21T11:00:00Z',
            result: 'failed',
            deploymentId: 'deploy-9',
            linkedBy: 'time',
            evidence: ['d-1'],
          },
        }),
      ),
    });
    expect(await table()).toHaveTextContent('Deployed, and failed');
    await open();
    expect(
      screen.getByText(/tied to this decision by the time alone/),
    ).toHaveTextContent(/^Deployment deploy-9,/);
    expect(
      screen.getByRole('button', { name: 'The event behind this outcome' }),
    ).toBeInTheDocument();
  });

  it('does not take what is not judged yet for good news', async () => {
    await renderGate(subject, { api: apiWith(decisionFixture()) });
    await open();
    expect(screen.getByText('Too early to tell')).toBeInTheDocument();
    expect(document.querySelector('[data-tone="good"]')).toBeNull();
  });

  it('says why an exempt deployment may go ahead, and which other policies were asked', async () => {
    await renderGate(subject, {
      api: apiWith(
        blockedDecision({
          proceed: true,
          exemption: 'rollback',
          request: {
            entityRef,
            environment: 'production',
            kind: 'rollback',
            fixes: [],
          },
          policies: [
            {
              path: 'service',
              version: '1.0.0',
              digest: 'sha256:aaaa',
              verdict: 'block',
            },
            { path: 'api', digest: 'sha256:bbbb', verdict: 'warn' },
          ],
        }),
      ),
    });
    await open();
    expect(
      screen.getByText('The rules were not applied: a rollback always passes.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Override/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('Also asked').closest('dl')).toHaveTextContent(
      /Also askedapi sha256:bbbb: allowed with a warning/,
    );
  });

  it('tells an override that holds from one that has ended', async () => {
    await renderGate(subject, {
      api: apiWith(overriddenDecision('2999-01-01T00:00:00Z')),
    });
    expect(await table()).toHaveTextContent('Overridden');
    await open();
    expect(screen.getByText(/^Overridden until/)).toBeInTheDocument();
    expect(
      screen.getByText(/the fix of the leak is in it/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Override/ }),
    ).not.toBeInTheDocument();
  });

  it('calls a decision stopped again once its override has ended, even before the next reading', async () => {
    await renderGate(subject, {
      api: apiWith(overriddenDecision('2020-01-01T00:00:00Z')),
    });
    expect(await table()).toHaveTextContent('Stopped');
    await open();
    expect(screen.getByText(/^An override ended on/)).toBeInTheDocument();
    expect(
      screen.getByText('A rule stops it. An override of it has ended.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^Override the decision/ }),
    ).toBeEnabled();
  });

  it('loads more on demand', async () => {
    const api = goldenPathApiMock();
    api.getDecisions.mockImplementation(async query =>
      query?.cursor
        ? { items: [decisionFixture({ id: 'g-9' })] }
        : { items: [decisionFixture()], nextCursor: 'next' },
    );
    await renderGate(subject, { api });
    expect(await screen.findByText('1 decision')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('2 decisions')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('loads again at once when the gate decided something', async () => {
    const api = apiWith();
    const { signals } = await renderGate(subject, { api });
    await screen.findByText(/^golden-path gate/);
    api.getDecisions.mockResolvedValue({ items: [blockedDecision()] });
    signals.send(entitySignalChannel(entityRef), { topic: 'gate' });
    expect(await table()).toHaveTextContent('Blocked');
  });

  it('opens the decision that the address points at, and works by the keyboard', async () => {
    await renderGate(
      <EntityGate entityRef={entityRef} target="decision-g-2" />,
      {
        api: apiWith(decisionFixture(), blockedDecision()),
        at: '/#decision-g-2',
      },
    );
    expect(
      await screen.findByRole('list', { name: 'Rules' }),
    ).toHaveTextContent('overdrawn');
    const [first] = screen.getAllByRole('button', { name: /^Details of/ });
    first.focus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('list', {
        name: 'Rules that do not speak against it',
      }),
    ).toHaveTextContent('62%');
  });
});
