import { markdownSections } from './markdown';
import type { Repository } from './repositoryFile';
import type { Escalation } from './sourceData';

const TITLE = /\bon[\s-]?call\b|\bescalat(e|ion|ing)\b|\bpaging\b/i;
const FILES =
  /^(docs\/.+|README|RUNBOOK|OPERATIONS|ONCALL|ON-CALL|ESCALATION)\.(md|markdown)$/i;
const MAX_PAGES = 500;

/** Sections of the documentation on who is on call and who comes next, those below them included. */
export function escalationSections(repository: Repository): Escalation[] {
  return repository.paths
    .filter(path => FILES.test(path))
    .slice(0, MAX_PAGES)
    .flatMap((file): Escalation[] => {
      const read = repository.read(file);
      if (typeof read === 'string') {
        return [{ file, line: 1, unreadable: true }];
      }
      const lines = read.text.split(/\r?\n/);
      const sections = markdownSections(read.text);
      return sections.flatMap(({ title, line, level }, index) => {
        if (!TITLE.test(title)) {
          return [];
        }
        const next = sections
          .slice(index + 1)
          .find(section => section.level <= level);
        const body = lines.slice(line, next ? next.line - 1 : undefined);
        const hasContent = body.some(text =>
          /^[^#=\s-]|^\s*[-*]\s+\S/.test(text),
        );
        return [{ file, line, title, hasContent }];
      });
    });
}
