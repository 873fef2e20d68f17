import { createContext } from './healthContext';
import { assertOptions, type HealthOptions } from './healthOptions';
import { deploymentEntries } from './timeline/deploymentEntries';
import { flagEntries } from './timeline/flagEntries';
import { incidentEntries } from './timeline/incidentEntries';
import { scanEntries } from './timeline/scanEntries';
import type { TimelineEntry } from './timeline/timelineEntry';

/**
 * What happened in the window, oldest first: deployments with how they turned out, by the same links as the change fail rate;
 * incidents with their end; scans with what is new in them; what became of flags between observations.
 *
 * @throws RangeError as `computeHealth`.
 *
 * @public
 */
export function computeTimeline(options: HealthOptions): TimelineEntry[] {
  assertOptions(options);
  const context = createContext(options);
  return [
    ...deploymentEntries(context),
    ...incidentEntries(context),
    ...scanEntries(context),
    ...flagEntries(context),
  ].sort(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) ||
      Number(a.id > b.id) - Number(a.id < b.id),
  );
}
