const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a file, its byte order mark kept, or `undefined` for a binary one: not valid UTF-8, a NUL byte, or PDF.
 */
export function decodeText(content: Uint8Array): string | undefined {
  if (content.includes(0)) {
    return undefined;
  }
  let text: string;
  try {
    text = decoder.decode(content);
  } catch {
    return undefined;
  }
  return text.startsWith('%PDF-') ? undefined : text;
}
