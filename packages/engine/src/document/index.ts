export { DocumentError } from './documentError';
export type { DocumentProblem } from './documentError';
export { formatDocument } from './formatDocument';
export { parseDocument } from './parseDocument';
export { loadGoldenPath } from './loadGoldenPath';
export {
  parseFacts,
  parseLock,
  parseServiceFile,
  parseTemplateManifest,
} from './documents';
