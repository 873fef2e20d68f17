import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  ChangeRequest,
  ChangeRequestDetails,
  ChangeRequestsResponse,
  ChangeRequestStatus,
  putChangeRequestSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { z } from 'zod';
import { PLUGIN_BRANCHES, requestPage } from '../addresses';
import {
  ChangeRequestRecord,
  ChangeRequestStore,
} from '../database/ChangeRequestStore';
import { RepositoryRecord } from '../database/RepositoryStore';
import { isAncestor } from '../git/commitGraph';
import { listBranches } from '../git/listBranches';
import { repositoryFolder } from '../git/repositoryFolder';
import { parseRevision } from '../git/revision';
import { Caller, canPush } from './Caller';
import { ChangeRequestWatcher, keepHead } from './ChangeRequestWatcher';
import { compareBranches } from './compareBranches';
import { Repositories } from './Repositories';

const MAX_LISTED = 100;

/** Names one change request. */
export interface RequestKey {
  name: string;
  number: number;
}

/** What the change requests of all repositories need. */
export interface ChangeRequestsOptions {
  directory: string;
  /** Address of the app, no trailing slash. */
  appUrl: string;
  repositories: Repositories;
  store: ChangeRequestStore;
  watcher: ChangeRequestWatcher;
}

/** Change requests: asking for a branch to be merged, and what is known of it. */
export class ChangeRequests {
  readonly #options: ChangeRequestsOptions;

  constructor(options: ChangeRequestsOptions) {
    this.#options = options;
  }

  /**
   * Opens the request of a branch, or brings the open one up to date. Plugins may do so for the branches that they push.
   *
   * @returns `created` is false when there was an open one
   * @throws NotFoundError without repository or branch, NotAllowedError for who may not push the branch, ConflictError
   * when the branch has no change
   */
  async put(options: {
    name: string;
    request: z.output<typeof putChangeRequestSchema>;
    caller: Caller;
    now: Date;
  }): Promise<{ request: ChangeRequest; created: boolean }> {
    const { name, request, caller, now } = options;
    const { store } = this.#options;
    const repository = await this.#options.repositories.find(name);
    const createdBy = proposer({ repository, caller, ...request });
    const commits = await this.#commitsOf({ name, ...request });
    await this.#options.watcher.look({ name });
    const { sourceBranch } = request;
    const open = await store.findOpen({ repository: name, sourceBranch });
    if (open) {
      const update = { ...request, ...commits };
      if (!(await store.update(open, update))) {
        throw new ConflictError(
          `Change request #${open.number} was merged or closed just now; try again`,
        );
      }
      const record = { ...open, ...update };
      await keepHead(this.#folder(name), record);
      return {
        request: this.#present({ record, repository, caller }),
        created: false,
      };
    }
    await this.#requireChange({ name, request, commits });
    const record = await store.insert({
      ...request,
      ...commits,
      repository: name,
      state: 'open',
      createdBy,
      createdAt: now,
      mergedBy: null,
      mergedAt: null,
      mergeCommit: null,
      closedAt: null,
    });
    await keepHead(this.#folder(name), record);
    return {
      request: this.#present({ record, repository, caller }),
      created: true,
    };
  }

  /** The newest 100 of a repository, after a look at what became of their branches. */
  async list(options: {
    name: string;
    state?: ChangeRequestStatus;
    branch?: string;
    caller: Caller;
  }): Promise<ChangeRequestsResponse> {
    const { name, state, branch, caller } = options;
    const repository = await this.#options.repositories.find(name);
    await this.#options.watcher.lookBetweenPushes(name);
    const records = await this.#options.store.list({
      repository: name,
      state,
      sourceBranch: branch,
      limit: MAX_LISTED,
    });
    return {
      items: records.map(record =>
        this.#present({ record, repository, caller }),
      ),
      counts: await this.#options.store.count(name),
    };
  }

  /** One request with its commits, files and patches. */
  async details(
    key: RequestKey & { caller: Caller },
  ): Promise<ChangeRequestDetails> {
    const { name, caller } = key;
    const { record, repository } = await this.find(key);
    const comparison = await compareBranches({
      ...this.#folder(name),
      head: record.headCommit,
      target: record.targetCommit,
      open: record.state === 'open',
    });
    return {
      request: this.#present({ record, repository, caller }),
      ...comparison,
    };
  }

  /** One request without its changes. */
  async get(key: RequestKey & { caller: Caller }): Promise<ChangeRequest> {
    return this.#present({ ...(await this.find(key)), caller: key.caller });
  }

  /**
   * A request and its repository, after a look at what became of its branches.
   *
   * @throws NotFoundError when there is none of that number
   */
  async find(
    key: RequestKey,
  ): Promise<{ record: ChangeRequestRecord; repository: RepositoryRecord }> {
    const { name, number } = key;
    const repository = await this.#options.repositories.find(name);
    await this.#options.watcher.lookBetweenPushes(name);
    const record = await this.#options.store.find({ repository: name, number });
    if (!record) {
      throw new NotFoundError(`'${name}' has no change request #${number}`);
    }
    return { record, repository };
  }

  #folder(name: string) {
    return repositoryFolder({ directory: this.#options.directory, name });
  }

  async #commitsOf(options: {
    name: string;
    sourceBranch: string;
    targetBranch: string;
  }): Promise<{ headCommit: string; targetCommit: string }> {
    const { name, sourceBranch, targetBranch } = options;
    if (sourceBranch === targetBranch) {
      throw new InputError(
        `The branch '${sourceBranch}' cannot be merged into itself; name another targetBranch`,
      );
    }
    const branches = await listBranches(this.#folder(name));
    const commitOf = (branch: string) => {
      const commit = branches.get(parseRevision(branch));
      if (!commit) {
        throw new NotFoundError(
          `There is no branch '${branch}' in '${name}'; push it first`,
        );
      }
      return commit;
    };
    return {
      headCommit: commitOf(sourceBranch),
      targetCommit: commitOf(targetBranch),
    };
  }

  async #requireChange(options: {
    name: string;
    request: { sourceBranch: string; targetBranch: string };
    commits: { headCommit: string; targetCommit: string };
  }): Promise<void> {
    const { name, request, commits } = options;
    const { sourceBranch, targetBranch } = request;
    const { headCommit: a, targetCommit: b } = commits;
    if (await isAncestor({ ...this.#folder(name), a, b })) {
      throw new ConflictError(
        `'${sourceBranch}' has no commit that '${targetBranch}' lacks; push the change first`,
      );
    }
  }

  #present(options: {
    record: ChangeRequestRecord;
    repository: RepositoryRecord;
    caller: Caller;
  }): ChangeRequest {
    const { record, repository, caller } = options;
    const { headCommit, targetCommit, ...rest } = record;
    const { name } = repository;
    const { number } = record;
    return {
      ...rest,
      createdAt: record.createdAt.toISOString(),
      mergedAt: record.mergedAt?.toISOString() ?? null,
      closedAt: record.closedAt?.toISOString() ?? null,
      url: requestPage({ appUrl: this.#options.appUrl, name, number }),
      canMerge: canPush(repository, caller),
    };
  }
}

/** In whose name a branch is proposed. */
function proposer(options: {
  repository: RepositoryRecord;
  caller: Caller;
  sourceBranch: string;
}): string {
  const { repository, caller, sourceBranch } = options;
  const { plugin, userEntityRef } = caller;
  if (plugin) {
    if (!sourceBranch.startsWith(PLUGIN_BRANCHES)) {
      throw new NotAllowedError(
        `A plugin may propose branches below '${PLUGIN_BRANCHES}' only, and this is '${sourceBranch}'`,
      );
    }
    return plugin;
  }
  if (!userEntityRef || !canPush(repository, caller)) {
    throw new NotAllowedError(
      `Only the user who created '${repository.name}' and the members of its owner may propose changes to it`,
    );
  }
  return userEntityRef;
}
