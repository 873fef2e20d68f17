/**
 * What GitHub knows of a repository beyond its files, as the `forge` fact of golden paths.
 *
 * @packageDocumentation
 */
export { goldenPathModuleGithub as default } from './module';
