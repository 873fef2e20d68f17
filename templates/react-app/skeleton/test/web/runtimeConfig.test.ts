import { afterEach, describe, expect, it, vi } from 'vitest';
import { FALLBACK_CONFIG, loadRuntimeConfig } from '../../src/runtimeConfig.ts';

const told = {
  service: { name: 'pay', version: '1.2.3' },
  environment: 'staging',
  flags: { baseUrl: '/', pollMs: 30_000 },
  vitals: { sampleRate: 0.5 },
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('runtime configuration', () => {
  it('is what /config.json says', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(told)));
    expect(await loadRuntimeConfig()).toEqual(told);
  });

  it.each([
    ['cannot be reached', () => Promise.reject(new TypeError('offline'))],
    [
      'answers with an error',
      () => Promise.resolve(Response.json(told, { status: 503 })),
    ],
    [
      'answers with something else',
      () => Promise.resolve(new Response('<!doctype html>')),
    ],
    [
      'leaves something out',
      () => Promise.resolve(Response.json({ ...told, flags: {} })),
    ],
    ['says null', () => Promise.resolve(Response.json(null))],
  ])('falls back when the server %s', async (_what, answer) => {
    vi.stubGlobal('fetch', answer);
    expect(await loadRuntimeConfig()).toBe(FALLBACK_CONFIG);
  });
});
