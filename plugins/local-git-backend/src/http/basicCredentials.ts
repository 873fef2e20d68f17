const SCHEME = /^basic +([a-z0-9+/]+={0,2}) *$/i;

/**
 * The password of an HTTP Basic `Authorization` header (RFC 7617).
 *
 * @returns `undefined` when the header is missing or is something else
 */
export function readBasicPassword(
  header: string | undefined,
): string | undefined {
  const encoded = SCHEME.exec(header ?? '')?.[1];
  if (!encoded) {
    return undefined;
  }
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}
