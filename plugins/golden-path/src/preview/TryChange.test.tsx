import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { pathResponse } from '../__fixtures__/paths';
import { comparison } from '../__fixtures__/preview';
import { TryChange } from './TryChange';

async function renderForm(api = goldenPathApiMock()) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [goldenPathApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <TryChange current={pathResponse.path} />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return api;
}

async function compare(text: string) {
  fireEvent.change(await screen.findByLabelText('Path as YAML or JSON'), {
    target: { value: text },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
}

describe('TryChange', () => {
  it('begins with the version in force', async () => {
    await renderForm();
    expect(
      await screen.findByRole('button', { name: 'Compare' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Begin with version 1.2.0' }),
    );
    const field = screen.getByLabelText<HTMLTextAreaElement>(
      'Path as YAML or JSON',
    );
    expect(JSON.parse(field.value)).toEqual(pathResponse.path);
    expect(screen.getByRole('button', { name: 'Compare' })).toBeEnabled();
  });

  it('shows totals, who moves, by owner, by check and day by day', async () => {
    const api = await renderForm();
    await userEvent.selectOptions(
      await screen.findByRole('combobox', { name: 'Compare' }),
      '30',
    );
    await compare('kind: GoldenPath');
    expect(api.previewPath).toHaveBeenCalledWith({
      text: 'kind: GoldenPath',
      days: 30,
    });
    const summary = await screen.findByText(
      'Compared for 7 entities: 1 rise, 2 fall.',
    );
    expect(summary.closest('[aria-live="polite"]')).toHaveFocus();
    expect(
      screen.getByText('fall to a lower level').previousSibling,
    ).toHaveTextContent('2');

    const entities = screen.getByRole('table', { name: 'Entities that move' });
    expect(entities).toHaveTextContent('silver → no level');
    expect(entities).toHaveTextContent('80 → 60');
    expect(entities).toHaveTextContent('SEC-12 none → fail');
    expect(screen.getByText('1 of 4 that move')).toBeInTheDocument();
    expect(
      screen.getByText(/names the first 1; the totals count all/),
    ).toBeInTheDocument();

    const owner = within(
      screen.getByRole('table', { name: 'Movement by owner' }),
    ).getAllByRole('row')[1];
    expect(
      within(owner)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(['1', '2', '1', '3', '0', '0']);
    expect(
      screen.getByRole('table', { name: 'Movement by check' }),
    ).toHaveTextContent('not there2 fail, 5 pass7');
    expect(
      screen.getByText(
        'Entities on a level, day by day: now (dashed) 5 to 6, with the change (solid) 3 to 3.',
      ),
    ).toBeInTheDocument();
    const flaps = screen.getByRole('table', {
      name: 'Checks that go to and fro',
    });
    expect(within(flaps).getAllByRole('rowheader')).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Each day in numbers' }),
    );
    expect(
      screen.getByRole('table', { name: /^Entities by level, each day/ }),
    ).toHaveTextContent('2026-11-2071 → 46 → 3');
  });

  it('lists what is wrong with the text, line by line', async () => {
    const api = goldenPathApiMock();
    api.previewPath.mockRejectedValue(
      await refusal(
        400,
        'InputError',
        'path:3 spec.version: A version must be semantic\npath:9 spec.checks: Required',
      ),
    );
    await renderForm(api);
    await compare('spec: {}');
    const problems = await screen.findByRole('list', { name: 'What is wrong' });
    expect(
      within(problems)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'path:3 spec.version: A version must be semantic',
      'path:9 spec.checks: Required',
    ]);
    expect(
      screen.queryByRole('table', { name: 'Entities that move' }),
    ).not.toBeInTheDocument();
  });

  it('says as a sentence that it is not allowed', async () => {
    const api = goldenPathApiMock();
    api.previewPath.mockRejectedValue(
      await refusal(403, 'NotAllowedError', 'no'),
    );
    await renderForm(api);
    await compare('spec: {}');
    expect(
      await screen.findByText('You may not do this: the comparison.'),
    ).toBeInTheDocument();
  });

  it('says that nothing moves', async () => {
    const api = goldenPathApiMock();
    api.previewPath.mockResolvedValue({
      ...comparison,
      entities: [],
      replay: undefined,
    });
    await renderForm(api);
    await compare('spec: {}');
    expect(
      await screen.findByText('No entity would move.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'Day by day' }),
    ).not.toBeInTheDocument();
  });

  it('downloads the comparison', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = jest.fn(blob => {
      saved.push(blob as Blob);
      return 'blob:x';
    });
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await renderForm();
    await compare('spec: {}');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Download the comparison as JSON',
      }),
    );
    expect(click.mock.contexts[0]).toHaveAttribute(
      'download',
      'golden-path-service-1.3.0.json',
    );
    expect(saved[0].type).toBe('application/json');
    click.mockRestore();
  });
});
