import {
  ChangeRequestRecord,
  ChangeRequestStore,
  ChangeRequestUpdate,
} from '../database/ChangeRequestStore';
import { isAncestor } from '../git/commitGraph';
import { Branches, listBranches } from '../git/listBranches';
import { moveRef } from '../git/moveRef';
import { RepositoryFolder, repositoryFolder } from '../git/repositoryFolder';

/**
 * Keeps open change requests true to their branches: what a push merged is merged, and what has no source branch any
 * more is closed. It looks at the repository and not at announcements, so nothing is missed for long.
 */
export class ChangeRequestWatcher {
  readonly #directory: string;
  readonly #store: ChangeRequestStore;
  /** How many pushes to a repository are under way. */
  readonly #pushes = new Map<string, number>();

  constructor(options: { directory: string; store: ChangeRequestStore }) {
    this.#directory = options.directory;
    this.#store = options.store;
  }

  /**
   * Says that a push is under way, after which whoever takes it looks at the requests in the name of its user.
   *
   * @returns what to call when that is done
   */
  begin(name: string): () => void {
    this.#pushes.set(name, (this.#pushes.get(name) ?? 0) + 1);
    return () => {
      const left = (this.#pushes.get(name) ?? 1) - 1;
      if (left > 0) {
        this.#pushes.set(name, left);
      } else {
        this.#pushes.delete(name);
      }
    };
  }

  /** Looks, unless a push is under way whose user would not be known then. */
  async lookBetweenPushes(name: string): Promise<void> {
    if (!this.#pushes.has(name)) {
      await this.look({ name });
    }
  }

  /**
   * Looks at every open request of a repository that exists.
   *
   * @param options.pushedBy - whose push was just taken, who is then said to have merged what it merged
   */
  async look(options: { name: string; pushedBy?: string }): Promise<void> {
    const { name, pushedBy } = options;
    const open = await this.#store.list({ repository: name, state: 'open' });
    if (open.length === 0) {
      return;
    }
    const folder = repositoryFolder({ directory: this.#directory, name });
    const branches = await listBranches(folder);
    for (const record of open) {
      const update = await seen({ folder, branches, record, pushedBy });
      if (update && (await this.#store.update(record, update))) {
        await keepHead(folder, { ...record, ...update });
      }
    }
  }
}

/**
 * Makes a ref of the newest commit of a request, so that it can be looked at when its branch is gone. Such refs cannot be
 * pushed to.
 */
export async function keepHead(
  folder: RepositoryFolder,
  record: ChangeRequestRecord,
): Promise<void> {
  const ref = `refs/requests/${record.number}/head`;
  await moveRef({ ...folder, ref, to: record.headCommit });
}

/** What has to be set; `undefined` when nothing happened since the last look. */
async function seen(options: {
  folder: RepositoryFolder;
  branches: Branches;
  record: ChangeRequestRecord;
  pushedBy: string | undefined;
}): Promise<ChangeRequestUpdate | undefined> {
  const { folder, branches, record, pushedBy } = options;
  const source = branches.get(record.sourceBranch);
  const target = branches.get(record.targetBranch);
  if (source === record.headCommit && target === record.targetCommit) {
    return undefined;
  }
  const head = source ?? record.headCommit;
  const now = new Date();
  if (target && (await cameIn({ folder, record, head, target }))) {
    return {
      state: 'merged',
      headCommit: head,
      mergedAt: now,
      mergedBy: pushedBy ?? null,
    };
  }
  if (!source || !target) {
    return { state: 'closed', closedAt: now };
  }
  return { headCommit: head, targetCommit: target };
}

/** Whether the target branch has the head now and did not have it before; a branch without a change is not merged. */
async function cameIn(options: {
  folder: RepositoryFolder;
  record: ChangeRequestRecord;
  head: string;
  target: string;
}): Promise<boolean> {
  const { folder, record, head, target } = options;
  return (
    target !== record.targetCommit &&
    (await isAncestor({ ...folder, a: head, b: target })) &&
    !(await isAncestor({ ...folder, a: head, b: record.targetCommit }))
  );
}
