import { InputError } from '@backstage/errors';

const MAX_LENGTH = 255;
const CONTROL_OR_SPACE = /[^\u0021-\u007e\u0080-\u{10ffff}]/u;

/**
 * Checks that a text can name a branch, a tag or a commit, by the rules of `git check-ref-format`. It excludes options
 * and every operator of git's revision syntax.
 *
 * @returns the text
 * @throws InputError when it cannot
 */
export function parseRevision(ref: string): string {
  const problem = revisionProblem(ref);
  if (problem) {
    throw new InputError(
      `The ref ${problem}; give the name of a branch or tag, or a commit`,
    );
  }
  return ref;
}

function revisionProblem(ref: string): string | undefined {
  if (ref.length === 0 || ref.length > MAX_LENGTH) {
    return `must have 1 to ${MAX_LENGTH} characters`;
  }
  if (ref.startsWith('-')) {
    return "must not start with '-'";
  }
  if (CONTROL_OR_SPACE.test(ref) || /[~^:?*[\\]/.test(ref)) {
    return 'must not hold spaces, control characters or any of ~^:?*[\\';
  }
  if (ref.includes('..') || ref.includes('@{') || ref === '@') {
    return "must not hold '..' or '@{'";
  }
  const segments = ref.split('/');
  if (segments.some(part => part === '' || part.startsWith('.'))) {
    return "must not have a segment that is empty or starts with '.'";
  }
  if (segments.some(part => part.endsWith('.lock')) || ref.endsWith('.')) {
    return "must not end in '.lock' or '.'";
  }
  return undefined;
}
