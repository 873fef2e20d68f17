/**
 * Reads files of the served repositories for every plugin of the backend.
 *
 * @packageDocumentation
 */
export {
  localGitUrlReaderFactory as default,
  localGitUrlReaderFactory,
} from './localGitUrlReaderFactory';
