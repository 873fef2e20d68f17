import { isGitFolderName } from '@goldenpath/engine';
import { GitError } from '../process/GitError';

const MAX_LENGTH = 4096;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Checks that a path names a file inside a tree: relative, with forward slashes, and without segments that mean something else.
 *
 * @throws GitError
 */
export function checkFilePath(path: string): void {
  const problem = filePathProblem(path);
  if (problem) {
    throw new GitError(
      `The path ${JSON.stringify(path.slice(0, 200))} ${problem}`,
    );
  }
}

/**
 * As {@link checkFilePath}, for a path that some file system may be given: it must not lie inside of git's own folder.
 *
 * @throws GitError
 */
export function checkWorkTreePath(path: string): void {
  checkFilePath(path);
  if (path.split('/').some(isGitFolderName)) {
    throw new GitError(
      `The path ${JSON.stringify(
        path.slice(0, 200),
      )} is inside of git's own folder`,
    );
  }
}

function filePathProblem(path: string): string | undefined {
  if (path.length > MAX_LENGTH) {
    return `has more than ${MAX_LENGTH} characters`;
  }
  if (path.includes('\0') || LONE_SURROGATE.test(path)) {
    return 'holds characters that no path can hold';
  }
  const segments = path.split('/');
  if (segments.some(segment => ['', '.', '..'].includes(segment))) {
    return "has a segment that is empty, '.' or '..'";
  }
  return undefined;
}

/** The folders a path is in, the innermost first. */
export function* parentsOf(path: string): Generator<string> {
  let end = path.lastIndexOf('/');
  while (end > 0) {
    yield path.slice(0, end);
    end = path.lastIndexOf('/', end - 1);
  }
}
