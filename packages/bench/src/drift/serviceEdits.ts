import { kindOf, pathOf } from './templateVersions';

/** One line that the service wrote, and where it must still stand after an update. */
export interface Edit {
  /** Path in the service before and after the update. */
  before: string;
  after: string;
  line: string;
  /** The nearest line above it that must still be above it: the head of its job. */
  under?: string;
}

const EVERY = 7;

/** What the service wrote into the files of its template: a line of its own in every seventh. */
export function edits(files: number): Edit[] {
  const result: Edit[] = [];
  for (let index = 0; index < files; index += EVERY) {
    const line = `written by the service into ${index}`;
    result.push({
      before: pathOf(index, 1),
      after: kindOf(index) === 'deleted' ? pathOf(index, 1) : pathOf(index, 2),
      line: kindOf(index) === 'blocks' ? `    - deploy ${index}` : line,
      ...(kindOf(index) === 'blocks' && { under: 'job-4:' }),
    });
  }
  return result;
}

/** The service: what its template rendered, its edits, and files of its own. */
export function edited(
  files: Map<string, string>,
  written: Edit[],
): Map<string, string> {
  const result = new Map(files);
  for (const { before, line, under } of written) {
    const text = (result.get(before) ?? '').split('\n');
    const at = under ? text.indexOf(under) + 4 : 25;
    text.splice(at, 0, line);
    result.set(before, text.join('\n'));
  }
  for (let own = 0; own < 10; own++) {
    result.set(`own/business-${own}.txt`, `the service's own ${own}\n`);
  }
  return result;
}

/** How many of the service's lines are gone, or stand somewhere else than they did. */
export function judgeEdits(
  written: Edit[],
  read: (path: string) => string | undefined,
): { lost: number; misplaced: number } {
  let lost = 0;
  let misplaced = 0;
  for (const edit of written) {
    const text = read(edit.after)?.split('\n');
    const at = text?.indexOf(edit.line) ?? -1;
    if (!text || at < 0) {
      lost += 1;
    } else if (
      edit.under &&
      text.slice(0, at).findLast(line => line.startsWith('job-')) !== edit.under
    ) {
      misplaced += 1;
    }
  }
  return { lost, misplaced };
}
