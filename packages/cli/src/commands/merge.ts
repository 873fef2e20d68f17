import {
  buildLayer,
  digestOf,
  type FileClass,
  fileClassSchema,
  parseDocument,
  type PlannedUpdate,
  planUpdate,
  type SourceFile,
  templateManifestSchema,
} from '@goldenpath/engine';
import { GitTreeMerger } from '@goldenpath/git';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { EXIT, type ExitCode } from '../exitCode';
import { readFolder } from '../folder/readFolder';
import { MAX_SOURCE_BYTES, sourceFiles } from '../folder/sourceFiles';
import { printAs } from '../output/print';
import { visibleName } from '../output/visible';
import { writeChanges } from '../update/writeChanges';

const classesSchema = z.record(z.string().min(1), fileClassSchema);

export interface MergeOptions {
  base: string;
  ours: string;
  theirs: string;
  out: string;
  classes?: string;
  format: string;
}

/** What a merge came to. */
export interface MergeResult {
  clean: boolean;
  files: { path: string; status: string }[];
  conflicts: { path: string; kind: string }[];
  notices: { kind: string; path?: string; message: string }[];
}

async function readClasses(
  file: string | undefined,
): Promise<Record<string, FileClass>> {
  if (file === undefined) {
    return {};
  }
  const text = await fs.readFile(file, 'utf8');
  return parseDocument({ text, file, schema: classesSchema });
}

async function readTree(name: string, dir: string): Promise<SourceFile[]> {
  try {
    return sourceFiles(
      await readFolder(dir, { maxFileBytes: MAX_SOURCE_BYTES }),
    );
  } catch (error) {
    throw new Error(`--${name}: ${(error as Error).message}`);
  }
}

/** What three folders come to, as an update from a version that rendered `base` to one that renders `theirs`. */
async function mergeFolders(options: {
  base: SourceFile[];
  ours: SourceFile[];
  theirs: SourceFile[];
  classes: Record<string, FileClass>;
  merger: GitTreeMerger;
}): Promise<PlannedUpdate> {
  const { base, ours, theirs, classes, merger } = options;
  const version = (name: string, number: string, rendered: SourceFile[]) => ({
    source: { type: 'file' as const, url: name, commit: null },
    manifest: templateManifestSchema.parse({
      schemaVersion: 1,
      version: number,
    }),
    inputDigest: digestOf(Buffer.from(name)),
    values: {},
    rendered,
  });
  const applied = { at: new Date(0).toISOString(), via: 'golden-path merge' };
  const layer = buildLayer({
    id: 'merge',
    entityRef: 'template:default/merge',
    ...version('base', '1.0.0', base),
    ownership: classes,
    applied,
  });
  return planUpdate({
    layer,
    base,
    ours,
    target: version('theirs', '2.0.0', theirs),
    waivers: [],
    ownership: classes,
    applied,
    merger,
  });
}

async function writeOut(
  out: string,
  ours: SourceFile[],
  { changes }: PlannedUpdate,
): Promise<void> {
  await fs.mkdir(out, { recursive: true });
  if ((await fs.readdir(out)).length > 0) {
    throw new Error(`--out: ${out} is not empty; nothing was written`);
  }
  const changed = new Set(changes.map(change => change.path));
  await writeChanges(
    out,
    [
      ...ours.filter(file => !changed.has(file.path)),
      ...changes.filter(({ content }) => content !== null),
    ],
    { known: [] },
  );
}

function resultText({ files, conflicts, notices }: MergeResult): string {
  return [
    ...files.map(file => `${file.status}: ${visibleName(file.path)}`),
    ...conflicts.map(
      ({ path: name, kind }) => `conflict (${kind}): ${visibleName(name)}`,
    ),
    ...notices.map(
      notice =>
        `note: ${
          notice.path ? `${visibleName(notice.path)}: ` : ''
        }${visibleName(notice.message)}`,
    ),
    conflicts.length === 0
      ? 'Merged cleanly.'
      : `${conflicts.length} conflict(s): the lines of "ours" stay there.`,
  ].join('\n');
}

/**
 * `golden-path merge`: the merge of an update alone, on three folders. Holds when nothing is in conflict; what is keeps
 * the lines of `ours`.
 */
export async function runMerge(options: MergeOptions): Promise<ExitCode> {
  const classes = await readClasses(options.classes);
  const [base, ours, theirs] = await Promise.all([
    readTree('base', options.base),
    readTree('ours', options.ours),
    readTree('theirs', options.theirs),
  ]);
  const merger = await GitTreeMerger.create();
  try {
    const planned = await mergeFolders({ base, ours, theirs, classes, merger });
    await writeOut(path.resolve(options.out), ours, planned);
    const { plan } = planned;
    const result: MergeResult = {
      clean: plan.clean,
      files: plan.files.map(({ path: name, status }) => ({
        path: name,
        status,
      })),
      conflicts: plan.conflicts,
      notices: plan.notices,
    };
    printAs(options.format, result, {
      json: value => JSON.stringify(value, null, 2),
      text: resultText,
    });
    return plan.clean ? EXIT.holds : EXIT.fallsShort;
  } finally {
    await merger.close();
  }
}
