/**
 * Scaffolder actions of the Golden Path suite: `golden-path:fetch`, `golden-path:adopt`, `golden-path:score`, `golden-path:publish:git`
 * and `golden-path:propose:git`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGoldenPath as default } from './module';
export { createAdoptAction } from './adopt/createAdoptAction';
export { createProposeGitAction } from './adopt/createProposeGitAction';
export { createFetchAction } from './fetch/createFetchAction';
export { createPublishGitAction } from './publish/createPublishGitAction';
