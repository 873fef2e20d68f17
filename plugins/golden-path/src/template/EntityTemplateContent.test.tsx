import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTemplateTab } from './__testUtils__/renderTemplateTab';

describe('the tab of a template', () => {
  it('shows its four parts, and goes to the one whose link is followed', async () => {
    await renderTemplateTab();
    for (const table of [
      'Versions of the template',
      'Services in this dry run',
      'Services of the roll-out',
      'Edits made alike',
    ]) {
      expect(
        await screen.findByRole('table', { name: table }),
      ).toBeInTheDocument();
    }
    const link = screen.getByRole('link', { name: 'Roll-outs' });
    link.focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('region', { name: 'Roll-outs' })).toHaveFocus();
    expect(link).toHaveAttribute('aria-current', 'page');
  });

  it('goes to the part that the address points at', async () => {
    await renderTemplateTab({ at: '/#desire-paths' });
    await screen.findByRole('table', { name: 'Edits made alike' });
    expect(
      await screen.findByRole('region', { name: 'Desire paths' }),
    ).toHaveFocus();
  });
});
