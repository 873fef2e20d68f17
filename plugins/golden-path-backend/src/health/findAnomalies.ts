import {
  Anomaly,
  detectAnomalies,
  HealthOptions,
  seriesOf,
} from '@goldenpath/engine';
import { Acknowledgement } from '../database/AnomalyStore';

/** What the history of an entity does not explain. @internal */
export function findAnomalies(
  options: HealthOptions,
  acknowledged: Acknowledgement[],
): Anomaly[] {
  const { entityRef, environment, now } = options;
  return detectAnomalies({
    entityRef,
    environment,
    series: seriesOf(options),
    now,
    acknowledged,
  }).anomalies;
}
