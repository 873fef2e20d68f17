import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  ForecastsResponse,
  RolloutsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLiveData } from '../hooks/useLiveData';
import { usePacedData } from './usePacedData';

const BUSY_MS = 5_000;
const CALM_MS = 30_000;
/** Edits are compared by the backend in its own time, which is hours. */
const RARE_MS = 120_000;

function forecastsPace({ items }: ForecastsResponse): number {
  return items.some(({ status }) => status === 'running') ? BUSY_MS : CALM_MS;
}

function rolloutsPace({ items }: RolloutsResponse): number {
  return items.some(({ status }) => status === 'running') ? BUSY_MS : CALM_MS;
}

/** What the tab of a template shows. */
export function useTemplateResources() {
  const { entity } = useEntity();
  const templateRef = stringifyEntityRef(entity);
  const api = useApi(goldenPathApiRef);
  const adoption = useLiveData({
    key: templateRef,
    load: () => api.getAdoption(templateRef),
    interval: CALM_MS,
  });
  const forecasts = usePacedData({
    key: templateRef,
    load: () => api.getForecasts(templateRef),
    paceOf: forecastsPace,
  });
  const rollouts = usePacedData({
    key: templateRef,
    load: () => api.getRollouts(templateRef),
    paceOf: rolloutsPace,
  });
  const desirePaths = useLiveData({
    key: templateRef,
    load: () => api.getDesirePaths(templateRef),
    interval: RARE_MS,
  });
  return { templateRef, adoption, forecasts, rollouts, desirePaths };
}
