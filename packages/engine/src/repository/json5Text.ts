const ESCAPED_LINE = /\\\r?\n/g;

/** A string of JSON5 in the double quotes that JSON and YAML know. */
function requoted(written: string): string {
  const inner = written
    .slice(1, -1)
    .replace(ESCAPED_LINE, '')
    .replace(/\\'/g, "'");
  return written.startsWith("'")
    ? `"${inner.replace(/(^|[^\\])"/g, '$1\\"')}"`
    : `"${inner}"`;
}

/**
 * JSON5 written so that a YAML parser takes it: comments and tabs blanked out, strings in double quotes, a space after
 * each colon. Lines stay.
 */
export function json5AsYaml(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(
      /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[:\t]/g,
      part => {
        if (part === ':') {
          return ': ';
        }
        return /^["']/.test(part)
          ? requoted(part)
          : part.replace(/[^\n]/g, ' ');
      },
    );
}
