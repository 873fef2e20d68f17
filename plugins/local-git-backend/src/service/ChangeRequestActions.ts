import { ConflictError, NotAllowedError, toError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ChangeRequest,
  ChangeRequestAction,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { DEFAULT_BRANCH } from '../addresses';
import {
  ChangeRequestRecord,
  ChangeRequestStore,
  ChangeRequestUpdate,
} from '../database/ChangeRequestStore';
import { RepositoryRecord } from '../database/RepositoryStore';
import { moveRef } from '../git/moveRef';
import { repositoryFolder } from '../git/repositoryFolder';
import { resolveBranch } from '../git/resolveCommit';
import { Caller, canPush, UserCaller } from './Caller';
import { ChangeRequests, RequestKey } from './ChangeRequests';
import { mergeRequest } from './mergeRequest';
import { PushReceiver } from './PushReceiver';

/** What a ChangeRequestActions needs. */
export interface ChangeRequestActionsOptions {
  directory: string;
  requests: ChangeRequests;
  store: ChangeRequestStore;
  receiver: PushReceiver;
  logger: LoggerService;
}

/** What people do with change requests. */
export class ChangeRequestActions {
  readonly #options: ChangeRequestActionsOptions;

  constructor(options: ChangeRequestActionsOptions) {
    this.#options = options;
  }

  /**
   * Does one thing. What is so already succeeds, so that a button pressed twice is no error.
   *
   * @param options.head - of a merge: the source commit that was looked at
   * @throws NotFoundError; NotAllowedError for who may not push; ConflictError when the request is in another state,
   * is a draft, has conflicts, or its branches moved meanwhile
   */
  async act(
    options: RequestKey & {
      action: ChangeRequestAction;
      head?: string;
      caller: Caller;
      now: Date;
    },
  ): Promise<ChangeRequest> {
    const { action, caller, now } = options;
    const { record, repository } = await this.#options.requests.find(options);
    const user = requireMember({ record, repository, caller });
    switch (action) {
      case 'merge':
        await this.#merge({ record, user, head: options.head, now });
        break;
      case 'close':
        await this.#close(record, now);
        break;
      case 'reopen':
        await this.#reopen(record);
        break;
      default:
        await this.#setDraft(record, action === 'draft');
    }
    return this.#options.requests.get(options);
  }

  async #merge(options: {
    record: ChangeRequestRecord;
    user: UserCaller;
    head: string | undefined;
    now: Date;
  }): Promise<void> {
    const { record, user, head, now } = options;
    if (record.state === 'merged') {
      return;
    }
    requireOpen(record, 'merged');
    if (record.draft) {
      throw new ConflictError(
        `Change request #${record.number} is a draft; mark it ready first`,
      );
    }
    const { receiver, store } = this.#options;
    const { userEntityRef } = user;
    await receiver.receive({
      name: record.repository,
      pushedBy: userEntityRef,
      push: async () => {
        const folder = this.#folder(record);
        const merged = await mergeRequest({
          folder,
          record,
          head,
          userEntityRef,
          now,
        });
        const update: ChangeRequestUpdate = {
          ...merged,
          state: 'merged',
          mergedBy: userEntityRef,
          mergedAt: now,
        };
        // Another process may have seen the branch move before this is written
        if (!(await store.update(record, update))) {
          await store.update({ ...record, state: 'merged' }, update);
        }
        await this.#deleteSource(record, merged.headCommit);
      },
    });
  }

  /** Deletes a branch that was merged, unless it moved since, is the default one or has others built on it. */
  async #deleteSource(
    record: ChangeRequestRecord,
    headCommit: string,
  ): Promise<void> {
    const { repository, sourceBranch } = record;
    const open = await this.#options.store.list({ repository, state: 'open' });
    if (
      sourceBranch === DEFAULT_BRANCH ||
      open.some(other => other.targetBranch === sourceBranch)
    ) {
      return;
    }
    try {
      await moveRef({
        ...this.#folder(record),
        ref: `refs/heads/${sourceBranch}`,
        from: headCommit,
        to: null,
      });
    } catch (error) {
      this.#options.logger.warn(
        `The merged branch '${sourceBranch}' of '${repository}' was not deleted`,
        toError(error),
      );
    }
  }

  async #close(record: ChangeRequestRecord, now: Date): Promise<void> {
    if (record.state !== 'closed') {
      requireOpen(record, 'closed');
      await this.#set(record, { state: 'closed', closedAt: now });
    }
  }

  async #reopen(record: ChangeRequestRecord): Promise<void> {
    if (record.state === 'open') {
      return;
    }
    if (record.state === 'merged') {
      throw new ConflictError(
        `Change request #${record.number} was merged; propose the branch anew`,
      );
    }
    const folder = this.#folder(record);
    const { sourceBranch, targetBranch } = record;
    for (const branch of [sourceBranch, targetBranch]) {
      if (!(await resolveBranch({ ...folder, branch }))) {
        throw new ConflictError(
          `There is no branch '${branch}' any more; push it again, then reopen`,
        );
      }
    }
    await this.#set(record, { state: 'open', closedAt: null });
  }

  async #setDraft(record: ChangeRequestRecord, draft: boolean): Promise<void> {
    if (record.draft !== draft) {
      requireOpen(record, draft ? 'made a draft' : 'marked ready');
      await this.#set(record, { draft });
    }
  }

  async #set(
    record: ChangeRequestRecord,
    update: ChangeRequestUpdate,
  ): Promise<void> {
    if (!(await this.#options.store.update(record, update))) {
      throw new ConflictError(
        `Change request #${record.number} changed just now; look at it again`,
      );
    }
  }

  #folder(record: ChangeRequestRecord) {
    const { directory } = this.#options;
    return repositoryFolder({ directory, name: record.repository });
  }
}

function requireOpen(record: ChangeRequestRecord, what: string): void {
  if (record.state !== 'open') {
    throw new ConflictError(
      `Change request #${record.number} is ${record.state} and cannot be ${what}`,
    );
  }
}

function requireMember(options: {
  record: ChangeRequestRecord;
  repository: RepositoryRecord;
  caller: Caller;
}): UserCaller {
  const { record, repository, caller } = options;
  const { userEntityRef } = caller;
  if (!userEntityRef || !canPush(repository, caller)) {
    throw new NotAllowedError(
      `Only the user who created '${record.repository}' and the members of its owner may merge, close or change its change requests`,
    );
  }
  return { ...caller, userEntityRef };
}
