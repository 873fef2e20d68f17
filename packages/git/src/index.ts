/**
 * Three-way merges, reading and pushing with the git of the machine.
 *
 * @packageDocumentation
 */
export { findGitProblem } from './findGitProblem';
export { cloneForReading } from './local/cloneForReading';
export {
  createBranchCommit,
  type CreateBranchCommitOptions,
} from './local/createBranchCommit';
export {
  findInHistory,
  type FindInHistoryOptions,
} from './local/findInHistory';
export { type GitHead, headOf } from './local/headOf';
export { revisionsOf } from './local/revisionsOf';
export { readRevision, type ReadRevisionOptions } from './local/readRevision';
export {
  GitTreeMerger,
  type GitTreeMergerOptions,
} from './merge/GitTreeMerger';
export { DEFAULT_MERGE_LIMITS, type MergeLimits } from './merge/MergeLimits';
export { GitError } from './process/GitError';
export {
  pushChange,
  type PushChangeOptions,
  type PushedChange,
} from './push/pushChange';
export { BaseMovedError, ForeignBranchError } from './push/pushErrors';
export type { GitCredentials } from './push/remoteAccess';
