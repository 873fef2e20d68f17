/** Ids on a template's tab, for links. */
export const ADOPTION_ANCHOR = 'adoption';
export const ADOPTERS_ANCHOR = 'adoption-services';
export const FORECAST_ANCHOR = 'forecast';
export const FORECAST_SERVICES_ANCHOR = 'forecast-services';
export const ROLLOUTS_ANCHOR = 'rollouts';
export const ROLLOUT_SERVICES_ANCHOR = 'rollout-services';
export const DESIRE_PATHS_ANCHOR = 'desire-paths';

/** The row of one edit. */
export function desirePathAnchor(id: string) {
  return `desire-path-${id}`;
}
