/**
 * Tells the catalog where the source of entities in served repositories lies.
 *
 * @packageDocumentation
 */
export {
  catalogModuleLocalGit as default,
  catalogModuleLocalGit,
} from './module';
