/**
 * Kind GoldenPath for the catalog, and relations to the template an entity was created from.
 *
 * @packageDocumentation
 */
export { catalogModuleGoldenPath as default } from './module';
export { GoldenPathEntitiesProcessor } from './GoldenPathEntitiesProcessor';
export { ProvenanceProcessor } from './ProvenanceProcessor';
export * from './relations';
