import type { SarifResult, SarifRun } from './sarifLog';

type ArtifactLocation = NonNullable<
  NonNullable<
    NonNullable<SarifResult['locations']>[number]['physicalLocation']
  >['artifactLocation']
>;

/** Bases may be given relative to each other; a longer chain is a circle. */
const MAX_BASES = 10;
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

function isAbsolute(uri: string): boolean {
  return SCHEME.test(uri) || uri.startsWith('/');
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Without scheme, backslashes, `.` and `..`, so that one file has one path. */
function normalised(uri: string): string {
  const plain = decoded(uri)
    .replace(/^file:\/{0,2}(?=\/|[a-z]:)/i, '')
    .replaceAll('\\', '/')
    .replace(/^\/(?=[a-z]:\/)/i, '');
  const parts: string[] = [];
  for (const part of plain.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part !== '.' && (part !== '' || parts.length === 0)) {
      parts.push(part);
    }
  }
  return parts.join('/');
}

/** Where the checkout lay on the scanning machine, whose name says nothing about the file. */
function rootsOf(run: SarifRun): string[] {
  return Object.values(run.originalUriBaseIds ?? {})
    .map(({ uri }) => uri ?? '')
    .filter(isAbsolute)
    .map(uri => normalised(uri).replace(/\/?$/, '/'))
    .sort((a, b) => b.length - a.length);
}

/** Puts relative bases before the uri; an absolute one is the root of the checkout and is left away. */
function joinBases(run: SarifRun, location: ArtifactLocation): string {
  let uri = location.uri ?? '';
  let baseId = location.uriBaseId ?? undefined;
  for (let count = 0; baseId !== undefined && count < MAX_BASES; count += 1) {
    const base: ArtifactLocation | undefined = run.originalUriBaseIds?.[baseId];
    if (isAbsolute(uri) || !base || isAbsolute(base.uri ?? '')) {
      break;
    }
    uri = `${(base.uri ?? '').replace(/(?<=[^/])$/, '/')}${uri}`;
    baseId = base.uriBaseId ?? undefined;
  }
  return uri;
}

/**
 * The path of the file a result is in, relative to the checkout where the log says where that was, with `/`.
 * `undefined` when the result is in no file.
 */
export function pathOf(run: SarifRun, result: SarifResult): string | undefined {
  const given = result.locations?.[0]?.physicalLocation?.artifactLocation;
  const location =
    given?.uri || given?.index === undefined || given.index === null
      ? given
      : run.artifacts?.[given.index]?.location;
  if (!location?.uri) {
    return undefined;
  }
  const path = normalised(joinBases(run, location));
  const root = rootsOf(run).find(one => path.startsWith(one));
  return (root === undefined ? path : path.slice(root.length)) || undefined;
}
