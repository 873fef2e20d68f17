import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { SafeLink } from './SafeLink';

async function linkTo(to: string | undefined) {
  await renderInTestApp(<SafeLink to={to}>there</SafeLink>);
  return screen.queryByRole('link');
}

describe('SafeLink', () => {
  it('opens what lies in this app here, whoever wrote the whole address', async () => {
    const link = await linkTo(`${window.location.origin}/golden-paths?a=1#b`);
    expect(link).toHaveAttribute('href', '/golden-paths?a=1#b');
    expect(link).not.toHaveAttribute('target');
  });

  it('opens other addresses in a tab of their own', async () => {
    const link = await linkTo('https://github.com/acme/pay/pull/7');
    expect(link).toHaveAttribute('target', '_blank');
  });

  it('leaves the words alone for what could run code, and for nothing', async () => {
    expect(await linkTo('data:text/html,there')).toBeNull();
    expect(screen.getByText('there')).toBeInTheDocument();
  });
});
