import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { SkeletonPart } from './skeletonParts';
import type { FileMode, SourceFile } from './sourceFile';

/** What Node.js has of its own is many times as fast; it is asked for at run time, so that browsers load nothing. */
const native: typeof import('node:crypto') | undefined =
  globalThis.process?.getBuiltinModule?.('crypto');

/**
 * SHA-256 of the bytes, as `sha256:` and 64 hex digits. Works in browsers too, where it is plain JavaScript.
 *
 * @public
 */
export function digestOf(content: Uint8Array): string {
  const hex = native
    ? native.createHash('sha256').update(content).digest('hex')
    : bytesToHex(sha256(content));
  return `sha256:${hex}`;
}

/**
 * Digest of each file's content, by path: what {@link compareLayer} takes for the service and for the template.
 *
 * @public
 */
export function digestsByPath(
  files: Iterable<SourceFile>,
): Map<string, string> {
  const digests = new Map<string, string>();
  for (const file of files) {
    digests.set(file.path, digestOf(file.content));
  }
  return digests;
}

/**
 * One digest over many files: SHA-256 over `<path> NUL <mode> NUL <sha256> LF` for each, paths in code unit order.
 * Independent of the order given; any change of a path, a mode or a byte changes it.
 *
 * @public
 */
export function merkleDigest(
  files: Iterable<{ path: string; mode: FileMode; sha256: string }>,
): string {
  const lines = [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .map(file => `${file.path}\0${file.mode}\0${file.sha256}\n`);
  return digestOf(utf8ToBytes(lines.join('')));
}

/**
 * {@link merkleDigest} of rendered files: `rendered.digest` of a layer.
 *
 * @public
 */
export function renderedDigest(files: Iterable<SourceFile>): string {
  return merkleDigest(withDigests(files));
}

/**
 * {@link merkleDigest} of what a render starts from: `template.inputDigest` of a layer. The manifest enters under its
 * own name, the skeleton's files under `skeleton/`, wherever the template keeps them, and a variant's under its folder.
 *
 * @public
 */
export function skeletonInputDigest(options: {
  manifest: Uint8Array;
  parts: Iterable<SkeletonPart>;
}): string {
  return merkleDigest([
    {
      path: 'manifest',
      mode: '100644',
      sha256: digestOf(options.manifest),
    },
    ...[...options.parts].flatMap(({ folder, when, files }) =>
      withDigests(files).map(file => ({
        ...file,
        path: `${when ? `variants/${folder}` : 'skeleton'}/${file.path}`,
      })),
    ),
  ]);
}

/** Orders text by code units, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function withDigests(files: Iterable<SourceFile>) {
  return [...files].map(({ path, mode, content }) => ({
    path,
    mode,
    sha256: digestOf(content),
  }));
}
