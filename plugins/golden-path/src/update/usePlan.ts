import { useApi } from '@backstage/core-plugin-api';
import type { PlanResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeFailure, Failure } from '../format/failure';

interface PlanState {
  response?: PlanResponse;
  failure?: Failure;
  loading: boolean;
}

/**
 * Asks for the plan of an update when `load` is called: it is worked out while the caller waits, so that nothing asks
 * for it by itself. What was there stays until the next is, and when that
 * cannot be had.
 */
export function usePlan(options: { entityRef: string; layer?: string }) {
  const { entityRef, layer } = options;
  const api = useApi(goldenPathApiRef);
  const [state, setState] = useState<PlanState>({ loading: false });
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );

  const load = useCallback(async (): Promise<PlanResponse | undefined> => {
    run.current += 1;
    const mine = run.current;
    setState(before => ({ response: before.response, loading: true }));
    let next: PlanState;
    try {
      next = {
        response: await api.getPlan(entityRef, layer ? { layer } : {}),
        loading: false,
      };
    } catch (thrown) {
      next = {
        failure: describeFailure(thrown, 'The plan of the update'),
        loading: false,
      };
    }
    if (mine !== run.current) {
      return undefined;
    }
    setState(before => ({
      ...next,
      response: next.response ?? before.response,
    }));
    return next.response;
  }, [api, entityRef, layer]);

  return { ...state, load };
}
