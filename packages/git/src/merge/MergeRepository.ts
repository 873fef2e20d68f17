import type { TreeMove } from '@goldenpath/engine';
import { randomUUID } from 'node:crypto';
import { gitEnvironment, type GitSetting } from '../process/gitEnvironment';
import { GitError } from '../process/GitError';
import { GitSession, type GitSessionOptions } from '../process/GitSession';
import { runGit } from '../process/runGit';
import { blobsOf } from '../repository/readBlobs';
import { ScratchRepository } from '../repository/ScratchRepository';
import type { BySide } from './checkTrees';
import { USUAL_MARKER_SIZE } from './conflictMarkers';
import { FILLER, makeFiller } from './filler';
import {
  importCommands,
  type NamedFile,
  parseImported,
} from './importCommands';
import {
  type MergeTreeOutput,
  parseMergeSession,
  parseMergeTree,
} from './parseMergeTree';
import { parseChanges, parseMoves, type PathChange } from './treeChanges';

const SETTINGS: readonly GitSetting[] = [
  ['merge.conflictStyle', 'merge'],
  ['merge.directoryRenames', 'false'],
  ['merge.renameLimit', '1000'],
  ['diff.renameLimit', '1000'],
  // Thrown away after use: nothing has to survive a power cut, or to be small
  ['core.fsync', 'none'],
  ['core.compression', '0'],
  ['fastimport.unpackLimit', '1'],
];

/** Exit code of a git that does not know an option. */
const USAGE = 129;

const COMMANDS = {
  import: [
    ...['fast-import', '--quiet', '--force', '--date-format=raw'],
    '--depth=0',
  ],
  merge: ['merge-tree', '--write-tree', '--stdin', '-z', '--messages'],
  changes: ['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames'],
  moves: [
    ...['diff-tree', '--stdin', '-r', '-z', '-M', '-l1000'],
    ...['--no-rename-empty', '--diff-filter=R', '--name-status'],
  ],
  read: ['cat-file', '--batch-command', '--buffer'],
} as const;

/** A throw-away repository with what was merged in it so far, and the git processes that work in it. */
export class MergeRepository {
  readonly #known = new Set<string>();
  readonly #sessions = new Map<keyof typeof COMMANDS, GitSession>();
  /** Ends answers; no content can hold it. */
  readonly #token = `end-${randomUUID()}`;
  #endOfMerge: string | undefined;
  #canStay = true;
  /** Bytes of the contents it was given. */
  bytes = 0;
  /** How often it was given trees. */
  merges = 0;

  private constructor(
    private readonly scratch: ScratchRepository,
    private readonly run: Pick<
      GitSessionOptions,
      'timeoutMilliseconds' | 'signal'
    >,
  ) {}

  static async create(
    options: Pick<GitSessionOptions, 'timeoutMilliseconds' | 'signal'> & {
      temporaryDirectory?: string;
    },
  ): Promise<MergeRepository> {
    const { temporaryDirectory, timeoutMilliseconds, signal } = options;
    const scratch = await ScratchRepository.create({ temporaryDirectory });
    await scratch.setAttributes(markerSize(USUAL_MARKER_SIZE));
    return new MergeRepository(scratch, { timeoutMilliseconds, signal });
  }

  /**
   * Puts three trees in, for the next merge.
   *
   * @param contents - every blob the trees name, by its name
   * @returns names of the trees
   */
  async importTrees(
    trees: BySide<ReadonlyMap<string, NamedFile>>,
    contents: ReadonlyMap<string, Uint8Array>,
  ): Promise<BySide<string>> {
    const added = new Map(
      [...contents].filter(([name]) => !this.#known.has(name)),
    );
    const names = await this.#import({ trees, contents: added });
    this.merges += 1;
    for (const [name, content] of added) {
      this.#known.add(name);
      this.bytes += content.byteLength;
    }
    return names;
  }

  /** Merges the trees that were put in last. */
  async merge(): Promise<MergeTreeOutput> {
    const end = this.#canStay ? await this.#startMerging() : undefined;
    if (end === undefined) {
      return this.mergeOnItsOwn();
    }
    const merges = `ours theirs\n${FILLER}ours ${FILLER}theirs\n`;
    const answer = await this.#session('merge').ask([merges], `\0${end}`);
    return parseMergeSession(answer.subarray(0, -end.length));
  }

  /** As {@link MergeRepository.merge}, by a process of its own: attributes are read once by each. */
  async mergeOnItsOwn(size = USUAL_MARKER_SIZE): Promise<MergeTreeOutput> {
    await this.scratch.setAttributes(markerSize(size));
    const { stdout } = await runGit({
      ...this.#where(),
      args: ['merge-tree', '--write-tree', '-z', 'ours', 'theirs'],
      allowedExitCodes: [0, 1],
    });
    await this.scratch.setAttributes(markerSize(USUAL_MARKER_SIZE));
    return parseMergeTree(stdout);
  }

  /** What has to be done to one tree to get another. */
  async changes(from: string, to: string): Promise<PathChange[]> {
    return parseChanges(await this.#compare('changes', from, to));
  }

  /** Files that one tree has at another path than the other, as git finds them. */
  async moves(from: string, to: string): Promise<TreeMove[]> {
    return parseMoves(await this.#compare('moves', from, to));
  }

  /**
   * Contents of blobs.
   *
   * @param names - of the blobs, or `<tree>:<path>`
   */
  async read(names: readonly string[]): Promise<Map<string, Uint8Array>> {
    const wanted = [...new Set(names)];
    if (wanted.length === 0) {
      return new Map();
    }
    const commands = [...wanted, this.#token].map(name => `contents ${name}\n`);
    const answer = await this.#session('read').ask(
      [`${commands.join('')}flush\n`],
      `${this.#token} missing\n`,
    );
    return blobsOf(answer, wanted);
  }

  /** Ends its processes and deletes it from the disk. */
  async remove(): Promise<void> {
    await Promise.all(
      [...this.#sessions.values()].map(session => session.end()),
    );
    await this.scratch.remove();
  }

  async #import(
    options: Omit<Parameters<typeof importCommands>[0], 'end'>,
  ): Promise<BySide<string>> {
    const end = `progress ${this.#token}`;
    const commands = importCommands({ ...options, end });
    return parseImported(
      await this.#session('import').ask(commands, `${end}\n`),
    );
  }

  /** How the outcome of the filler begins, which ends the one before; nothing where git cannot make several merges. */
  async #startMerging(): Promise<string | undefined> {
    if (this.#endOfMerge === undefined) {
      const filler = makeFiller();
      const { ours } = await this.#import({ prefix: FILLER, ...filler });
      const end = `0\0${ours}\0`;
      try {
        const merge = `${FILLER}ours ${FILLER}theirs\n`;
        await this.#session('merge').ask([merge], end);
        this.#endOfMerge = end;
      } catch (error) {
        if (!(error instanceof GitError) || error.exitCode !== USAGE) {
          throw error;
        }
        this.#canStay = false;
      }
    }
    return this.#endOfMerge;
  }

  async #compare(
    command: 'changes' | 'moves',
    from: string,
    to: string,
  ): Promise<Buffer> {
    // What is no name of a tree is written back
    const end = `${this.#token}\n`;
    const answer = await this.#session(command).ask(
      [`${from} ${to}\n${end}`],
      end,
    );
    return answer.subarray(`${from} ${to}\n`.length, -end.length);
  }

  #session(command: keyof typeof COMMANDS): GitSession {
    const session =
      this.#sessions.get(command) ??
      new GitSession({ ...this.#where(), args: COMMANDS[command] });
    this.#sessions.set(command, session);
    return session;
  }

  #where() {
    return {
      ...this.run,
      gitDir: this.scratch.gitDir,
      environment: gitEnvironment({ settings: SETTINGS }),
    };
  }
}

function markerSize(size: number): string {
  return `conflict-marker-size=${size}`;
}
