const BACKQUOTED = /`[^\r\n`](?:\\[\s\S]|[^`\\])*`/y;

/**
 * Where a `$(…)`, or its older form in backquotes, that begins at an index ends: after its own parenthesis, not one in a
 * quoted part of it. A backquote at the end of a line is PowerShell's way to go on.
 *
 * @returns `undefined` when it is never closed
 */
export function substitutionEnd(
  script: string,
  start: number,
): number | undefined {
  if (script[start] === '`') {
    BACKQUOTED.lastIndex = start;
    return BACKQUOTED.test(script) ? BACKQUOTED.lastIndex : undefined;
  }
  const open: string[] = ['('];
  for (let at = start + 2; at < script.length; at += 1) {
    const char = script[at];
    const isQuoted = open[open.length - 1] === '"';
    if (char === '\\') {
      at += 1;
    } else if (char === '"') {
      if (isQuoted) {
        open.pop();
      } else {
        open.push('"');
      }
    } else if (isQuoted) {
      if (char === '$' && script[at + 1] === '(') {
        open.push('(');
        at += 1;
      }
    } else if (char === "'") {
      at = script.indexOf("'", at + 1);
      if (at < 0) {
        return undefined;
      }
    } else if (char === '(') {
      open.push('(');
    } else if (char === ')') {
      open.pop();
      if (open.length === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}
