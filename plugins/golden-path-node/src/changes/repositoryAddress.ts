import { InputError, NotFoundError } from '@backstage/errors';

/** Names of branches with more slashes than this are not looked for in an address. */
const MOST_PARTS = 6;

/** The segments of an address's path, decoded. Throws an `InputError` for what is not encoded rightly. @public */
export function segmentsOf(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new InputError(`'${path}' is not the path of an address`);
  }
}

/**
 * A folder of a repository from its segments, without a slash at either end. Throws an `InputError` for one that leaves
 * the repository.
 * @public
 */
export function folderOf(segments: string[]): string {
  const folder = segments.filter(Boolean).join('/');
  if (
    folder.includes('\0') ||
    folder.split('/').some(part => ['.', '..', '.git'].includes(part))
  ) {
    throw new InputError(
      `'${folder}' is not a folder of a repository; an address must not contain '.', '..' or '.git' as a folder`,
    );
  }
  return folder;
}

/**
 * The segments of a folder, from those of a folder or of a catalog file in it, for hosts whose addresses do not tell one
 * from the other.
 * @public
 */
export function withoutCatalogFile(segments: string[]): string[] {
  return /\.ya?ml$/.test(segments.at(-1) ?? '')
    ? segments.slice(0, -1)
    : segments;
}

/**
 * Tells the branch from the folder in what an address has after `tree`, since both may have slashes in them. Git allows
 * no branch whose name is the beginning of another's up to a slash, so the first one found is the one.
 *
 * @remarks
 * `findBranch` asks the host for a branch and gives its name, which may be a newer one, or `undefined`. An address that
 * names a tag or a commit throws a `NotFoundError`, since changes cannot be merged into those.
 * @public
 */
export async function splitBranch(
  segments: string[],
  findBranch: (name: string) => Promise<string | undefined>,
): Promise<{ branch: string; folder: string }> {
  folderOf(segments);
  const most = Math.min(segments.length, MOST_PARTS);
  for (let parts = 1; parts <= most; parts++) {
    const branch = await findBranch(segments.slice(0, parts).join('/'));
    if (branch) {
      return { branch, folder: folderOf(segments.slice(parts)) };
    }
  }
  throw new NotFoundError(
    `'${segments.join(
      '/',
    )}' begins with no branch of the repository; an address must name a branch that changes can be merged into, or none`,
  );
}
