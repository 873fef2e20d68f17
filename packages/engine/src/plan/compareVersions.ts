import { compare, minVersion, parse, type SemVer, valid } from 'semver';

/** Orders semantic versions, numbers by number; `undefined` when one of them is none. */
export function compareSemver(a: string, b: string): number | undefined {
  return valid(a) && valid(b) ? compare(a, b) : undefined;
}

type Version = { version: SemVer; suffix: string };

/**
 * Which of two versions of one thing is the higher: ranges of packages by the least they allow, tags of images by their
 * numbers where what follows these is the same, references to actions by their tag or by the version beside their hash.
 * `undefined` when that cannot be told or both are the same version.
 */
export function higherVersion(
  key: string,
  a: string,
  b: string,
): 'a' | 'b' | undefined {
  const left = readVersion(key, a);
  const right = readVersion(key, b);
  if (!left || !right || left.suffix !== right.suffix) {
    return undefined;
  }
  const order = compare(left.version, right.version);
  if (order === 0) {
    return undefined;
  }
  return order > 0 ? 'a' : 'b';
}

function readVersion(key: string, text: string): Version | undefined {
  if (key.startsWith('uses ')) {
    const commented = /^[0-9a-f]{7,64}['"]?[ \t]+#[ \t]*(\S+)$/.exec(text);
    return readTag(commented ? commented[1] : text);
  }
  if (key.startsWith('FROM ') || key.startsWith('image ')) {
    return readTag(text.replace(/@sha256:[0-9a-f]+$/, ''));
  }
  if (key.startsWith('packageManager ')) {
    const version = parse(text.replace(/\+.*$/, ''));
    return version ? { version, suffix: '' } : undefined;
  }
  return readRange(text);
}

function readTag(tag: string): Version | undefined {
  const match = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(.*)$/.exec(tag);
  if (!match || /^[0-9a-f]{40}/.test(tag) || /^[\d.]/.test(match[4])) {
    return undefined;
  }
  const [, major, minor = '0', patch = '0', suffix] = match;
  const version = parse(`${major}.${minor}.${patch}`);
  return version ? { version, suffix } : undefined;
}

function readRange(text: string): Version | undefined {
  if (!/^[\s\d.^~<>=*xX|&+\-a-zA-Z]+$/.test(text) || !/\d/.test(text)) {
    return undefined;
  }
  try {
    const version = minVersion(text);
    return version ? { version, suffix: '' } : undefined;
  } catch {
    return undefined;
  }
}
