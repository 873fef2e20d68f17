import type {
  ContentMerge,
  ContentMergeResult,
  MergedTrees,
  SourceFile,
  TreeMerger,
} from '@goldenpath/engine';
import { findGitProblem } from '../findGitProblem';
import { GitError } from '../process/GitError';
import { checkTrees } from './checkTrees';
import { mergeContents } from './mergeContents';
import { DEFAULT_MERGE_LIMITS, type MergeLimits } from './MergeLimits';
import { MergeRepository } from './MergeRepository';
import { mergeTrees } from './mergeTrees';

const DEFAULT_MERGES_PER_REPOSITORY = 100;
const MAX_BYTES_OF_REPOSITORY = 200_000_000;

/** @public */
export type GitTreeMergerOptions = {
  /** Where repositories are made and thrown away; the machine's folder for such if absent. */
  temporaryDirectory?: string;
  /** {@link DEFAULT_MERGE_LIMITS} if absent. */
  limits?: Partial<MergeLimits>;
  /** Of each git command, and of each answer of one that stays; a minute if absent. */
  timeoutMilliseconds?: number;
  /** After how many merges the repository is thrown away for a new one, 100 if absent; after 200 MB it is in any case. */
  mergesPerRepository?: number;
  /** Stops what is under way. */
  signal?: AbortSignal;
};

/**
 * Merges with `git merge-tree`, in a bare repository that holds nothing else and is thrown away. There is never a work
 * tree; hooks, filters, attributes and the configuration of the machine have no part in it.
 *
 * Merges asked for at the same time are made one after the other, by git processes that stay until the repository goes.
 *
 * @public
 */
export class GitTreeMerger implements TreeMerger {
  #repository: MergeRepository | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #options: GitTreeMergerOptions;
  readonly #limits: MergeLimits;

  private constructor(options: GitTreeMergerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_MERGE_LIMITS, ...options.limits };
  }

  /** @throws GitError when git is missing or too old */
  static async create(
    options: GitTreeMergerOptions = {},
  ): Promise<GitTreeMerger> {
    const problem = await findGitProblem();
    if (problem) {
      throw new GitError(problem);
    }
    return new GitTreeMerger(options);
  }

  /** {@inheritDoc @goldenpath/engine#TreeMerger.mergeTrees} */
  async mergeTrees(trees: {
    base: readonly SourceFile[];
    ours: readonly SourceFile[];
    theirs: readonly SourceFile[];
  }): Promise<MergedTrees> {
    const checked = checkTrees(trees, this.#limits);
    return this.#inTurn(() => mergeTrees(() => this.#open(), checked));
  }

  /** {@inheritDoc @goldenpath/engine#TreeMerger.mergeContents} */
  async mergeContents(
    merges: readonly ContentMerge[],
  ): Promise<ContentMergeResult[]> {
    return this.#inTurn(() =>
      mergeContents(() => this.#open(), merges, this.#limits),
    );
  }

  /** Waits for what is under way and leaves nothing on the disk. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#drop();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      throw new GitError('Not merged: the merger was closed');
    }
    const result = this.#last.then(work);
    // What a merge that failed left behind is not built upon
    this.#last = result.catch(() => this.#drop()).catch(() => undefined);
    return result;
  }

  async #open(): Promise<MergeRepository> {
    const most =
      this.#options.mergesPerRepository ?? DEFAULT_MERGES_PER_REPOSITORY;
    const { merges = 0, bytes = 0 } = this.#repository ?? {};
    if (merges >= most || bytes >= MAX_BYTES_OF_REPOSITORY) {
      await this.#drop();
    }
    this.#repository ??= await MergeRepository.create(this.#options);
    return this.#repository;
  }

  async #drop(): Promise<void> {
    const repository = this.#repository;
    this.#repository = undefined;
    await repository?.remove();
  }
}
