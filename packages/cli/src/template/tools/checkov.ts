import type { ToolFinding } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { withScratch } from '../toolPlace';
import { builtOverlays, kustomized } from './kubernetes';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  printedVersion,
  runIn,
  type TemplateTool,
  type Workspace,
} from './templateTool';

const FRAMEWORKS = ['github_actions', 'dockerfile', 'kubernetes', 'gitlab_ci'];
const BUILT = 'built.yaml';

const partSchema = z.object({
  results: z.object({
    failed_checks: z.array(
      z.object({
        check_id: z.string(),
        check_name: z.string(),
        repo_file_path: z.string(),
        file_line_range: z.array(z.number()).nullish(),
        resource: z.string().nullish(),
      }),
    ),
    parsing_errors: z.array(z.string()).optional(),
  }),
});

/** Without anything to judge checkov prints sums alone. */
const reportSchema = z.union([
  z.array(partSchema),
  partSchema.transform(part => [part]),
  z.object({ passed: z.number(), failed: z.literal(0) }).transform(() => []),
]);

/** Of several folders checkov prints a document after each, the last of which holds everything. */
function readReport(output: string) {
  const last = output
    .split(/^(?=[{[]$)/m)
    .filter(text => text.trim() !== '')
    .pop();
  try {
    return reportSchema.parse(JSON.parse(last ?? ''));
  } catch {
    throw new Error(`checkov printed no report: ${output.slice(-500)}`);
  }
}

/** Which repository a file belongs to, and its path there; some policies name the root twice. */
function placeOf(file: string): [index: number, file: string] {
  const found = /(?:^|\/)(\d+)\/(?:\1\/)?(.*)$/.exec(file);
  return [
    Number(found?.[1] ?? 0),
    (found?.[2] ?? file).replace(BUILT, 'kustomization.yaml'),
  ];
}

type Asked = { workspace: Workspace; files: readonly string[] };

/** What checkov judges of a repository: its files, and in place of Kustomizations what they build. */
async function lay({ workspace, files }: Asked, folder: string): Promise<void> {
  const built = new Set(kustomized(workspace.texts));
  const texts = new Map<string, string>();
  for (const file of files.filter(one => !built.has(one))) {
    texts.set(file, workspace.texts.get(file) ?? '');
  }
  for (const [at, text] of await builtOverlays(workspace)) {
    texts.set(`${at}/${BUILT}`, text);
  }
  for (const [name, text] of texts) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text);
  }
}

async function runAll(all: readonly Asked[]): Promise<ToolFinding[][]> {
  return withScratch(async folder => {
    await Promise.all(
      all.map((one, index) => lay(one, path.join(folder, String(index)))),
    );
    // Each repository has a folder as its root: checkov looks for workflows in a root alone
    const roots = all.flatMap((_, index) => ['--directory', `./${index}`]);
    const { place } = all[0].workspace;
    const { code, stdout, output } = await runIn({ place, folder }, 'checkov', [
      ...[...roots, '--framework', ...FRAMEWORKS],
      ...['--output', 'json', '--quiet', '--compact', '--soft-fail'],
      ...['--skip-download', '--skip-results-upload'],
    ]);
    if (code !== 0) {
      throw new Error(`checkov: ${output.slice(-500)}`);
    }
    const findings: ToolFinding[][] = all.map(() => []);
    for (const { results } of readReport(stdout)) {
      for (const check of results.failed_checks) {
        const [index, file] = placeOf(check.repo_file_path);
        findings[index]?.push({
          file,
          // A line of what was built is none of the repository's
          ...(!check.repo_file_path.endsWith(BUILT) &&
            check.file_line_range?.[0] && { line: check.file_line_range[0] }),
          rule: check.check_id,
          message: [check.check_name, check.resource]
            .filter(Boolean)
            .join(': '),
        });
      }
      for (const broken of results.parsing_errors ?? []) {
        const [index, file] = placeOf(broken);
        const message = 'checkov cannot read the file';
        findings[index]?.push({ file, rule: 'parsing-error', message });
      }
    }
    return findings;
  });
}

/** Policies on workflows, images, cluster objects and GitLab pipelines. */
export const checkov: TemplateTool = {
  name: 'checkov',
  how: INSTALLED_BY_SCRIPT,
  reads: texts => [
    ...matching(
      texts,
      /^\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)Dockerfile[^/]*$|^deploy\/.*\.ya?ml$|^\.gitlab-ci\.yml$/,
    ),
    ...kustomized(texts),
  ],
  version: place => printedVersion(place, 'checkov', ['--version']),
  run: async (workspace, files) => (await runAll([{ workspace, files }]))[0],
  runAll,
};
