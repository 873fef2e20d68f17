export { compareFile, type FileVersions } from './compareFile';
export { compareLayer } from './compareLayer';
export { refineDrift } from './refineDrift';
export { unmergedFiles } from './statuses';
