import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { anomalyFixture, healthResponse } from '../__fixtures__/health';
import { renderHealth } from './__testUtils__/renderHealth';
import { AnomaliesSection } from './AnomaliesSection';

/** A report that names an anomaly no more once it was loaded again. */
function Forgetful(props: { reloaded: () => void }) {
  const [anomalies, setAnomalies] = useState([anomalyFixture()]);
  return (
    <AnomaliesSection
      health={{ ...healthResponse, anomalies }}
      reload={async () => {
        props.reloaded();
        setAnomalies([]);
      }}
    />
  );
}

async function renderSection(
  anomalies: ReturnType<typeof anomalyFixture>[] | undefined,
  api = goldenPathApiMock(),
) {
  await renderHealth(
    <TestApiProvider apis={[[permissionApiRef, mockApis.permission()]]}>
      <AnomaliesSection health={{ ...healthResponse, anomalies }} />
    </TestApiProvider>,
    { api },
  );
  return { api };
}

const acknowledge = { name: 'Acknowledge Change fail rate' };

async function openForm() {
  await userEvent.click(await screen.findByRole('button', acknowledge));
  return screen.findByRole('dialog', {
    name: 'Take Change fail rate as the new normal?',
  });
}

describe('AnomaliesSection', () => {
  it('is not there where nobody looks for anomalies, and says so where none is found', async () => {
    await renderSection(undefined);
    expect(screen.queryByRole('region')).not.toBeInTheDocument();
  });

  it('does not take an empty list for good news', async () => {
    await renderSection([]);
    expect(
      screen.getByText(
        /^Nothing stands out, as far as there is enough history/,
      ),
    ).toBeInTheDocument();
    expect(document.querySelector('[data-tone="good"]')).toBeNull();
  });

  it('says what was seen, what was expected, how it was found, and opens the events', async () => {
    const { api } = await renderSection([anomalyFixture()]);
    const list = screen.getByRole('list', { name: 'Anomalies' });
    expect(list).toHaveTextContent('Higher, for the worseChange fail rate');
    expect(list).toHaveTextContent('Seen40%');
    expect(list).toHaveTextContent('Expected10%');
    expect(list).toHaveTextContent(
      'So large a share is not to be expected after 12 points of history (upper tail of the binomial distribution). p 0.0009',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'The event behind this anomaly' }),
    );
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, { ids: ['d-2'] });
  });

  it.each([
    [{ method: 'modified-z', statistic: -4.2 }, '4.2 times the usual scatter'],
    [{ method: 'poisson-tail' }, 'So many are not to be expected'],
    [{ method: 'ewma', pValue: undefined }, 'a slow drift'],
    [{ method: 'cusum', pValue: undefined }, 'a lasting step'],
  ] as const)('says how it was found: %o', async (part, words) => {
    await renderSection([anomalyFixture(part)]);
    expect(screen.getByRole('list', { name: 'Anomalies' })).toHaveTextContent(
      words,
    );
  });

  it.each([
    ['still names it', false],
    ['names it no more', true],
  ])(
    'asks for a reason, takes the step as the new normal, and shows it apart when the report %s',
    async (_, forgets) => {
      const api = goldenPathApiMock();
      const reload = jest.fn(async () => {});
      await renderHealth(
        <TestApiProvider apis={[[permissionApiRef, mockApis.permission()]]}>
          {forgets ? (
            <Forgetful reloaded={reload} />
          ) : (
            <AnomaliesSection
              health={{ ...healthResponse, anomalies: [anomalyFixture()] }}
              reload={reload}
            />
          )}
        </TestApiProvider>,
        { api },
      );
      const form = await openForm();
      expect(form).toHaveTextContent('The baseline of this metric starts anew');
      await userEvent.click(
        within(form).getByRole('button', { name: 'Acknowledge' }),
      );
      expect(screen.getByLabelText('Reason')).toHaveAccessibleDescription(
        'Write why, in at most 1,000 characters.',
      );
      expect(api.acknowledgeAnomaly).not.toHaveBeenCalled();

      await userEvent.type(screen.getByLabelText('Reason'), ' a load test ');
      await userEvent.click(
        within(form).getByRole('button', { name: 'Acknowledge' }),
      );
      expect(api.acknowledgeAnomaly).toHaveBeenCalledWith(entityRef, 'a-1', {
        reason: 'a load test',
      });
      const said = await screen.findByText(/^Acknowledged\. From now on/);
      await waitFor(() =>
        expect(said.closest('[aria-live="polite"]')).toHaveFocus(),
      );
      expect(reload).toHaveBeenCalled();
      expect(
        screen.queryByRole('list', { name: 'Anomalies' }),
      ).not.toBeInTheDocument();
      await userEvent.click(
        screen.getByRole('button', {
          name: '1 anomaly taken as the new normal',
        }),
      );
      expect(
        screen.getByRole('list', { name: 'Acknowledged anomalies' }),
      ).toHaveTextContent(/by ann, .*: a load test/);
    },
  );

  it('keeps what was written when the backend refuses', async () => {
    const api = goldenPathApiMock();
    api.acknowledgeAnomaly.mockRejectedValue(
      await refusal(404, 'NotFoundError', 'no such anomaly'),
    );
    await renderSection([anomalyFixture()], api);
    const form = await openForm();
    await userEvent.type(screen.getByLabelText('Reason'), 'a load test');
    await userEvent.keyboard('{Tab}{Tab}{Enter}');
    expect(
      await within(form).findByText('The acknowledgement did not go through.'),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Reason')).toHaveValue('a load test');
  });

  it('leaves those that were acknowledged before alone', async () => {
    await renderSection([
      anomalyFixture({
        acknowledged: {
          by: 'user:default/ann',
          at: '2026-11-20T00:00:00Z',
          reason: 'a new load test',
        },
      }),
    ]);
    expect(screen.queryByRole('button', acknowledge)).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^1 anomaly taken as/ }),
    ).toBeInTheDocument();
  });
});
