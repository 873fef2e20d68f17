const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;

/**
 * A text in which no line is one of GitLab's quick actions, such as `/merge`, which GitLab would carry out with the rights
 * of the token. Code blocks are left as they are, since GitLab looks for none in them.
 * @internal
 */
export function withoutQuickActions(markdown: string): string {
  let inCode = false;
  return markdown
    .split('\n')
    .map(line => {
      inCode = FENCE.test(line) ? !inCode : inCode;
      return !inCode && line.startsWith('/') ? `\\${line}` : line;
    })
    .join('\n');
}
