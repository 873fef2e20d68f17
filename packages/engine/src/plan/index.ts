export { changelogBetween, type ChangelogSection } from './changelogBetween';
export { describeUpdate, type UpdateDescription } from './describeUpdate';
export { type MigratedValues, migrateValues } from './migrateValues';
export {
  type FileChange,
  type PlannedUpdate,
  planUpdate,
  type PlanUpdateOptions,
  type UpdateTarget,
} from './planUpdate';
export type {
  ContentMerge,
  ContentMergeResult,
  MergedTrees,
  TreeConflict,
  TreeMerger,
  TreeMove,
} from './TreeMerger';
