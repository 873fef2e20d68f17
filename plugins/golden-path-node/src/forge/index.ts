export { agentOf } from './agentOf';
export { collectForgeParts } from './collectForgeParts';
export type {
  ForgeFailure,
  ForgePart,
  ForgePartResult,
} from './collectForgeParts';
export { ForgeGapError } from './ForgeGapError';
export type { ForgeAccount, MergedChange } from './mergedChanges';
export { summarizeMergedChanges } from './mergedChanges';
export { nearestRank } from './nearestRank';
export type { OpenAlert } from './openAlerts';
export { countOpenAlerts } from './openAlerts';
export type { PipelineRun } from './pipelineRuns';
export { summarizePipelineRuns } from './pipelineRuns';
export type { RateQuota } from './RateBudget';
export { RateBudget } from './RateBudget';
