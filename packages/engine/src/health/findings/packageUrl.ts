function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A package URL without qualifiers and subpath, in one spelling: the package, and with its version where it has one.
 * A text that is no package URL is its own package.
 */
export function splitPackageUrl(purl: string): {
  name: string;
  versioned: string;
} {
  const [bare] = purl.split(/[?#]/, 1);
  const at = bare.lastIndexOf('@');
  const hasVersion = at > bare.lastIndexOf('/');
  const name = decoded(hasVersion ? bare.slice(0, at) : bare).replace(
    /^pkg:\/*([^/]+)/i,
    (_, type: string) => `pkg:${type.toLowerCase()}`,
  );
  return {
    name,
    versioned: hasVersion ? `${name}@${decoded(bare.slice(at + 1))}` : name,
  };
}
