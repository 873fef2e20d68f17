const MOST_PREFIXES = 20;

/**
 * One spelling for the address of a repository or of a folder in it: host and path in lower case, without scheme, user,
 * `.git` and slashes at the end. `undefined` when it is no address, or one without a path.
 * @internal
 */
export function repositoryAddress(text: string): string | undefined {
  const [, sshHost, sshPath] =
    /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(text) ?? [];
  const address = sshHost ? `ssh://${sshHost}/${sshPath}` : text;
  if (!/^(https?|ssh|git):\/\//i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  const { host, pathname } = new URL(address);
  const path = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  return path === '' ? undefined : `${host}${path}`.toLocaleLowerCase('en-US');
}

/** The repositories an address may lie in: each part of its path that ends before a slash, and itself. @internal */
export function addressPrefixes(address: string): string[] {
  const [host, ...path] = address.split('/');
  return path
    .slice(0, MOST_PREFIXES)
    .map((_, index) => [host, ...path.slice(0, index + 1)].join('/'));
}

/** The address of a repository a CDEvent names by URL, or by id beside the URL or host of its forge. @internal */
export function eventRepositoryAddress(repository: {
  value: string;
  source?: string;
}): string | undefined {
  const { value, source } = repository;
  const own = repositoryAddress(value);
  if (own !== undefined || source === undefined) {
    return own;
  }
  const forge = /^[\w-]+(\.[\w-]+)+(:\d+)?$/.test(source)
    ? `https://${source}`
    : source;
  return repositoryAddress(`${forge.replace(/\/+$/, '')}/${value}`);
}
