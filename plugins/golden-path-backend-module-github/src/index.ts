/**
 * What GitHub knows of a repository beyond its files, as the `forge` fact of golden paths, and pull requests with updates
 * of services.
 *
 * @packageDocumentation
 */
export { goldenPathModuleGithub as default } from './module';
