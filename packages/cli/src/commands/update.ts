import {
  describeUpdate,
  type FileChange,
  formatLock,
  LOCK_FILE,
  mergeLayer,
  parseDocument,
  type UpdateDecisions,
  updateDecisionsSchema,
  type UpdatePlan,
} from '@goldenpath/engine';
import { createBranchCommit, GitTreeMerger, headOf } from '@goldenpath/git';
import { readFile } from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exitCode';
import { readFolder } from '../folder/readFolder';
import { MAX_SOURCE_BYTES } from '../folder/sourceFiles';
import { planText } from '../output/planText';
import { printAs } from '../output/print';
import { type OpenTemplate, openTemplate } from '../update/openTemplate';
import { planFolder, type PlannedLayer } from '../update/planFolder';
import { writeChanges } from '../update/writeChanges';

const AUTHOR = { name: 'Golden Path', email: 'golden-path@localhost' };

export interface UpdateOptions {
  template: string;
  to?: string;
  dryRun?: boolean;
  branch?: string;
  decisions?: string;
  format: string;
}

/** What an update did, or would do. */
export interface UpdateResult {
  /** `written`: into the folder; `committed`: on a branch. */
  outcome: 'planned' | 'nothing-to-do' | 'written' | 'committed';
  branch?: string;
  commit?: string;
  plan: UpdatePlan;
}

async function readDecisions(
  file: string | undefined,
): Promise<UpdateDecisions | undefined> {
  if (file === undefined) {
    return undefined;
  }
  const text = await readFile(file, 'utf8');
  return parseDocument({ text, file, schema: updateDecisionsSchema });
}

async function targetOf(template: OpenTemplate, to: string | undefined) {
  if (to === undefined || template.newest.manifest.version === to) {
    return template.newest;
  }
  const found = await template.version(to);
  if (!found) {
    throw new Error(
      `--to: the template's repository has no version ${to}; the folder is at ${template.newest.manifest.version}`,
    );
  }
  return found;
}

function allChanges(planned: PlannedLayer): FileChange[] {
  const lock = formatLock(mergeLayer(planned.lock, planned.layer));
  return [
    ...planned.changes,
    { path: LOCK_FILE, mode: '100644', content: Buffer.from(lock) },
  ];
}

async function carryOut(
  dir: string,
  planned: PlannedLayer,
  options: UpdateOptions & {
    now: Date;
    changelog: string | undefined;
    /** Paths of the files that were read. */
    known: string[];
  },
): Promise<UpdateResult> {
  const { plan } = planned;
  if (plan.empty) {
    return { outcome: 'nothing-to-do', plan };
  }
  if (options.dryRun) {
    return { outcome: 'planned', plan };
  }
  const changes = allChanges(planned);
  if (options.branch === undefined) {
    await writeChanges(dir, changes, { known: options.known });
    return { outcome: 'written', plan };
  }
  const { branch, changelog, now } = options;
  const { commitMessage } = describeUpdate({ plan, changelog });
  const prefix = (await headOf(dir))?.prefix ?? '';
  const { commit } = await createBranchCommit({
    directory: dir,
    branch,
    changes: changes.map(change => ({ ...change, path: prefix + change.path })),
    message: commitMessage,
    author: AUTHOR,
    date: now,
  });
  return { outcome: 'committed', branch, commit, plan };
}

/** Nothing of the service may get lost: what is not committed could not be had back. */
async function refuseUncommitted(dir: string): Promise<void> {
  const head = await headOf(dir);
  if (!head) {
    throw new Error(
      `${dir} is not under version control, so an update could not be taken back. Run "git init" and commit first`,
    );
  }
  if (head.dirty) {
    throw new Error(
      `${dir} has changes that are not committed. Commit or stash them first, or look with --dry-run`,
    );
  }
}

function resultText({ outcome, plan, branch }: UpdateResult): string {
  const ends = {
    planned: 'Nothing was written.',
    'nothing-to-do': 'Everything is as the template has it.',
    written: 'Written into the folder; look with "git diff" and commit.',
    committed: `Committed on the branch ${branch}; the work tree is as it was.`,
  };
  const conflicts = plan.conflicts.length;
  return [
    planText(plan),
    ...(conflicts > 0
      ? [
          `${conflicts} file(s) in conflict keep the service's lines, and stay in conflict until somebody takes the template's changes by hand or says with --decisions what is to happen.`,
        ]
      : []),
    ends[outcome],
  ].join('\n');
}

/**
 * `golden-path update`: brings a folder to a version of its template. Holds when everything could be taken, falls short
 * with conflicts, whose lines stay as they are; could not tell when it refuses, and then nothing was written.
 */
export async function runUpdate(
  dir: string,
  options: UpdateOptions,
): Promise<ExitCode> {
  const now = new Date();
  if (!options.dryRun) {
    await refuseUncommitted(dir);
  }
  const decisions = await readDecisions(options.decisions);
  const merger = await GitTreeMerger.create();
  const template = await openTemplate(options.template);
  try {
    const target = await targetOf(template, options.to);
    const folder = await readFolder(dir, { maxFileBytes: MAX_SOURCE_BYTES });
    const planned = await planFolder({
      dir,
      folder,
      template,
      target,
      decisions,
      applied: { at: now.toISOString(), via: 'golden-path update' },
      merger,
    });
    const { changelog } = target;
    const known = folder.files.map(file => file.path);
    const result = await carryOut(dir, planned, {
      ...options,
      ...{ now, changelog, known },
    });
    printAs(options.format, result, {
      json: value => JSON.stringify(value, null, 2),
      text: resultText,
      markdown: ({ plan }) => describeUpdate({ plan, changelog }).body,
    });
    return result.plan.clean ? EXIT.holds : EXIT.fallsShort;
  } finally {
    await template.close();
    await merger.close();
  }
}
