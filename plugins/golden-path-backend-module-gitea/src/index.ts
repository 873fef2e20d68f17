/**
 * Pull requests with updates of services on Gitea and Forgejo.
 *
 * @packageDocumentation
 */
export { goldenPathModuleGitea as default } from './module';
