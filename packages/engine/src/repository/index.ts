export { describeRepository } from './describeRepository';
export { repositoryDataSchema } from './repositoryData';
export type { RepositoryData } from './repositoryData';
export type { RepositoryFile } from './repositoryFile';
export { stampedFacts } from './stampedFacts';
