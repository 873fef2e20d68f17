import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** The built page, ready to be sent. */
export interface Page {
  readonly html: Buffer;
  /** The same, compressed with Brotli. */
  readonly compressed: Buffer;
  /** Of the content: images are built with the same file times, which would make two releases look alike. */
  readonly etag: string;
  /** What a content security policy must allow for the page to run: its own script and style, by their content. */
  readonly scriptHashes: readonly string[];
  readonly styleHashes: readonly string[];
}

/**
 * Reads the page from the folder of the build.
 *
 * @throws when there is none: `npm run build` makes it
 */
export function readPage(folder: string): Page {
  const html = readFileSync(join(folder, 'index.html'));
  const text = html.toString();
  return {
    html,
    compressed: brotliCompressSync(html, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
    }),
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    scriptHashes: hashesOf(text, /<script[^>]*>(.*?)<\/script>/gs),
    styleHashes: hashesOf(text, /<style[^>]*>(.*?)<\/style>/gs),
  };
}

function hashesOf(text: string, element: RegExp): string[] {
  return Array.from(text.matchAll(element), ([, content = '']) => {
    const hash = createHash('sha256').update(content).digest('base64');
    return `'sha256-${hash}'`;
  });
}
