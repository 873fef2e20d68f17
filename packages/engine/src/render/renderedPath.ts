import { isGitFolderName } from './gitFolder';
import { RenderError } from './RenderError';

/**
 * Checks a path as it came out of rendering. `undefined` means that the file is left out, which is how a template
 * makes files and folders conditional: the path is empty, starts with `/`, ends with one or holds `//`.
 *
 * @throws RenderError for a path that leaves the folder, enters `.git`, or holds a backslash or a control character.
 */
export function acceptRenderedPath(
  rendered: string,
  source: string,
): string | undefined {
  if (
    rendered === '' ||
    rendered.startsWith('/') ||
    rendered.endsWith('/') ||
    rendered.includes('//')
  ) {
    return undefined;
  }
  const segments = rendered.split('/').filter(segment => segment !== '.');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\\]/.test(rendered)) {
    throw new RenderError({
      file: source,
      message: `The path renders to ${JSON.stringify(
        rendered,
      )}, which holds a backslash or a control character`,
    });
  }
  if (segments.includes('..') || segments.length === 0) {
    throw new RenderError({
      file: source,
      message: `The path renders to '${rendered}', which leaves the folder`,
    });
  }
  if (segments.some(isGitFolderName)) {
    throw new RenderError({
      file: source,
      message: `The path renders to '${rendered}', inside git's own folder`,
    });
  }
  return segments.join('/');
}

/** Whether a symbolic link at `path` with this target stays in the folder, judged by its text alone. */
export function linkStaysInside(path: string, target: string): boolean {
  if (target.startsWith('/') || /^[A-Za-z]:|\\/.test(target)) {
    return false;
  }
  let depth = path.split('/').length - 1;
  for (const segment of target.split('/')) {
    if (segment === '..') {
      depth -= 1;
    } else if (segment !== '' && segment !== '.') {
      depth += 1;
    }
    if (depth < 0) {
      return false;
    }
  }
  return true;
}
