import { type SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { entitySignalChannel } from '@goldenpath/backstage-plugin-golden-path-common';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { entityRef } from '../__fixtures__/entity';
import { signalApiMock } from '../__fixtures__/signals';
import { useSignalledData } from './useSignalledData';

const channel = entitySignalChannel(entityRef);

async function pass(milliseconds: number) {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(milliseconds);
  });
}

function renderData(
  load: () => Promise<number>,
  signals?: ReturnType<typeof signalApiMock>,
  enabled = true,
) {
  return renderHook(
    () =>
      useSignalledData({
        entityRef,
        topics: ['health'],
        key: entityRef,
        load,
        enabled,
      }),
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <TestApiProvider
          apis={
            (signals ? [[signalApiRef, signals.api]] : []) as [
              typeof signalApiRef,
              SignalApi,
            ][]
          }
        >
          {children}
        </TestApiProvider>
      ),
    },
  );
}

describe('useSignalledData', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('polls in an app without the signals plugin', async () => {
    const load = jest.fn(async () => 1);
    renderData(load);
    await pass(0);
    await pass(10_000);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('loads at once for each signal of its topic, and for no other', async () => {
    const signals = signalApiMock();
    let answer = 1;
    const load = jest.fn(async () => answer);
    const { result } = renderData(load, signals);
    await pass(0);
    answer = 2;
    await act(async () => {
      signals.send(channel, { topic: 'gate' });
    });
    await pass(0);
    expect(result.current.data).toBe(1);
    await act(async () => {
      // Both come before anything is drawn
      signals.send(channel, { topic: 'health' });
      signals.send(channel, { topic: 'scorecard' });
    });
    await pass(0);
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current.data).toBe(2);
  });

  it('keeps the pace until a signal has come, and then asks seldom', async () => {
    const signals = signalApiMock();
    const load = jest.fn(async () => 1);
    renderData(load, signals);
    await pass(0);
    await pass(5_000);
    expect(load).toHaveBeenCalledTimes(2);
    await act(async () => {
      signals.send(channel, { topic: 'gate' });
    });
    await pass(29_000);
    expect(load).toHaveBeenCalledTimes(2);
    await pass(1_000);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('passes over a message that is no signal of an entity', async () => {
    const signals = signalApiMock();
    const load = jest.fn(async () => 1);
    renderData(load, signals);
    await pass(0);
    await act(async () => {
      signals.send(channel, { topic: 'weather' });
    });
    await pass(0);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('loads nothing while it is switched off', async () => {
    const signals = signalApiMock();
    const load = jest.fn(async () => 1);
    renderData(load, signals, false);
    await act(async () => {
      signals.send(channel, { topic: 'health' });
    });
    await pass(0);
    expect(load).not.toHaveBeenCalled();
  });

  it('stops listening when it goes', async () => {
    const signals = signalApiMock();
    const { unmount } = renderData(async () => 1, signals);
    await pass(0);
    expect(signals.listening(channel)).toBe(1);
    unmount();
    expect(signals.listening(channel)).toBe(0);
  });
});
