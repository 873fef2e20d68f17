import { entitySignalChannel } from '@goldenpath/backstage-plugin-golden-path-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiMock, refusal } from '../__fixtures__/apis';
import { entityRef } from '../__fixtures__/entity';
import { fullHealth } from '../__fixtures__/healthPictures';
import { timelineResponse } from '../__fixtures__/timeline';
import { ReleaseTimeline } from './ReleaseTimeline';
import { renderHealth } from './__testUtils__/renderHealth';

async function renderTimeline(api = goldenPathApiMock(), address = '/') {
  return renderHealth(<ReleaseTimeline health={fullHealth} />, {
    api,
    address,
  });
}

const lane = (name: string) => screen.findByRole('list', { name });

describe('ReleaseTimeline', () => {
  it('has a lane per kind, and says which is empty', async () => {
    const api = goldenPathApiMock();
    api.getTimeline.mockResolvedValue({
      ...timelineResponse,
      items: timelineResponse.items.filter(({ kind }) => kind !== 'flag'),
    });
    await renderTimeline(api);
    const releases = await lane('Releases: 3 releases');
    expect(
      within(releases)
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label')),
    ).toEqual([
      expect.stringMatching(/^orders 4\.1\.0 deployed, Succeeded, 3 Nov 2026/),
      expect.stringMatching(/^orders 4\.2\.0 deployed, Failed, 10 Nov 2026/),
      expect.stringMatching(/^orders rolled back to 4\.1\.0, Rolled back/),
    ]);
    expect(screen.getByText('none reported')).toHaveTextContent(
      'Flags: none reported',
    );
  });

  it('is reached once by the tab key and walked with the arrows', async () => {
    await renderTimeline();
    const buttons = within(await lane('Releases: 3 releases')).getAllByRole(
      'button',
    );
    await userEvent.tab();
    await userEvent.tab();
    expect(buttons[2]).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(buttons[1]).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(buttons[0]).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{End}');
    expect(buttons[2]).toHaveFocus();
    await userEvent.tab();
    expect(
      within(await lane('Incidents: 1 incident')).getByRole('button'),
    ).toHaveFocus();
  });

  it('opens an item into its events and leads to the incident it caused', async () => {
    const { api } = await renderTimeline();
    const releases = await lane('Releases: 3 releases');
    await userEvent.click(
      within(releases).getByRole('button', {
        name: /4\.2\.0 deployed, Failed/,
      }),
    );
    const chosen = screen.getByRole('region', {
      name: 'Chosen: orders 4.2.0 deployed',
    });
    expect(chosen).toHaveTextContent('12 changes · 2 new findings');
    expect(api.getEvents).toHaveBeenCalledWith(entityRef, {
      ids: ['d-2', 'i-1'],
    });
    await userEvent.click(
      within(chosen).getByRole('button', { name: 'Checkout answers 500' }),
    );
    expect(
      screen.getByRole('region', { name: 'Chosen: Checkout answers 500' }),
    ).toHaveTextContent('Linked toorders 4.2.0 deployed');
    expect(
      within(await lane('Incidents: 1 incident')).getByRole('button', {
        pressed: true,
      }),
    ).toBeInTheDocument();
  });

  it('draws a line from a failed release to its incident', async () => {
    const { container } = await renderTimeline();
    await lane('Releases: 3 releases');
    expect(container.querySelectorAll('svg line')).toHaveLength(1);
  });

  it('shows one kind alone', async () => {
    await renderTimeline();
    await lane('Releases: 3 releases');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Show' }),
      'Incidents',
    );
    expect(
      screen.queryByRole('list', { name: /^Releases/ }),
    ).not.toBeInTheDocument();
    expect(await lane('Incidents: 1 incident')).toBeInTheDocument();
  });

  it('is there as a list, too, newest first', async () => {
    await renderTimeline();
    await lane('Releases: 3 releases');
    await userEvent.click(
      screen.getByRole('button', { name: /The same as a list/ }),
    );
    const lines = screen.getAllByRole('button', {
      name: /(Releases|Incidents|Findings|Flags|Gate|Anomalies): /,
    });
    expect(lines).toHaveLength(8);
    expect(lines[0]).toHaveTextContent('Anomalies: Change fail rate');
    expect(lines[7]).toHaveTextContent('Releases: orders 4.1.0 deployed');
  });

  it('asks for the window of the address', async () => {
    const { api } = await renderTimeline(
      goldenPathApiMock(),
      '/?window=7&environment=staging',
    );
    await lane('Releases: 3 releases');
    const [, query] = api.getTimeline.mock.calls[0];
    expect(query?.environment).toBe('staging');
    expect(Date.parse(query!.to!) - Date.parse(query!.from!)).toBe(
      7 * 86_400_000,
    );
  });

  it('shows a new release as soon as the backend signals it', async () => {
    const api = goldenPathApiMock();
    api.getTimeline.mockResolvedValue({ ...timelineResponse, items: [] });
    const { signals } = await renderTimeline(api);
    expect(
      await screen.findByText(/Nothing is reported for this window/),
    ).toBeInTheDocument();
    api.getTimeline.mockResolvedValue(timelineResponse);
    await act(async () => {
      signals.send(entitySignalChannel(entityRef), { topic: 'health' });
    });
    expect(
      screen.getByRole('list', { name: 'Releases: 3 releases' }),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    const api = goldenPathApiMock();
    api.getTimeline.mockReturnValue(new Promise(() => {}));
    await renderTimeline(api);
    expect(screen.getByText('Loading the time line…')).toBeInTheDocument();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this: the time line.'],
    [500, 'InternalServerError', 'The time line could not be loaded.'],
  ])('says what to do about an error %i', async (status, name, title) => {
    const api = goldenPathApiMock();
    api.getTimeline.mockRejectedValue(await refusal(status, name, 'no'));
    await renderTimeline(api);
    expect(await screen.findByText(title)).toBeInTheDocument();
  });
});
