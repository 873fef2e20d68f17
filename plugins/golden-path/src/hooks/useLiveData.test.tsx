import { act, renderHook } from '@testing-library/react';
import { refusal } from '../__fixtures__/apis';
import { useLiveData } from './useLiveData';

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => state,
  });
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

async function pass(milliseconds: number) {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(milliseconds);
  });
}

describe('useLiveData', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    setVisibility('visible');
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks again every five seconds', async () => {
    const load = jest.fn(async () => 1);
    renderHook(() => useLiveData({ key: 'a', load }));
    await pass(0);
    expect(load).toHaveBeenCalledTimes(1);
    await pass(15_000);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('rests while the page is hidden and asks at once when it is seen again', async () => {
    const load = jest.fn(async () => 1);
    renderHook(() => useLiveData({ key: 'a', load }));
    await pass(0);
    setVisibility('hidden');
    await pass(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    setVisibility('visible');
    await pass(0);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('keeps the very same data when the answer is equal', async () => {
    const load = jest.fn(async () => ({ a: 1 }));
    const { result } = renderHook(() => useLiveData({ key: 'a', load }));
    await pass(0);
    const first = result.current.data;
    await pass(5_000);
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current.data).toBe(first);
  });

  it('keeps old data beside a new error, and recovers', async () => {
    const load = jest.fn(async () => 'old');
    const { result } = renderHook(() => useLiveData({ key: 'a', load }));
    await pass(0);
    load.mockRejectedValueOnce(new Error('down'));
    await pass(5_000);
    expect(result.current).toMatchObject({ data: 'old', loading: false });
    expect(result.current.error?.message).toBe('down');
    await pass(5_000);
    expect(result.current.error).toBeUndefined();
  });

  it('stops asking after a refusal', async () => {
    const error = await refusal(403, 'NotAllowedError', 'no');
    const load = jest.fn(async () => {
      throw error;
    });
    renderHook(() => useLiveData({ key: 'a', load }));
    await pass(0);
    await pass(30_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('does not pile up requests that take long', async () => {
    const load = jest.fn(() => new Promise<number>(() => {}));
    renderHook(() => useLiveData({ key: 'a', load }));
    await pass(20_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('forgets the data of another key and ignores its late answer', async () => {
    let answerA: (value: string) => void = () => {};
    const load = jest.fn(
      () =>
        new Promise<string>(resolve => {
          answerA = resolve;
        }),
    );
    const { result, rerender } = renderHook(
      (options: { key: string; load: () => Promise<string> }) =>
        useLiveData(options),
      { initialProps: { key: 'a', load: load as () => Promise<string> } },
    );
    await pass(0);
    rerender({ key: 'b', load: async () => 'b' });
    await pass(0);
    answerA('a');
    await pass(0);
    expect(result.current.data).toBe('b');
  });
});
