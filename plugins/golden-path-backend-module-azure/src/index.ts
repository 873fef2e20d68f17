/**
 * Pull requests with updates of services on Azure DevOps.
 *
 * @packageDocumentation
 */
export { goldenPathModuleAzure as default } from './module';
