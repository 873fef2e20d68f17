import { toError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import { describeFailure } from '../format/failure';
import { useDocumentVisible } from './useDocumentVisible';

const POLL_INTERVAL_MS = 5_000;
const GIVE_UP_WAITING_MS = 30_000;

/** What is known of a resource now. `data` stays while it is loaded again, and when that fails. */
export interface LiveData<T> {
  data: T | undefined;
  error: Error | undefined;
  loading: boolean;
  reload: () => Promise<void>;
}

interface State<T> {
  key: string;
  data?: T;
  error?: Error;
}

function sameJson(a: unknown, b: unknown) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Loads a resource and keeps it fresh: again every five seconds while the page can be seen, at once when it becomes
 * visible, and not at all after a refusal (403) until `reload`.
 *
 * @param options - `key` names the resource: with another key everything starts afresh. An answer equal to the last
 * one changes nothing, so that nothing flickers. `interval`, in milliseconds, is for what is dear to work out.
 */
export function useLiveData<T>(options: {
  key: string;
  load: () => Promise<T>;
  enabled?: boolean;
  poll?: boolean;
  interval?: number;
}): LiveData<T> {
  const { key, load, enabled = true, poll = true } = options;
  const { interval = POLL_INTERVAL_MS } = options;
  const visible = useDocumentVisible();
  const [state, setState] = useState<State<T>>({ key });
  const latestLoad = useRef(load);
  const run = useRef(0);
  const busySince = useRef<number>();

  useEffect(() => {
    latestLoad.current = load;
  });

  const reload = useCallback(async () => {
    run.current += 1;
    const mine = run.current;
    busySince.current = Date.now();
    let outcome: { data: T } | { error: Error };
    try {
      outcome = { data: await latestLoad.current() };
    } catch (thrown) {
      outcome = { error: toError(thrown) };
    }
    if (mine !== run.current) {
      return;
    }
    busySince.current = undefined;
    setState(before => {
      const old = before.key === key ? before : { key };
      if ('error' in outcome) {
        return { ...old, key, error: outcome.error };
      }
      const unchanged = sameJson(old.data, outcome.data);
      return unchanged && !old.error && before.key === key
        ? before
        : { key, data: unchanged ? old.data : outcome.data };
    });
  }, [key]);

  useEffect(() => {
    if (enabled && visible) {
      reload();
    }
  }, [enabled, visible, reload]);

  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );

  const current = state.key === key ? state : { key };
  const refused =
    current.error !== undefined &&
    describeFailure(current.error, '').kind === 'forbidden';
  useInterval(
    () => {
      const since = busySince.current;
      if (since === undefined || Date.now() - since > GIVE_UP_WAITING_MS) {
        reload();
      }
    },
    poll && enabled && visible && !refused ? interval : null,
  );

  return {
    data: current.data,
    error: current.error,
    loading: current.data === undefined && current.error === undefined,
    reload,
  };
}
