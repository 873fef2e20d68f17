import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { anomalyFixture } from '../__fixtures__/health';
import {
  budgetMetric,
  fewHealth,
  fullHealth,
  objectiveFixture,
  silentHealth,
} from '../__fixtures__/healthPictures';
import { liveFixture } from '../__fixtures__/live';
import { renderHealth } from '../health/__testUtils__/renderHealth';
import { TabHealth } from './TabHealth';

async function renderTab(health = fullHealth, address = '/') {
  return renderHealth(
    <TabHealth entityRef={entityRef} health={liveFixture(health)} />,
    { address },
  );
}

const region = (name: string) => screen.getByRole('region', { name });
const table = (name: string) => screen.getByRole('table', { name });

describe('TabHealth', () => {
  it('has its groups under headings', async () => {
    await renderTab({ ...fullHealth, anomalies: [] });
    expect(
      screen
        .getAllByRole('heading', { level: 3 })
        .map(heading => heading.textContent),
    ).toEqual([
      'Releases',
      'Anomalies',
      'Throughput and stability',
      'Release guardrails',
      'Security and cost',
      'Flags',
      'Toil',
      'AI assistance',
      'Volume against capacity',
    ]);
  });

  it('shows how a number came about', async () => {
    await renderTab();
    const rate = region('Change fail rate');
    expect(rate).toHaveTextContent('12.5%');
    expect(rate).toHaveTextContent(
      'n=48 · 6 of 48 · between 4% and 31% with 95% confidence · 3 too recent to count · 1 suspected by time only',
    );
    expect(rate).toHaveTextContent('Band: mediumDORA 2023 ladder');
    expect(rate).toHaveTextContent(
      'no clear change from the 4 weeks before, 8% then',
    );
    expect(region('Change lead time')).toHaveTextContent(
      'Commit to merge: 2 h 30 min · Merge to deployment: 42 min',
    );
  });

  it('shows the Quick Check with how each score was made, and leaves out what is not known', async () => {
    await renderTab();
    const scores = table('Quick Check score');
    expect(
      within(scores).getByRole('row', {
        name: /Deployment rework rate not known/,
      }),
    ).toBeInTheDocument();
    expect(
      within(scores).getByRole('row', {
        name: /Overall 8\.7 of 10 Mean of the 4 of 5 that are known/,
      }),
    ).toBeInTheDocument();
  });

  it('gives no Quick Check score of two deployments', async () => {
    await renderTab({ ...fewHealth, quickCheck: fullHealth.quickCheck });
    expect(region('Quick Check score')).toHaveTextContent('No score');
    expect(screen.queryByText(/of 10/)).not.toBeInTheDocument();
    expect(screen.queryByText(/Band:/)).not.toBeInTheDocument();
  });

  it('shows burn rates and alerts of each objective, and what no traffic hides', async () => {
    await renderTab();
    const objective = within(region('Objective availability'));
    expect(
      objective.getByText('Gone in 3 d 4 h at the pace of the last hour.'),
    ).toBeInTheDocument();
    expect(
      within(table('Burn rates of availability')).getByRole('row', {
        name: 'Last 6 h no traffic not known',
      }),
    ).toBeInTheDocument();
    const alerts = within(table('Burn alerts of availability'));
    expect(
      alerts.getByRole('row', {
        name: 'Page 1 h and 5 min 14.4 times 2% Firing: page',
      }),
    ).toBeInTheDocument();
    expect(
      alerts.getByText('No traffic').closest('[data-tone]'),
    ).toHaveAttribute('data-tone', 'unsure');
  });

  it('tells the burn-down in a sentence and as a table', async () => {
    await renderTab();
    const figure = screen.getByRole('figure', {
      name: 'Burn-down of availability',
    });
    expect(figure).toHaveTextContent(/From 100% left on .* to 62% left on/);
    await userEvent.click(
      within(figure).getByRole('button', {
        name: 'The same as a table: burn-down of availability',
      }),
    );
    expect(
      within(figure)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'WhenOf the budget',
      expect.stringContaining('100% left'),
      expect.stringContaining('93% left'),
      expect.stringContaining('71% left'),
      expect.stringContaining('62% left'),
    ]);
  });

  it('says why the budget of an objective is not known', async () => {
    await renderTab({
      ...fullHealth,
      metrics: {
        ...fullHealth.metrics,
        errorBudget: budgetMetric([
          objectiveFixture({
            status: 'stale',
            remaining: null,
            note: 'not measured for 3 days',
            burnDown: undefined,
          }),
        ]),
      },
    });
    const objective = region('Objective availability');
    expect(objective).toHaveTextContent('Stale');
    expect(objective).toHaveTextContent('not measured for 3 days');
    expect(objective).not.toHaveTextContent('left');
  });

  it('opens findings into severities, coverage and the events behind them', async () => {
    const { api } = await renderTab();
    const findings = region('New security findings per release');
    expect(findings).toHaveTextContent('7 new findings in 48 scanned releases');
    const parts = within(
      within(findings).getByRole('table', {
        name: 'What goes into New security findings per release',
      }),
    );
    expect(
      parts.getByRole('row', { name: /Coverage 80% 48 of 60/ }),
    ).toBeInTheDocument();
    await userEvent.click(
      parts.getByRole('button', { name: 'Details of Critical' }),
    );
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, { ids: ['sc-1'] });
  });

  it('shows cost in its currency, and which of it is estimated', async () => {
    await renderTab();
    const cost = region('Cloud cost per change');
    expect(cost).toHaveTextContent('€7.00');
    expect(cost).toHaveTextContent('€420.00 over 60 changes');
    expect(
      within(cost).getByRole('row', { name: /CI €40\.00 an estimate/ }),
    ).toBeInTheDocument();
  });

  it('labels the survey figure as one', async () => {
    await renderTab();
    expect(within(region('Manual toil')).getByText(/36%/)).toHaveTextContent(
      /For reference only.*survey figure/,
    );
  });

  it('calls the AI share a lower bound, and is silent below 10 on a side', async () => {
    await renderTab();
    expect(region('Disclosed AI-assisted share')).toHaveTextContent(
      'A lower bound',
    );
    const outcomes = within(
      table('Outcomes with disclosed AI assistance and without'),
    );
    expect(
      outcomes.getByRole('row', {
        name: /Deployment failed 1 of 14 \(7\.1%\) 2 of 31 \(6\.5%\) \+0\.7 points \(−13 to \+25\) No difference shown/,
      }),
    ).toBeInTheDocument();
    expect(
      outcomes.getByRole('row', {
        name: /Recovery was slow 1 of 1 1 of 2 not said Too few to say/,
      }),
    ).toBeInTheDocument();
  });

  it('names the stage that gives way and opens its events', async () => {
    const { api } = await renderTab();
    const paradox = region('Volume against capacity');
    expect(paradox).toHaveTextContent('+0.34between +0.11 and +0.58');
    expect(paradox).toHaveTextContent('Recovering gives way');
    await userEvent.click(
      within(paradox).getByRole('button', { name: 'Details of Recovering' }),
    );
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, {
      ids: ['i-1', 'd-2'],
    });
  });

  it('names no stage where the index is no judgement', async () => {
    await renderTab({
      ...fullHealth,
      paradox: { ...fullHealth.paradox!, status: 'insufficient' },
    });
    const paradox = region('Volume against capacity');
    expect(paradox).not.toHaveTextContent('+0.34');
    expect(paradox).not.toHaveTextContent(/gives way$/i);
    expect(
      within(paradox).queryByText('Recovering gives way'),
    ).not.toBeInTheDocument();
  });

  it('lists what its history does not explain', async () => {
    await renderTab({ ...fullHealth, anomalies: [anomalyFixture()] });
    expect(region('Anomalies')).toHaveTextContent('Seen40%Expected10%');
  });

  it('says of everything that is not instrumented that it is not, and gives no number', async () => {
    const { container } = await renderTab(silentHealth);
    expect(screen.getAllByText('Not instrumented')).toHaveLength(18);
    expect(
      container.querySelector('[data-tone="good"]'),
    ).not.toBeInTheDocument();
    expect(screen.queryByText('n=0')).not.toBeInTheDocument();
  });

  it('keeps window and environment in the address', async () => {
    await renderTab(fullHealth, '/?verdict=fail');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Window' }),
      '90 days',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Environment' }),
      'staging',
    );
    expect(screen.getByLabelText('Address')).toHaveTextContent(
      '?verdict=fail&window=90&environment=staging',
    );
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this: the delivery metrics.'],
    [500, 'InternalServerError', 'The delivery metrics could not be loaded.'],
  ])('says what to do about an error %i', async (status, name, title) => {
    const error = await refusal(status, name, 'no');
    await renderHealth(
      <TabHealth
        entityRef={entityRef}
        health={{
          data: undefined,
          error,
          loading: false,
          reload: async () => {},
        }}
      />,
    );
    expect(screen.getByText(title)).toBeInTheDocument();
    expect(screen.queryByRole('heading', { level: 3 })).not.toBeInTheDocument();
  });
});
