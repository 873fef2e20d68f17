import { Branches, listBranches } from '../git/listBranches';
import { RepositoryFolder } from '../git/repositoryFolder';

/** A branch that a push created, moved or deleted. */
export interface BranchChange {
  branch: string;
  /** Commit it was at; `null` when it is new. */
  before: string | null;
  /** Commit it is at; `null` when it is gone. */
  after: string | null;
}

interface Watch {
  /** Pushes under way. */
  pushes: number;
  /** The branches as last looked at; each look waits for the one before. */
  known: Promise<Branches>;
}

/**
 * Finds out what pushes did without hooks, by looking at the branches before and after.
 *
 * Pushes to one repository that overlap share what is known, so that within this process a change is reported by
 * exactly one of them. A change that another process makes meanwhile is reported by both.
 */
export class PushObserver {
  readonly #watches = new Map<string, Watch>();
  readonly #list: (folder: RepositoryFolder) => Promise<Branches>;

  /** @param list - how branches are read, for tests */
  constructor(list: typeof listBranches = listBranches) {
    this.#list = list;
  }

  /**
   * To be called before a push.
   *
   * @returns what to call after it, which gives the changes
   */
  async begin(
    folder: RepositoryFolder,
  ): Promise<() => Promise<BranchChange[]>> {
    const watch = this.#watch(folder);
    watch.pushes += 1;
    try {
      await watch.known;
    } catch (error) {
      this.#leave(folder, watch);
      throw error;
    }
    return () => this.#end(folder, watch);
  }

  async #end(folder: RepositoryFolder, watch: Watch): Promise<BranchChange[]> {
    const before = watch.known;
    const look = before.then(async known => {
      const branches = await this.#list(folder);
      return { branches, changes: changesBetween(known, branches) };
    });
    // A failed look leaves what was known, so that the next one reports the change
    watch.known = look.then(
      ({ branches }) => branches,
      () => before,
    );
    try {
      return (await look).changes;
    } finally {
      this.#leave(folder, watch);
    }
  }

  #watch(folder: RepositoryFolder): Watch {
    const watch = this.#watches.get(folder.gitDir) ?? {
      pushes: 0,
      known: this.#list(folder),
    };
    this.#watches.set(folder.gitDir, watch);
    return watch;
  }

  #leave(folder: RepositoryFolder, watch: Watch): void {
    watch.pushes -= 1;
    if (watch.pushes === 0) {
      this.#watches.delete(folder.gitDir);
    }
  }
}

function changesBetween(before: Branches, after: Branches): BranchChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map(branch => ({
      branch,
      before: before.get(branch) ?? null,
      after: after.get(branch) ?? null,
    }))
    .filter(change => change.before !== change.after);
}
