import type { CheckResult } from '../model';
import { describeTexts } from './describeTexts';
import type { FileEdit } from './Fix';
import { FIXES } from './fixes';

/** What fixes would change, and what they leave to people. @public */
export interface FixPlan {
  /** One entry per file, from the text it has to the text it gets. */
  edits: FileEdit[];
  applied: { fix: string; checks: string[]; files: string[] }[];
  skipped: { fix: string; checks: string[]; reason: string }[];
}

/**
 * Applies the fixes of all failed checks, one after another.
 *
 * @remarks
 * Files that a template manages are not touched: an edit there would be drift, and the next update undoes it. They are
 * fixed in the template.
 *
 * @param options.files - text by path, of all text files of the repository
 * @param options.checks - of the scorecards of the repository
 *
 * @public
 */
export function planFixes(options: {
  files: ReadonlyMap<string, string>;
  checks: readonly CheckResult[];
}): FixPlan {
  const { files } = options;
  const lock = describeTexts(files).lock;
  const managed = new Set((lock?.managed ?? []).map(file => file.path));
  const current = new Map(files);
  const plan: FixPlan = { edits: [], applied: [], skipped: [] };
  for (const fix of FIXES.values()) {
    const failed = options.checks.filter(
      check => check.verdict === 'fail' && check.remediation?.fix === fix.name,
    );
    if (failed.length > 0) {
      const checks = [...new Set(failed.map(check => check.id))];
      const edits = fix.apply(
        current,
        failed.flatMap(check => check.evidence),
      );
      const own = edits.filter(edit => !managed.has(edit.path));
      const others = edits.filter(edit => managed.has(edit.path));
      for (const { path, after } of own) {
        current.set(path, after);
      }
      const entry = { fix: fix.name, checks };
      if (own.length > 0) {
        plan.applied.push({ ...entry, files: own.map(edit => edit.path) });
      }
      if (others.length > 0) {
        const names = others.map(edit => edit.path).join(', ');
        const reason = `the template manages ${names}: fix it there, or set its class under ownership in golden-path.yaml`;
        plan.skipped.push({ ...entry, reason });
      } else if (own.length === 0) {
        const reason = 'there is nothing it can change without knowing more';
        plan.skipped.push({ ...entry, reason });
      }
    }
  }
  for (const [path, after] of current) {
    const before = files.get(path) ?? null;
    if (before !== after) {
      plan.edits.push({ path, before, after });
    }
  }
  return plan;
}
