import { repositoryAddress } from './repositoryIds';

/** The forges' ways to name a branch: `tree/main/`, `-/tree/main/`, `src/branch/main/`, `src/main/`. */
const BRANCH_PREFIX =
  /^(?:(?:-\/)?(?:tree|blob|edit|raw)|src(?:\/(?:branch|commit|tag))?)\/[^/]+(?:\/|$)/;

/**
 * The folder of a repository that an entity's files are in, in lower case and without slashes at its ends; empty for
 * the repository as a whole. `undefined` when the address is not in the repository, or does not say the folder.
 *
 * @param repository - as {@link repositoryAddress} gives it.
 * @internal
 */
export function folderInRepository(
  sourceUrl: string,
  repository: string,
): string | undefined {
  const address = repositoryAddress(sourceUrl);
  if (address === undefined) {
    return undefined;
  }
  if (address === repository) {
    return decode(new URL(sourceUrl).searchParams.get('path') ?? '');
  }
  if (!address.startsWith(`${repository}/`)) {
    return undefined;
  }
  return decode(
    address.slice(repository.length + 1).replace(BRANCH_PREFIX, ''),
  );
}

/**
 * Which of some folders hold a changed file. A file belongs to the innermost folder around it only: a change of
 * `services/pay/a.ts` is none of the entity of the repository as a whole.
 * @internal
 */
export function touchedFolders(
  folders: readonly string[],
  paths: readonly string[],
): Set<string> {
  const touched = new Set<string>();
  for (const path of paths) {
    const file = path.replace(/^\.?\/+/, '').toLocaleLowerCase('en-US');
    const around = folders.filter(
      folder => folder === '' || file.startsWith(`${folder}/`),
    );
    const innermost = around.reduce<string | undefined>(
      (best, folder) =>
        best === undefined || folder.length > best.length ? folder : best,
      undefined,
    );
    if (innermost !== undefined) {
      touched.add(innermost);
    }
  }
  return touched;
}

function decode(folder: string): string {
  const bare = folder.replace(/^\/+|\/+$/g, '');
  try {
    return decodeURIComponent(bare).toLocaleLowerCase('en-US');
  } catch {
    return bare;
  }
}
