/** A place in a repository of the local git host. */
export interface RepositoryPlaceAddress {
  name: string;
  ref: string;
  path: string;
}

/**
 * Reads a `tree` or `blob` address of this backend's git host.
 *
 * @param backendUrl - `backend.baseUrl` of the app configuration
 * @returns `undefined` for any other address
 */
export function repositoryPlaceOf(
  address: string,
  backendUrl: string,
): RepositoryPlaceAddress | undefined {
  const host = `${backendUrl.replace(/\/+$/, '')}/api/local-git/repositories/`;
  if (!address.startsWith(host)) {
    return undefined;
  }
  const match = /^([^/?#]+)\/(?:tree|blob)\/([^/?#]+)(?:\/([^?#]*))?$/.exec(
    address.slice(host.length).replace(/#.*$/, ''),
  );
  if (!match) {
    return undefined;
  }
  try {
    const [name, ref, path] = match
      .slice(1)
      .map(part => decodeURIComponent(part ?? ''));
    return { name, ref, path };
  } catch {
    return undefined;
  }
}
