import { OpenFeature } from '@openfeature/react-sdk';
import { screen } from '@testing-library/react';
import { afterAll, expect, it, vi } from 'vitest';

const told = {
  service: { name: 'pay', version: '1.2.3' },
  environment: 'staging',
  flags: { baseUrl: '/', pollMs: 60_000 },
  vitals: { sampleRate: 0 },
};

afterAll(async () => {
  await OpenFeature.clearProviders();
  vi.unstubAllGlobals();
});

it('puts the page together from what the server tells', async () => {
  document.body.innerHTML = '<div id="root"></div>';
  vi.stubGlobal('fetch', (input: string | Request) =>
    Promise.resolve(
      Response.json(
        input === '/config.json'
          ? told
          : { flags: [{ key: 'greetings-enabled', value: false }] },
      ),
    ),
  );
  await import('../../src/main.tsx');
  expect(await screen.findByText('Version 1.2.3')).toBeTruthy();
  expect(await screen.findByText('Greetings are switched off')).toBeTruthy();
});
