/** An artifact id taken apart: a package URL (purl), an image reference or anything with `/` in it. @internal */
export interface ArtifactId {
  /** Without version, tag, qualifiers and subpath; percent-decoded. */
  base: string;
  version?: string;
  qualifiers: Record<string, string>;
}

/**
 * Takes an artifact id apart. In `pkg:oci/pay@sha256:ab?repository_url=ghcr.io/acme` the base is `pkg:oci/pay`, in
 * `ghcr.io/acme/pay:1.2` it is `ghcr.io/acme/pay`.
 * @internal
 */
export function parseArtifactId(id: string): ArtifactId {
  const [whole, query = ''] = id.split('#')[0].split('?', 2);
  const afterFolder = whole.lastIndexOf('/') + 1;
  const name = whole.slice(afterFolder);
  const isPurl = /^pkg:/i.test(id);
  const [, bare, version] = (isPurl
    ? /^([^@]*)(?:@(.*))?$/
    : /^([^@:]*)(?:[@:](.*))?$/
  ).exec(name) ?? [undefined, name, undefined];
  const base = decode(whole.slice(0, afterFolder) + bare).replace(/\/+$/, '');
  return {
    base: isPurl ? lowerCaseType(base) : base,
    version: version === undefined ? undefined : decode(version),
    qualifiers: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Every base an id may be found by: its own, and each that ends before one of its slashes. @internal */
export function artifactPrefixes(base: string): string[] {
  const parts = base.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Whether an id has the version and qualifiers that were asked for. @internal */
export function fitsArtifact(
  wanted: Pick<ArtifactId, 'version' | 'qualifiers'>,
  id: ArtifactId,
): boolean {
  return (
    (wanted.version === undefined || wanted.version === id.version) &&
    Object.entries(wanted.qualifiers).every(
      ([key, value]) => id.qualifiers[key] === value,
    )
  );
}

function lowerCaseType(base: string): string {
  return base.replace(/^[^/]*/, start => start.toLocaleLowerCase('en-US'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
