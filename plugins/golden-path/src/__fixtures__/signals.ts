import type { SignalApi } from '@backstage/plugin-signals-react';

/** Signals that a test sends itself. */
export function signalApiMock() {
  const listeners = new Map<string, Set<(message: any) => void>>();
  const api: SignalApi = {
    subscribe(channel, onMessage) {
      const ofChannel = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofChannel.add(onMessage));
      return { unsubscribe: () => void ofChannel.delete(onMessage) };
    },
  };
  return {
    api,
    send: (channel: string, message: unknown) =>
      listeners.get(channel)?.forEach(listener => listener(message)),
    listening: (channel: string) => listeners.get(channel)?.size ?? 0,
  };
}
