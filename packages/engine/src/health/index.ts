export type { DependencyEdge } from './anomaly/dependencyGraph';
export {
  type AcknowledgedStep,
  type AnomalyInput,
  type AnomalyResult,
  detectAnomalies,
  type UnjudgedSeries,
} from './anomaly/detectAnomalies';
export {
  type AnomalyGroup,
  type AnomalyGroupInput,
  type AnomalySignal,
  type CandidateDeployment,
  groupAnomalies,
} from './anomaly/groupAnomalies';
export type { MetricSeries, SeriesPoint } from './anomaly/metricSeries';
export { seriesOf } from './anomaly/seriesOf';
export { type GoldenPathData } from './cdevent';
export { MAX_DELIVERY_EVENT_SIZE } from './cdeventBody';
export type { Ladder } from './bands';
export { computeHealth, type HealthOptions } from './computeHealth';
export * from './deliveryEvent';
export { type EntityHint, resolveEntityHints } from './entityHints';
export { fullEntityRef } from './entityRefForm';
export { type EventsFileProblem, parseEventsFile } from './eventsFile';
export {
  type OpenFinding,
  type OpenFindings,
  openFindings,
} from './findings/openFindings';
export { currentFlags } from './flags/currentFlags';
export type { FlagState } from './flags/flagState';
export { hasOnlyBurnAlerts } from './incidents';
export {
  parseDeliveryEvent,
  parseDeliveryEventText,
} from './parseDeliveryEvent';
export {
  type BurnAlertPreset,
  type BurnAlertRule,
  burnAlertRules,
  burnThreshold,
  hasBurnAlertRules,
} from './slo/alertRules';
export {
  type BurnAlertOptions,
  type BurnAlertState,
  burnAlertStates,
} from './slo/alertStates';
export { countByMethod } from './slo/budgetingMethods';
export {
  budgetShareOf,
  burnRateOf,
  errorRateOf,
  exhaustionHours,
  type SloWindow,
} from './slo/burnRate';
export { errorBudgetOf } from './slo/errorBudgetOf';
export { computeTimeline } from './timeline';
export type { TimelineEntry } from './timeline/timelineEntry';
export { computeTrends } from './trends';
export {
  type PoolableHealth,
  poolableHealth,
  type PoolableMetric,
  type PooledSpan,
} from './pool/poolableHealth';
export {
  type PooledHealth,
  poolHealth,
  poolHealthFromEvents,
} from './pool/poolHealth';
export {
  type BetaPrior,
  empiricalBayesPrior,
  shrunkenRate,
} from './statistics/empiricalBayes';
export type { Proportion } from './statistics/newcombe';
