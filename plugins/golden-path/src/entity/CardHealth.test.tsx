import { entitySignalChannel } from '@goldenpath/backstage-plugin-golden-path-common';
import { act, screen, within } from '@testing-library/react';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { blockedDecision, decisionFixture } from '../__fixtures__/gate';
import { anomalyFixture, eventsResponse } from '../__fixtures__/health';
import {
  budgetMetric,
  fewHealth,
  fullHealth,
  objectiveFixture,
  silentHealth,
  staleHealth,
  undeployedHealth,
} from '../__fixtures__/healthPictures';
import { liveFixture } from '../__fixtures__/live';
import { renderHealth } from '../health/__testUtils__/renderHealth';
import { CardHealth } from './CardHealth';

const TAB = '/catalog/default/component/orders/golden-path';

function card(health = fullHealth) {
  return <CardHealth health={liveFixture(health)} tabHref={TAB} />;
}

function tones(container: HTMLElement) {
  return [...container.querySelectorAll('[data-tone]')].map(element =>
    element.getAttribute('data-tone'),
  );
}

describe('CardHealth', () => {
  it('shows the five metrics with band and trend in words', async () => {
    await renderHealth(card());
    const link = screen.getByRole('link', {
      name: 'Deployment frequency: 2.1 per day. Open the evidence',
    });
    expect(link).toHaveAttribute('href', `${TAB}#metric-deploymentFrequency`);
    const tile = within(link.parentElement!);
    expect(tile.getByText('elite')).toHaveTextContent('Band: elite');
    expect(tile.getByText(/better than the 4 weeks before/)).toHaveTextContent(
      'better than the 4 weeks before, 1.5 per day then',
    );
    expect(
      screen
        .getAllByText(/no clear change from the 4 weeks before/)
        .map(element => element.textContent),
    ).toContain('no clear change from the 4 weeks before, 8% then');
  });

  it('shows what is left of the error budget and that it burns', async () => {
    await renderHealth(card());
    expect(
      screen.getByRole('link', {
        name: 'Error budget: 62% left. Burning fast, a page alert fires. Open the evidence',
      }),
    ).toHaveAttribute('href', `${TAB}#metric-errorBudget`);
  });

  it('says overdrawn and not a negative number', async () => {
    const health = {
      ...fullHealth,
      metrics: {
        ...fullHealth.metrics,
        errorBudget: budgetMetric([objectiveFixture({ remaining: -0.04 })]),
      },
    };
    await renderHealth(card(health));
    expect(screen.getByText('overdrawn by 4%')).toBeInTheDocument();
  });

  it('says the paradox in one sentence, and nothing when it could not be worked out', async () => {
    const { unmount } = await renderHealth(card());
    expect(screen.getByText(fullHealth.paradox!.message)).toBeInTheDocument();
    unmount();
    await renderHealth(
      card({
        ...fullHealth,
        paradox: {
          ...fullHealth.paradox!,
          status: 'insufficient',
          message: 'Too little is known.',
        },
      }),
    );
    expect(screen.queryByText('Too little is known.')).not.toBeInTheDocument();
  });

  it('counts anomalies for the worse that nobody has acknowledged', async () => {
    const seen = { by: 'user:default/ann', at: '2026-11-20', reason: 'known' };
    await renderHealth(
      card({
        ...fullHealth,
        anomalies: [
          anomalyFixture(),
          anomalyFixture({ id: 'a-2', worse: false }),
          anomalyFixture({ id: 'a-3', acknowledged: seen }),
        ],
      }),
    );
    expect(screen.getByText('1 anomaly').closest('a')).toHaveAttribute(
      'href',
      `${TAB}#health-anomalies`,
    );
  });

  it('says plainly what the gate said last of this environment', async () => {
    const api = goldenPathApiMock();
    const staging = decisionFixture();
    api.getDecisions.mockResolvedValue({
      items: [
        {
          ...staging,
          request: { ...staging.request, environment: 'staging' },
        },
        blockedDecision(),
      ],
    });
    await renderHealth(card(), { api });
    const chip = await screen.findByText('Gate: blocked');
    expect(chip.closest('[data-tone]')).toHaveAttribute('data-tone', 'bad');
    expect(
      screen.getByText(/the error budget of availability is overdrawn by 4%/),
    ).toBeInTheDocument();
    expect(screen.queryByText('Gate: allowed')).not.toBeInTheDocument();
  });

  it('is unsure of a gate that could not tell, and says what follows', async () => {
    const api = goldenPathApiMock();
    api.getDecisions.mockResolvedValue({
      items: [decisionFixture({ verdict: 'unknown', summary: 'unknown: x' })],
    });
    await renderHealth(card(), { api });
    const chip = await screen.findByText('Gate: could not tell');
    expect(chip.closest('[data-tone]')).toHaveAttribute('data-tone', 'unsure');
    expect(
      screen.getByText(/The policy lets it go ahead\./),
    ).toBeInTheDocument();
  });

  it('keeps the metrics when the decisions cannot be loaded', async () => {
    const api = goldenPathApiMock();
    api.getDecisions.mockRejectedValue(
      await refusal(500, 'InternalServerError', 'boom'),
    );
    await renderHealth(card(), { api });
    expect(
      await screen.findByText('What the gate said last could not be loaded.'),
    ).toBeInTheDocument();
    expect(screen.getByText('2.1 per day')).toBeInTheDocument();
  });

  it('shows a new decision as soon as the backend signals it', async () => {
    const { api, signals } = await renderHealth(card());
    await screen.findByText('Gate: allowed');
    api.getDecisions.mockResolvedValue({ items: [blockedDecision()] });
    await act(async () => {
      signals.send(entitySignalChannel(entityRef), { topic: 'gate' });
    });
    expect(screen.getByText('Gate: blocked')).toBeInTheDocument();
  });
});

describe('CardHealth of which little is known', () => {
  async function renderPicture(
    health: typeof fullHealth,
    items = eventsResponse.items,
  ) {
    const api = goldenPathApiMock();
    api.getEvents.mockResolvedValue({ entityRef, items });
    const { container } = await renderHealth(card(health), { api });
    await screen.findByText('Gate: allowed');
    return { container, api };
  }

  it.each([
    ['no events', silentHealth, [], 'No delivery event has arrived yet.'],
    [
      'events, and no metric that reads them',
      silentHealth,
      eventsResponse.items,
      'Events arrive, but none of them tells of a deployment.',
    ],
    [
      'events but no source of deployments',
      undeployedHealth,
      eventsResponse.items,
      'Events arrive, but none of them tells of a deployment.',
    ],
    [
      'two deployments',
      fewHealth,
      eventsResponse.items,
      '2 deployments of 5: too few to judge.',
    ],
    [
      'a silent source',
      staleHealth,
      eventsResponse.items,
      'The source of deployments is silent: what rests on it is out of date.',
    ],
  ])(
    'is honest of %s: no band, no trend, nothing good',
    async (_, health, items, title) => {
      const { container } = await renderPicture(health, items);
      expect(await screen.findByText(title)).toBeInTheDocument();
      expect(screen.queryByText(/Band:/)).not.toBeInTheDocument();
      expect(screen.queryByText(/than the 4 weeks/)).not.toBeInTheDocument();
      expect(tones(container)).not.toContain('good');
      expect(tones(container)).toContain('unsure');
    },
  );

  it('shows the numbers of two deployments, each with how many it takes', async () => {
    await renderPicture(fewHealth);
    expect(
      screen.getByRole('link', {
        name: 'Deployment frequency: 2.1 per 30 days, Insufficient (n=2 of 5). Open the evidence',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'Change fail rate: 0%, Insufficient (n=2 of 5). Open the evidence',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('3 h 12 min')).toBeInTheDocument();
  });

  it('says since when a source is silent', async () => {
    const { api } = await renderPicture(staleHealth);
    expect(await screen.findByText(/The last event is of/)).toHaveTextContent(
      /The last event is of 19 Nov 2026, \d\d:00 \(.+\): orders 4\.2\.0 deployed/,
    );
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, { limit: 1 });
    expect(screen.getAllByText('Stale')).toHaveLength(6);
  });

  it('claims neither events nor their absence where they may not be seen', async () => {
    const api = goldenPathApiMock();
    api.getEvents.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'Unauthorized'),
    );
    await renderHealth(card(silentHealth), { api });
    expect(
      await screen.findByText('No metric has an event to rest on.'),
    ).toBeInTheDocument();
  });

  it('asks for no event where enough is known', async () => {
    const { api } = await renderHealth(card());
    await screen.findByText('Gate: allowed');
    expect(api.getEvents).not.toHaveBeenCalled();
  });
});
