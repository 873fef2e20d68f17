/**
 * Lets golden paths propose updates to services in served repositories.
 *
 * @packageDocumentation
 */
export {
  goldenPathModuleLocalGit as default,
  goldenPathModuleLocalGit,
} from './module';
