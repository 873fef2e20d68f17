import type { PermissionApi } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { anomalyFixture, healthResponse } from '../__fixtures__/health';
import { AnomaliesSection } from '../health/AnomaliesSection';
import { renderGate, renderGatePage } from './__testUtils__/renderGate';

// In a file of its own: the answers of the permission API are kept for as long as the module is.
const permissionApi = {
  authorize: async () => ({ result: 'DENY' }),
} as unknown as PermissionApi;

describe('without the permission', () => {
  it('a stopped decision says who may override it, and has no dead button', async () => {
    await renderGatePage({ permissionApi, at: '/golden-paths/gate/g-2' });
    expect(
      await screen.findByText('golden-path.gate.override'),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Rules' })).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Override/ }),
    ).not.toBeInTheDocument();
  });

  it('decisions and accuracy are shown, and a sentence says who may try another policy', async () => {
    const api = goldenPathApiMock();
    await renderGatePage({ api, permissionApi });
    expect(
      await screen.findByText('golden-path.path.preview'),
    ).toBeInTheDocument();
    expect(screen.queryByLabelText('Policy as YAML')).not.toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: 'Decisions' }),
    ).toBeInTheDocument();
  });

  it('anomalies are shown, and a sentence says who may acknowledge them', async () => {
    await renderGate(
      <AnomaliesSection
        health={{ ...healthResponse, anomalies: [anomalyFixture()] }}
      />,
      { permissionApi },
    );
    expect(
      await screen.findByText('golden-path.anomaly.acknowledge'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Acknowledge/ }),
    ).not.toBeInTheDocument();
  });
});
