import { InputError, NotFoundError } from '@backstage/errors';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { parseRevision } from '../git/revision';
import { parseTreePath } from '../git/treePath';

/** What the address of a file or folder says. */
export interface FileAddress {
  /** Name of the repository. */
  name: string;
  /** Branch, tag or commit; a slash in it is written `%2F` in the address. */
  ref: string;
  /** Path of the file or folder; empty for the root. */
  path: string;
  /** Address of the root on the same ref, ending in a slash. */
  rootUrl: string;
}

/**
 * Reads `<prefix><name>/(tree|blob)/<ref>/<path>`. `tree` and `blob` mean the same: an address made by resolving one
 * against the other stays readable.
 *
 * @throws NotFoundError when the address is of another form or the name impossible, InputError for a bad ref or path
 */
export function parseFileAddress(options: {
  url: string;
  /** Where the addresses of all repositories begin, ending in a slash. */
  prefix: URL;
}): FileAddress {
  const { prefix } = options;
  const { pathname } = new URL(options.url);
  const [name, view, ref, ...path] = pathname
    .slice(prefix.pathname.length)
    .split('/');
  if (
    !repositoryNameSchema.safeParse(name).success ||
    !['tree', 'blob'].includes(view) ||
    !ref
  ) {
    throw new NotFoundError(
      `'${options.url}' is not the address of a file; those look like ${prefix}<name>/tree/<ref>/<path>`,
    );
  }
  return {
    name,
    ref: parseRevision(decode(ref)),
    path: parseTreePath(path.map(decode).join('/')),
    rootUrl: `${prefix}${name}/${view}/${ref}/`,
  };
}

/** The address of a path below a root. */
export function fileUrl(options: { rootUrl: string; path: string }): string {
  const segments = options.path.split('/').map(encodeURIComponent);
  return `${options.rootUrl}${segments.join('/')}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw new InputError(`'${segment}' is not well percent-encoded`, error);
  }
}
