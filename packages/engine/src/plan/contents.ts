import { digestOf } from '../render/digest';
import type { SourceFile } from '../render/sourceFile';
import { decodeText } from '../render/textContent';

// Contents are never written to once they are made, so what is known of one holds as long as it lives.
const digests = new WeakMap<Uint8Array, string>();
const texts = new WeakMap<Uint8Array, { text: string | undefined }>();
const encoder = new TextEncoder();

/** {@link digestOf}, computed once for each content. */
export function digestOnce(content: Uint8Array): string {
  const known = digests.get(content);
  if (known !== undefined) {
    return known;
  }
  const digest = digestOf(content);
  digests.set(content, digest);
  return digest;
}

/** The text of a content, decoded once; `undefined` for a binary one. */
export function textOnce(content: Uint8Array): string | undefined {
  const known = texts.get(content);
  if (known) {
    return known.text;
  }
  const text = decodeText(content);
  texts.set(content, { text });
  return text;
}

/** Bytes of a text. */
export function encodeText(text: string): Uint8Array {
  const content = encoder.encode(text);
  texts.set(content, { text });
  return content;
}

/** Whether two contents are the same bytes. */
export function isSameContent(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) {
    return true;
  }
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < a.length; i += 1) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}

/** Files by their path; the last of several with one path counts. */
export function byPath(files: Iterable<SourceFile>): Map<string, SourceFile> {
  const map = new Map<string, SourceFile>();
  for (const file of files) {
    map.set(file.path, file);
  }
  return map;
}
