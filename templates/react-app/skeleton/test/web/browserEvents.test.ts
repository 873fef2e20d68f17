import { beforeEach, describe, expect, it, vi } from 'vitest';

const measured = vi.hoisted(() => new Map<string, (metric: unknown) => void>());
vi.mock('web-vitals', () => {
  const observer = (name: string) => (report: (metric: unknown) => void) => {
    measured.set(name, report);
  };
  return {
    onCLS: observer('CLS'),
    onFCP: observer('FCP'),
    onINP: observer('INP'),
    onLCP: observer('LCP'),
    onTTFB: observer('TTFB'),
  };
});
const { reportError, sendEvents, watchPage } =
  await import('../../src/browserEvents.ts');

const sent: { address: string; body: Blob }[] = [];

async function messages(): Promise<unknown[]> {
  const texts = await Promise.all(sent.map(({ body }) => textOf(body)));
  return texts.map(text => JSON.parse(text) as unknown);
}

function textOf(blob: Blob): Promise<string> {
  return new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.readAsText(blob);
  });
}

beforeEach(() => {
  sendEvents();
  sent.length = 0;
  measured.clear();
  Object.defineProperty(navigator, 'sendBeacon', {
    configurable: true,
    value: (address: string, body: Blob) => {
      sent.push({ address, body });
      return true;
    },
  });
});

describe('errors', () => {
  it('are sent at once with where they happened, cut to size', async () => {
    reportError(new Error('x'.repeat(600)), '\n at Greeting');
    expect(sent[0]?.address).toBe('/browser-events');
    expect(sent[0]?.body.type).toBe('application/json');
    expect(await messages()).toEqual([
      {
        events: [
          { kind: 'error', message: 'x'.repeat(500), where: 'at Greeting' },
        ],
      },
    ]);
  });

  it('that nothing caught are sent too', async () => {
    watchPage({ sampleRate: 0 });
    dispatchEvent(
      new ErrorEvent('error', { error: new Error('boom'), filename: 'a.js' }),
    );
    expect(await messages()).toContainEqual({
      events: [{ kind: 'error', message: 'boom', where: 'a.js' }],
    });
  });
});

describe('web vitals', () => {
  it('are not measured outside the sample', () => {
    watchPage({ sampleRate: 0.5, random: () => 0.5 });
    expect(measured.size).toBe(0);
  });

  it('are sent together when the page is left', async () => {
    watchPage({ sampleRate: 0.5, random: () => 0.49 });
    for (const [name, report] of measured) {
      report({ name, value: 12.5, entries: [] });
    }
    expect(sent).toEqual([]);

    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    dispatchEvent(new Event('visibilitychange'));
    expect(await messages()).toEqual([
      {
        events: ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'].map(name => ({
          kind: 'vital',
          name,
          value: 12.5,
        })),
      },
    ]);
  });
});
