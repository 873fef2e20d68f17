/** Text in a span of code, safe in a table too. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text in a fence that nothing in it can close. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/**
 * Text from elsewhere that mentions nobody, refers to no issue (which a merge might close) and holds no HTML. Spans and
 * fences of code stay as they are: hosts read nothing into them.
 */
export function neutralised(text: string): string {
  return text
    .split(
      /(^ {0,3}```[^`\n]*\n[\s\S]*?^ {0,3}```[ \t]*$|(?<![\\`])`[^`\n]+`(?!`))/m,
    )
    .map((part, index) => (index % 2 === 1 ? part : withoutEffects(part)))
    .join('');
}

/** The same for one cell of a table. */
export function tableCell(text: string): string {
  return neutralised(text.replace(/\s+/g, ' ')).replace(/\|/g, '\\|');
}

function withoutEffects(text: string): string {
  return text
    .replace(/</g, '&lt;')
    .replace(/@(?=[A-Za-z0-9])/g, '@\u200b')
    .replace(/([#!])(?=\d)/g, '$1\u200b')
    .replace(/\bGH-(?=\d)/gi, 'GH-\u200b');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
}
