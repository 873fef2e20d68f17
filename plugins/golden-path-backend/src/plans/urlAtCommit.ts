/**
 * The address of a folder at a commit, from its address on a branch or tag, as the URL reader takes both. `undefined`
 * for an address that names no branch in a way that is known.
 *
 * @remarks
 * A branch with a slash in its name is one segment here (`%2F`), as it is for the URL reader.
 * @internal
 */
export function urlAtCommit(
  address: string,
  commit: string,
): string | undefined {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  if (!['https:', 'http:'].includes(url.protocol)) {
    return undefined;
  }
  const segments = url.pathname.split('/');
  if (segments.includes('_git')) {
    return withQuery(url, 'version', `GC${commit}`);
  }
  if (
    /^\/(projects|users)\/[^/]+\/repos\/[^/]+\/browse(\/|$)/.test(url.pathname)
  ) {
    return withQuery(url, 'at', commit);
  }
  // After the owner and the name of the repository, which may be called anything, or what GitLab puts after its groups
  const from = Math.max(3, segments.indexOf('-', 3));
  const at = segments.findIndex(
    (segment, index) =>
      index >= from && ['tree', 'blob', 'src'].includes(segment),
  );
  if (at < 0 || !segments[at + 1]) {
    return undefined;
  }
  const isTyped =
    segments[at] === 'src' &&
    ['branch', 'tag', 'commit'].includes(segments[at + 1]) &&
    segments[at + 2];
  const after = isTyped
    ? ['commit', commit, ...segments.slice(at + 3)]
    : [commit, ...segments.slice(at + 2)];
  url.pathname = [...segments.slice(0, at + 1), ...after].join('/');
  return url.href;
}

function withQuery(url: URL, name: string, value: string): string {
  url.searchParams.set(name, value);
  return url.href;
}
