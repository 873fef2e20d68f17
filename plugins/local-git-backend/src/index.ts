/**
 * Git repositories served by the Backstage backend over smart HTTP.
 *
 * @packageDocumentation
 */
export { localGitPlugin as default } from './plugin';
export {
  localGitPermissions,
  localGitRepositoryCreatePermission,
  localGitRepositoryReadPermission,
  localGitRequestCreatePermission,
  localGitRequestUpdatePermission,
} from './permissions';
export { localGitUrlReaderFactory } from './urlReader/localGitUrlReaderFactory';
