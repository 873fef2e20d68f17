/**
 * Pull requests with updates of services on Bitbucket Cloud.
 *
 * @packageDocumentation
 */
export { goldenPathModuleBitbucketCloud as default } from './module';
