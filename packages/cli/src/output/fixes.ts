import type { FileEdit, FixPlan } from '@goldenpath/engine';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Edits as one patch that `git apply` and `patch -p1` take. */
export function patchText(edits: FileEdit[]): string {
  return edits
    .map(({ path, before, after }) => {
      const isNew = before === null;
      const patch = createTwoFilesPatch(
        isNew ? '/dev/null' : `a/${path}`,
        `b/${path}`,
        before ?? '',
        after,
        undefined,
        undefined,
        { context: 3, headerOptions: FILE_HEADERS_ONLY },
      );
      const mode = isNew ? 'new file mode 100644\n' : '';
      return `diff --git a/${path} b/${path}\n${mode}${patch}`;
    })
    .join('');
}

/** What fixes changed and what they left alone, for a terminal. */
export function fixesText({
  applied,
  skipped,
}: Pick<FixPlan, 'applied' | 'skipped'>): string {
  return [
    ...applied.map(
      ({ fix, checks, files }) =>
        `fixed ${checks.join(', ')} with ${fix}: ${files.join(', ')}`,
    ),
    ...skipped.map(
      ({ fix, checks, reason }) =>
        `left ${checks.join(', ')} (${fix}): ${reason}`,
    ),
    ...(applied.length + skipped.length === 0
      ? ['No failed check has an automatic fix.']
      : []),
  ].join('\n');
}
