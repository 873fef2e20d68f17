/**
 * What GitLab knows of a repository beyond its files, as the `forge` fact of golden paths, and merge requests with updates
 * of services.
 *
 * @packageDocumentation
 */
export { goldenPathModuleGitlab as default } from './module';
