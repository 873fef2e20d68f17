export { buildLayer, layerDigest } from './buildLayer';
export { classify, type Classify, createClassifier } from './classify';
export {
  digestOf,
  digestsByPath,
  merkleDigest,
  renderedDigest,
  skeletonInputDigest,
} from './digest';
export { formatLock, mergeLayer } from './formatLock';
export { isGitFolderName } from './gitFolder';
export { RenderError } from './RenderError';
export { RENDER_ENGINE, renderSkeleton } from './renderSkeleton';
export {
  renderTemplate,
  skeletonFolders,
  type SkeletonPart,
  skeletonParts,
} from './skeletonParts';
export type { FileMode, SourceFile } from './sourceFile';
export type { RenderValues } from './TextRenderer';
