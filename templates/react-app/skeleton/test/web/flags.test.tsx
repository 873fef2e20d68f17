import { OpenFeature, OpenFeatureProvider } from '@openfeature/react-sdk';
import { render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FLAG_DEFAULTS } from '../../shared/flagDefaults.ts';
import type { FlagKey } from '../../shared/flagDefaults.ts';
import { connectFlags } from '../../src/connectFlags.ts';
import { useFlag } from '../../src/flags.ts';

const keys = Object.keys(FLAG_DEFAULTS) as FlagKey[];

function Answer({ flag }: { flag: FlagKey }) {
  return <p>{`${flag} is ${useFlag(flag) ? 'on' : 'off'}`}</p>;
}

function show(): void {
  render(
    <OpenFeatureProvider>
      {keys.map(key => (
        <Answer key={key} flag={key} />
      ))}
    </OpenFeatureProvider>,
  );
}

/** A server that answers every request for flags in the same way. */
function serverAnswers(answer: () => Response): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() => Promise.resolve(answer()));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const flags = { baseUrl: '/', pollMs: 60_000 };

afterEach(async () => {
  await OpenFeature.clearProviders();
  vi.unstubAllGlobals();
});

describe('flags of the page', () => {
  it.each([true, false])('are what the server says: %s', async value => {
    const fetched = serverAnswers(() =>
      Response.json({ flags: keys.map(key => ({ key, value })) }),
    );
    await connectFlags(flags, 'visitor-1');
    show();
    for (const key of keys) {
      expect(
        await screen.findByText(`${key} is ${value ? 'on' : 'off'}`),
      ).toBeTruthy();
    }
    const [request] = fetched.mock.calls[0] as [Request];
    expect(new URL(request.url).pathname).toBe('/ofrep/v1/evaluate/flags');
    expect(await request.json()).toEqual({
      context: { targetingKey: 'visitor-1' },
    });
  });

  it.each([
    ['is down', () => new Response(null, { status: 503 })],
    ['does not know them', () => Response.json({ flags: [] })],
    [
      'cannot evaluate them',
      () =>
        Response.json({
          flags: keys.map(key => ({ key, errorCode: 'GENERAL' })),
        }),
    ],
  ])('keep their defaults while the server %s', async (_what, answer) => {
    const fetched = serverAnswers(answer);
    await connectFlags(flags, 'visitor-1');
    show();
    await vi.waitFor(() => {
      expect(fetched).toHaveBeenCalled();
    });
    for (const key of keys) {
      const text = `${key} is ${FLAG_DEFAULTS[key] ? 'on' : 'off'}`;
      expect(await screen.findByText(text)).toBeTruthy();
    }
  });
});
