/**
 * Scaffolder actions of the Golden Path suite: `golden-path:fetch` and `golden-path:publish:git`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGoldenPath as default } from './module';
export { createFetchAction } from './fetch/createFetchAction';
export { createPublishGitAction } from './publish/createPublishGitAction';
