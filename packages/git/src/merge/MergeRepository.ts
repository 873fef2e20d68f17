import type { FileMode } from '@goldenpath/engine';
import { gitEnvironment, type GitSetting } from '../process/gitEnvironment';
import { type GitOutput, type GitRun, runGit } from '../process/runGit';
import {
  blobCommand,
  commitCommand,
  type TreeChange,
} from '../repository/fastImport';
import { listTree, type TreeFile } from '../repository/listTree';
import { readBlobs } from '../repository/readBlobs';
import { ScratchRepository } from '../repository/ScratchRepository';
import { type BySide, SIDES } from './checkTrees';

const SETTINGS: readonly GitSetting[] = [
  ['merge.conflictStyle', 'merge'],
  ['merge.directoryRenames', 'false'],
  ['merge.renameLimit', '1000'],
  ['diff.renameLimit', '1000'],
  // Thrown away after use: nothing has to survive a power cut
  ['core.fsync', 'none'],
  ['fastimport.unpackLimit', '1'],
];

const STAMP = {
  name: 'Golden Path',
  email: 'golden-path@localhost',
  date: new Date(0),
};

/** A file of a tree to merge, by the name of its blob. */
export type NamedFile = { mode: FileMode; blob: string };

/** A throw-away repository with what was merged in it so far. */
export class MergeRepository {
  readonly #known = new Set<string>();
  /** Bytes of the contents it was given. */
  bytes = 0;
  /** How often it was given trees. */
  merges = 0;

  private constructor(
    private readonly scratch: ScratchRepository,
    private readonly run: Pick<GitRun, 'timeoutMilliseconds' | 'signal'>,
  ) {}

  static async create(
    options: Pick<GitRun, 'timeoutMilliseconds' | 'signal'> & {
      temporaryDirectory?: string;
    },
  ): Promise<MergeRepository> {
    const { temporaryDirectory, ...run } = options;
    const scratch = await ScratchRepository.create({ temporaryDirectory });
    return new MergeRepository(scratch, run);
  }

  /**
   * Puts three trees in, as the branches `base`, `ours` and `theirs`; the latter two start from the first.
   *
   * @param contents - every blob the trees name, by its name
   */
  async importTrees(
    trees: BySide<ReadonlyMap<string, NamedFile>>,
    contents: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    const added = [...contents].filter(([name]) => !this.#known.has(name));
    await this.git({
      args: ['fast-import', '--quiet', '--force', '--date-format=raw'],
      input: importCommands(trees, added),
    });
    this.merges += 1;
    for (const [name, content] of added) {
      this.#known.add(name);
      this.bytes += content.byteLength;
    }
  }

  /** Sets the attributes of all paths until it is called again. */
  async setAttributes(attributes: string): Promise<void> {
    await this.scratch.setAttributes(attributes);
  }

  /** Runs a command in the repository. */
  async git(
    options: Pick<GitRun, 'args' | 'input' | 'allowedExitCodes'> & {
      settings?: readonly GitSetting[];
    },
  ): Promise<GitOutput> {
    const { settings, ...run } = options;
    return runGit({ ...this.#where(settings), ...run });
  }

  /** Every file of a tree. */
  async list(tree: string): Promise<TreeFile[]> {
    return listTree({ ...this.#where(), tree });
  }

  /** Contents of blobs by name. */
  async read(names: Iterable<string>): Promise<Map<string, Uint8Array>> {
    return readBlobs({ ...this.#where(), names });
  }

  /** Deletes it from the disk. */
  async remove(): Promise<void> {
    await this.scratch.remove();
  }

  #where(settings: readonly GitSetting[] = []) {
    return {
      ...this.run,
      gitDir: this.scratch.gitDir,
      environment: gitEnvironment({ settings: [...SETTINGS, ...settings] }),
    };
  }
}

function* importCommands(
  trees: BySide<ReadonlyMap<string, NamedFile>>,
  added: Iterable<[string, Uint8Array]>,
): Generator<string | Uint8Array> {
  for (const [, content] of added) {
    yield* blobCommand(content);
  }
  for (const [index, side] of SIDES.entries()) {
    const isBase = side === 'base';
    yield* commitCommand({
      ref: `refs/heads/${side}`,
      mark: index + 1,
      from: isBase ? undefined : ':1',
      stamp: STAMP,
      message: side,
      changes: changesBetween(isBase ? new Map() : trees.base, trees[side]),
    });
  }
}

/** Deletions first: a folder can be where a file was. */
function* changesBetween(
  from: ReadonlyMap<string, NamedFile>,
  to: ReadonlyMap<string, NamedFile>,
): Generator<TreeChange> {
  for (const path of from.keys()) {
    if (!to.has(path)) {
      yield { path, mode: null };
    }
  }
  for (const [path, file] of to) {
    const before = from.get(path);
    if (before?.blob !== file.blob || before.mode !== file.mode) {
      yield { path, ...file };
    }
  }
}
