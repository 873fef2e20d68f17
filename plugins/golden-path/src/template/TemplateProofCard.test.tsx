import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TemplateResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { templateResponse } from '../__fixtures__/template';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { TemplateProofCard } from './TemplateProofCard';

const entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'node-service', namespace: 'default' },
};

async function show(answer: () => Promise<TemplateResponse>) {
  const api = goldenPathApiMock();
  api.getTemplate.mockImplementation(answer);
  await renderInTestApp(
    <TestApiProvider apis={[[goldenPathApiRef, api]]}>
      <EntityProvider entity={entity}>
        <TemplateProofCard />
      </EntityProvider>
    </TestApiProvider>,
  );
  return api;
}

describe('TemplateProofCard', () => {
  it('says what was proven, each in a sentence', async () => {
    await show(async () => templateResponse());
    expect(await screen.findByText('Proven')).toBeInTheDocument();
    for (const sentence of [
      'Rendered in 1 way, and read by 2 tools: nothing found.',
      '1 of 1 rendering reaches gold on service 2.0.0.',
      '1 of 2 planted faults found by exactly the check they are for.',
      'Built and tested, started and stopped with node 24.21.0.',
    ]) {
      expect(screen.getByText(sentence)).toBeInTheDocument();
    }
  });

  it('opens into the evidence', async () => {
    await show(async () => templateResponse());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Planted faults (2)' }),
    );
    const survivor = screen.getByRole('row', { name: /No security policy/ });
    expect(survivor).toHaveTextContent('SEC-25No security policynoneno');
    expect(
      screen.getByText(/no fault is planted. The template logs in to no cloud/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Tools (3)' }));
    expect(screen.getByText(/conftest.*missing/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Accepted findings (1)' }),
    );
    expect(screen.getByText(/checkov CKV_K8S_43/)).toBeInTheDocument();
  });

  it('takes no proof for no good news', async () => {
    await show(async () =>
      templateResponse({
        status: 'missing',
        reason: 'Version 2.0.0 has no proof: run it',
        result: undefined,
      }),
    );
    expect(await screen.findByText('No proof')).toBeInTheDocument();
    expect(screen.getByText(/has no proof: run it/)).toBeInTheDocument();
    expect(screen.queryByText('Proven')).not.toBeInTheDocument();
  });

  it('says why it cannot be shown, and tries again', async () => {
    const error = await refusal(
      400,
      'InputError',
      'The template has no golden-path.template.yaml beside its template.yaml',
    );
    const api = await show(async () => {
      throw error;
    });
    expect(
      await screen.findByText(/has no golden-path.template.yaml/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(api.getTemplate).toHaveBeenCalledTimes(2);
  });
});
