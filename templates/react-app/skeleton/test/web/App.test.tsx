import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { App } from '../../src/App.tsx';
import { FALLBACK_CONFIG } from '../../src/runtimeConfig.ts';
import { renderWithFlags } from './withFlags.tsx';

const config = {
  ...FALLBACK_CONFIG,
  service: { name: 'pay', version: '1.2.3' },
  environment: 'staging',
};

/** What axe finds wrong; contrast needs a real browser, which this is not. */
async function violations(container: Element): Promise<string[]> {
  const results = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  return results.violations.map(({ id, help }) => `${id}: ${help}`);
}

describe('page', () => {
  it('shows what it is, which release and which environment', () => {
    renderWithFlags(<App config={config} />);
    expect(screen.getByRole('heading', { level: 1 })).toBeTruthy();
    expect(screen.getByText('pay')).toBeTruthy();
    expect(screen.getByText('staging')).toBeTruthy();
    expect(screen.getByText('Version 1.2.3')).toBeTruthy();
  });

  it('names no environment in production', () => {
    renderWithFlags(<App config={{ ...config, environment: 'production' }} />);
    expect(screen.queryByText('production')).toBeNull();
  });
});

describe('accessibility', () => {
  it('has no violation at first', async () => {
    const { container } = renderWithFlags(<App config={config} />);
    expect(await violations(container)).toEqual([]);
  });

  it('has no violation with a problem shown', async () => {
    const { container } = renderWithFlags(<App config={config} />);
    await userEvent.click(screen.getByRole('button', { name: 'Greet me' }));
    expect(await violations(container)).toEqual([]);
  });

  it('has no violation while greetings are switched off', async () => {
    const { container } = renderWithFlags(<App config={config} />, {
      'greetings-enabled': 'off',
    });
    expect(await violations(container)).toEqual([]);
  });
});
