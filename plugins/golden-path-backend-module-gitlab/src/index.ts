/**
 * What GitLab knows of a repository beyond its files, as the `forge` fact of golden paths.
 *
 * @packageDocumentation
 */
export { goldenPathModuleGitlab as default } from './module';
