export { combineChecks } from './combineChecks';
export type { ChangeChecks } from './combineChecks';
export { draftTitle } from './draftTitle';
export type { DraftMark } from './draftTitle';
export { explainHostFailure } from './explainHostFailure';
export type { HostQuestion } from './explainHostFailure';
export { fetchFromHost } from './fetchFromHost';
export { fitBody, fitTitle } from './fitText';
export { HostFailureError, hostFailureOf, retryTimeOf } from './hostFailure';
export type { HostFailure } from './hostFailure';
export {
  folderOf,
  segmentsOf,
  splitBranch,
  withoutCatalogFile,
} from './repositoryAddress';
