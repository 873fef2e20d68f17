import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock } from '../__fixtures__/apis';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { TemplatePreviewField } from './TemplatePreviewField';

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'node-service', namespace: 'default' },
  spec: { type: 'service', steps: [], owner: 'group:default/platform' },
};

async function show(
  options: { dryRun?: jest.Mock; templateRef?: string } = {},
) {
  const dryRun =
    options.dryRun ??
    jest.fn(async () => ({
      directoryContents: [
        { path: 'README.md', base64Content: btoa('# pay\n') },
        { path: 'src/main.ts', base64Content: btoa('start();\n') },
        { path: 'logo.png', base64Content: btoa('\u00ff\u00fe') },
      ],
      log: [],
      steps: [],
      output: { summary: 'Production service 2.0.0: it starts on gold.' },
    }));
  const api = goldenPathApiMock();
  const field = {
    uiSchema: {
      'ui:options': {
        template: options.templateRef ?? 'template:default/node-service',
      },
    },
    formContext: { formData: { name: 'pay', tier: 2 } },
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [catalogApiRef, catalogApiMock({ entities: [template] })],
        [goldenPathApiRef, api],
        [scaffolderApiRef, { dryRun } as never],
      ]}
    >
      <TemplatePreviewField
        {...(field as never as Parameters<typeof TemplatePreviewField>[0])}
      />
    </TestApiProvider>,
  );
  return { dryRun, api };
}

describe('TemplatePreviewField', () => {
  it('shows what would be committed, and how it would stand', async () => {
    const { dryRun } = await show();
    expect(
      await screen.findByText('3 files, from version 2.0.0 of the template'),
    ).toBeInTheDocument();
    expect(screen.getByText(/it starts on gold/)).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'README.md' })).toHaveTextContent(
      '# pay',
    );
    expect(dryRun).toHaveBeenCalledWith({
      template: expect.objectContaining({ kind: 'Template' }),
      values: { name: 'pay', tier: 2 },
      directoryContents: [
        { path: 'skeleton/README.md', base64Content: btoa('# Hi\n') },
      ],
    });
  });

  it('opens another file by keyboard, and says of a picture that it is no text', async () => {
    await show();
    const main = await screen.findByRole('button', { name: 'main.ts' });
    main.focus();
    await userEvent.keyboard('{Enter}');
    expect(
      screen.getByRole('region', { name: 'src/main.ts' }),
    ).toHaveTextContent('start();');
    expect(main).toHaveAttribute('aria-current', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'logo.png' }));
    expect(screen.getByText(/No text/)).toBeInTheDocument();
  });

  it('says what went wrong, and tries again', async () => {
    const dryRun = jest.fn(async () => {
      throw new Error("values: 'name' is used but was not given");
    });
    await show({ dryRun });
    expect(
      await screen.findByText(/'name' is used but was not given/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(dryRun).toHaveBeenCalledTimes(2);
  });

  it('says when the template is not in the catalog', async () => {
    await show({ templateRef: 'template:default/none' });
    expect(
      await screen.findByText(/There is no template template:default\/none/),
    ).toBeInTheDocument();
  });
});
