import {
  type CompiledPath,
  type GoldenPath,
  mutationCoverage,
  type MutationResult,
  type Scorecard,
  type SourceFile,
  LOCK_FILE,
  type TemplateProofResult,
  tryMutation,
} from '@goldenpath/engine';
import { type RenderedRow, stampLock } from './renderRow';
import type { ReadTemplate } from './readTemplate';
import { scoreRow } from './scoreRow';

type Mutations = NonNullable<TemplateProofResult['predicate']['mutations']>;

/** Plants every fault in the rows at hand and scores each, in memory. */
export function proveMutations(options: {
  template: ReadTemplate & {
    mutations: NonNullable<ReadTemplate['mutations']>;
  };
  goldenPath: GoldenPath;
  path: CompiledPath;
  rows: ReadonlyMap<string, { rendered: RenderedRow; card: Scorecard }>;
  /** Row of a fault that names none. */
  defaultRow: string;
  now: Date;
}): Mutations {
  const { template, goldenPath, path, rows, now } = options;
  const { checks, uncovered } = mutationCoverage(
    goldenPath,
    template.mutations,
  );
  const byId = new Map(goldenPath.spec.checks.map(check => [check.id, check]));
  const results: MutationResult[] = [];
  for (const mutation of template.mutations.mutations) {
    const row = mutation.row ?? options.defaultRow;
    const target = rows.get(row);
    if (!target) {
      continue;
    }
    const { rendered, card } = target;
    const score = (files: SourceFile[], { stamp }: { stamp: boolean }) => {
      const scored = stamp ? restamped(template, rendered, files) : files;
      return scoreRow({ template, path, files: scored, now });
    };
    results.push(
      tryMutation({
        mutation,
        check: byId.get(mutation.check),
        target: { row, files: rendered.files, card },
        score,
      }),
    );
  }
  const killed = results.filter(result => result.killed).length;
  return {
    checks: checks.length,
    killed,
    survived: results.length - killed,
    uncovered,
    without: template.mutations.without,
    rows: results,
  };
}

/** The files with a lock that says the template made them so. */
function restamped(
  template: ReadTemplate,
  { row, own }: RenderedRow,
  files: SourceFile[],
): SourceFile[] {
  const rest = files.filter(({ path }) => path !== LOCK_FILE);
  const rendered = rest.filter(({ path }) => own.has(path));
  return [...rest, stampLock(template, row, rendered)];
}
