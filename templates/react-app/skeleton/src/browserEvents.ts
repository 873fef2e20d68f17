import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import { MAX_EVENTS, MAX_TEXT } from '../shared/browserEvents.ts';
import type { BrowserEvent } from '../shared/browserEvents.ts';

let waiting: BrowserEvent[] = [];

/** Keeps an event for the next message to the server. */
function keep(event: BrowserEvent): void {
  if (waiting.length < MAX_EVENTS) {
    waiting.push(event);
  }
}

/** Sends what was kept; the browser delivers it even when the page is gone. */
export function sendEvents(): void {
  if (waiting.length > 0) {
    const body = JSON.stringify({ events: waiting });
    waiting = [];
    navigator.sendBeacon(
      '/browser-events',
      new Blob([body], { type: 'application/json' }),
    );
  }
}

/** Tells the server what broke, by its message and where; nothing of what the visitor typed. */
export function reportError(error: unknown, where: string): void {
  const message = error instanceof Error ? error.message : String(error);
  keep({
    kind: 'error',
    message: message.slice(0, MAX_TEXT),
    where: where.trim().slice(0, MAX_TEXT),
  });
  sendEvents();
}

/**
 * Reports errors nothing caught and, for a share of the page views, the web vitals: how fast the page was there, how
 * fast it answered and how much it moved.
 */
export function watchPage(options: {
  sampleRate: number;
  random?: () => number;
}): void {
  const { sampleRate, random = Math.random } = options;
  addEventListener('error', event => {
    reportError(event.error ?? event.message, event.filename);
  });
  addEventListener('unhandledrejection', event => {
    reportError(event.reason, 'promise');
  });
  if (random() < sampleRate) {
    for (const measure of [onCLS, onFCP, onINP, onLCP, onTTFB]) {
      measure(({ name, value }) => {
        keep({ kind: 'vital', name, value });
      });
    }
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') {
        sendEvents();
      }
    });
  }
}
