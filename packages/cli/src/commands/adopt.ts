import {
  adoptionLayer,
  digestOf,
  formatLock,
  type KeptFile,
  LOCK_FILE,
  mergeLayer,
  parseLock,
  planAdoption,
  type Scorecard,
  type SourceFile,
} from '@goldenpath/engine';
import { EXIT, type ExitCode } from '../exitCode';
import { readEntity } from '../folder/entity';
import { type Folder, readFolder, textOf } from '../folder/readFolder';
import { scoreFiles } from '../folder/scoreFolder';
import { writeNewFiles } from '../folder/writeNewFiles';
import { adoptText } from '../output/adoptText';
import { print } from '../output/print';
import { renderFolder } from '../template/renderFolder';
import { templateValues } from '../template/templateValues';

/** Name of the layer of an adopted template in the lock. */
const LAYER = 'adopted';

export interface AdoptOptions {
  template: string;
  value: string[];
  values?: string;
  path: string[];
  dryRun?: boolean;
  format: string;
}

type Standing = Pick<Scorecard, 'level' | 'score'>;

/** What an adoption comes to. */
export interface AdoptionResult {
  template: { ref: string; version: string };
  /** Whether the files were written. */
  written: boolean;
  /** Why not, where that is not what was asked for. */
  reason?: string;
  added: string[];
  kept: KeptFile[];
  scores: {
    path: { name: string; title?: string; version: string };
    before: Standing;
    after: Standing;
    fell: boolean;
  }[];
}

const ROUNDING = 1e-9;

function fell(before: Scorecard, after: Scorecard): boolean {
  const rank = ({ level, levels }: Scorecard) =>
    level === null ? -1 : levels.indexOf(level);
  return (
    rank(after) < rank(before) ||
    (after.score.raw ?? 0) < (before.score.raw ?? 0) - ROUNDING
  );
}

const standing = ({ level, score }: Scorecard): Standing => ({ level, score });

/** The folder as it would be with more files, or other contents of them. */
function withFiles(folder: Folder, files: readonly SourceFile[]): Folder {
  const paths = new Set(files.map(({ path }) => path));
  return {
    ...folder,
    files: [
      ...folder.files.filter(({ path }) => !paths.has(path)),
      ...files.map(file => ({
        ...file,
        size: file.content.length,
        sha256: digestOf(file.content),
      })),
    ],
  };
}

async function compareScores(options: {
  dir: string;
  paths: string[];
  before: Folder;
  after: Folder;
  now: Date;
}): Promise<AdoptionResult['scores']> {
  const { dir, paths, before, after, now } = options;
  const how = {
    dir,
    paths,
    facts: undefined,
    waivers: 'file' as const,
    level: undefined,
    now,
    // Without a catalog file nothing says what the folder is: what it will be decides
    standIn: readEntity(after),
  };
  const old = await scoreFiles(before, how);
  const cards = await scoreFiles(after, how);
  // Both were scored as the same entity, so on the same paths in the same order
  return cards.map((card, index) => {
    const { name, title, version } = card.path;
    return {
      path: { name, title, version },
      before: standing(old[index]),
      after: standing(card),
      fell: fell(old[index], card),
    };
  });
}

/**
 * `golden-path adopt`: adds to a repository what a template has and it lacks, and records that in the lock. Holds when
 * no score falls; otherwise nothing is written.
 */
export async function runAdopt(
  dir: string,
  options: AdoptOptions,
): Promise<ExitCode> {
  const now = new Date();
  const values = await templateValues({
    file: options.values,
    pairs: options.value,
  });
  const template = await renderFolder(options.template, values);
  const folder = await readFolder(dir);
  const { ref, manifest, rendered, inputDigest, source } = template;
  const plan = planAdoption({ existing: folder.files, rendered, now });
  const lockText = textOf(folder, LOCK_FILE);
  const lock =
    lockText === undefined
      ? undefined
      : parseLock({ text: lockText, file: LOCK_FILE });
  const layer = adoptionLayer({
    id: LAYER,
    entityRef: ref,
    source,
    manifest,
    inputDigest,
    values,
    plan,
    existing: folder.files,
    applied: { at: now.toISOString(), via: 'golden-path adopt' },
    previous: lock?.layers.find(({ id }) => id === LAYER),
  });
  // With nothing to add there is nothing to record
  const files: SourceFile[] =
    plan.added.length === 0
      ? []
      : [
          ...plan.added,
          {
            path: LOCK_FILE,
            mode: '100644',
            content: Buffer.from(formatLock(mergeLayer(lock, layer))),
          },
        ];
  const scores = await compareScores({
    dir,
    paths: options.path,
    before: folder,
    after: withFiles(folder, files),
    now,
  });
  const falls = scores.some(score => score.fell);
  const isWanted = !options.dryRun && files.length > 0;
  if (isWanted && !falls) {
    await writeNewFiles(dir, files, {
      replaced: lock ? LOCK_FILE : undefined,
    });
  }
  const result: AdoptionResult = {
    template: { ref, version: manifest.version },
    written: isWanted && !falls,
    ...(isWanted && falls && { reason: 'A score would fall' }),
    added: files.map(({ path }) => path),
    kept: plan.kept,
    scores,
  };
  print(options.format, result, adoptText);
  return falls ? EXIT.fallsShort : EXIT.holds;
}
