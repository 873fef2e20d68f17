/** A line of code in a fenced block. */
export interface MarkdownCode {
  text: string;
  /** 1-based. */
  line: number;
  /** As the fence says, in lower case; `''` when it says none. */
  language: string;
}

/** A section of a Markdown text: a heading and what follows up to the next heading of its rank or above. */
export interface MarkdownSection {
  title: string;
  /** 1-based. */
  line: number;
  level: number;
  /** Lines of code in fenced blocks, those of sections below included. */
  code: MarkdownCode[];
}

const MAX_LINE_LENGTH = 1_000;

/** Reads headings (`#` to `######` and underlined) and fenced code blocks. What stands before the first heading has rank 0. */
export function markdownSections(text: string): MarkdownSection[] {
  const sections: MarkdownSection[] = [
    { title: '', line: 1, level: 0, code: [] },
  ];
  let open: MarkdownSection[] = [sections[0]];
  let fence: string | undefined;
  let language = '';
  const lines = text.split(/\r?\n/).map(line => line.slice(0, MAX_LINE_LENGTH));

  const begin = (title: string, line: number, level: number) => {
    const section = { title, line, level, code: [] };
    sections.push(section);
    open = [...open.filter(s => s.level < level), section];
  };

  lines.forEach((line, index) => {
    const marker = /^\s{0,12}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (marker?.startsWith(fence) && /^\s*[`~]+\s*$/.test(line)) {
        fence = undefined;
      } else if (line.trim() !== '') {
        for (const section of open) {
          section.code.push({ text: line.trim(), line: index + 1, language });
        }
      }
    } else if (marker) {
      fence = marker;
      language = /^[`~]+\s*\{?\.?([\w-]*)/.exec(line.trim())![1].toLowerCase();
    } else {
      const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
      const underline = /^ {0,3}(=+|-+)\s*$/.exec(lines[index + 1] ?? '');
      if (heading) {
        begin(heading[2], index + 1, heading[1].length);
      } else if (
        underline &&
        line.trim() !== '' &&
        !/^\s*([-*>|]|\d+\.)/.test(line)
      ) {
        begin(line.trim(), index + 1, underline[1].startsWith('=') ? 1 : 2);
      }
    }
  });
  return sections;
}

/** Texts of inline code, outside of fenced blocks. */
export function inlineCode(text: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  let fence: string | undefined;
  text.split(/\r?\n/).forEach((whole, index) => {
    const line = whole.slice(0, MAX_LINE_LENGTH);
    const marker = /^\s{0,12}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marker && (fence === undefined || marker.startsWith(fence))) {
      fence = fence === undefined ? marker : undefined;
    } else if (fence === undefined) {
      for (const [, code] of line.matchAll(/`([^`\n]+)`/g)) {
        found.push({ text: code.trim(), line: index + 1 });
      }
    }
  });
  return found;
}
