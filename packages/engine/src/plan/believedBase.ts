import type { Layer } from '../model';
import type { SourceFile } from '../render';
import { digestOnce, isSameContent } from './contents';
import type { BaseFile } from './FileUnit';
import { inPlainConvention } from './normalise';

/**
 * The stamped contents of a layer's files, each proven by the lock's digest. A content is found by its digest wherever
 * it stands: in the reproduced rendering (also at another path, or of another version), in the service, or in the new
 * version where that has it unchanged.
 *
 * Where the service or the new version has the stamped content, their entries are given the very same array, so that
 * nothing is compared or hashed twice.
 */
export function believedBase(options: {
  layer: Layer;
  base: readonly SourceFile[];
  ours: Map<string, SourceFile>;
  theirs: Map<string, SourceFile>;
}): Map<string, BaseFile> {
  const { layer, base, ours, theirs } = options;
  const atPath = new Map<string, SourceFile[]>();
  for (const file of base) {
    atPath.set(file.path, [...(atPath.get(file.path) ?? []), file]);
  }
  const anywhere = digestIndex(base);
  const believed = new Map<string, BaseFile>();
  for (const [path, entry] of Object.entries(layer.rendered.files)) {
    const isProven = (content: Uint8Array) =>
      digestOnce(content) === entry.sha256;
    const own = ours.get(path);
    const content =
      atPath.get(path)?.find(file => isProven(file.content))?.content ??
      (own && [own.content, inPlainConvention(own.content)].find(isProven)) ??
      [theirs.get(path)].find(file => file && isProven(file.content))
        ?.content ??
      anywhere().get(entry.sha256);
    if (content) {
      share(ours, path, content);
      share(theirs, path, content);
    }
    believed.set(path, { path, entry, ...(content && { content }) });
  }
  return believed;
}

function share(
  side: Map<string, SourceFile>,
  path: string,
  content: Uint8Array,
): void {
  const file = side.get(path);
  if (file && isSameContent(file.content, content)) {
    side.set(path, { ...file, content });
  }
}

/** Made only when it is asked for: hashing is what costs most. */
function digestIndex(
  files: readonly SourceFile[],
): () => Map<string, Uint8Array> {
  let index: Map<string, Uint8Array> | undefined;
  return () => {
    index ??= new Map(
      files.map(({ content }) => [digestOnce(content), content]),
    );
    return index;
  };
}
