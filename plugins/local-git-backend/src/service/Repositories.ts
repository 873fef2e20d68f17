import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import {
  CreateRepositoryResponse,
  createRepositoryRequestSchema,
  PushToken,
  Repository,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { z } from 'zod';
import { addressesOf, DEFAULT_BRANCH, PLUGIN_BRANCHES } from '../addresses';
import { LocalGitSettings } from '../config';
import { RepositoryRecord, RepositoryStore } from '../database/RepositoryStore';
import { ensureBareRepository } from '../git/ensureBareRepository';
import { repositoryExists, repositoryFolder } from '../git/repositoryFolder';
import { Caller, canPush, UserCaller } from './Caller';
import { PushTokens } from './PushTokens';

/** The served repositories: their records, their folders and who may push. */
export class Repositories {
  readonly #settings: LocalGitSettings;
  readonly #store: RepositoryStore;
  readonly #tokens: PushTokens;

  constructor(options: {
    settings: LocalGitSettings;
    store: RepositoryStore;
    tokens: PushTokens;
  }) {
    this.#settings = options.settings;
    this.#store = options.store;
    this.#tokens = options.tokens;
  }

  async list(caller: Caller): Promise<Repository[]> {
    const records = await this.#store.list();
    return records.map(record => this.#present(record, caller));
  }

  /** @throws NotFoundError when there is no such repository */
  async get(options: { name: string; caller: Caller }): Promise<Repository> {
    return this.#present(await this.find(options.name), options.caller);
  }

  /**
   * Makes an empty repository and a token to push to it. The same user's same key gives the same repository again,
   * with a fresh token.
   *
   * @returns `created` is false when the repository was there already
   * @throws ConflictError when the name is taken, or the key was used for another name
   */
  async create(options: {
    request: z.output<typeof createRepositoryRequestSchema>;
    caller: UserCaller;
    now: Date;
  }): Promise<CreateRepositoryResponse & { created: boolean }> {
    const { request, caller, now } = options;
    const { record, created } = await this.#claim({ request, caller, now });
    try {
      await ensureBareRepository(this.#folder(record.name));
    } catch (error) {
      if (!(await repositoryExists(this.#folder(record.name)))) {
        await this.#store.delete(record.name);
      }
      throw error;
    }
    const push = await this.#tokens.issue({
      repository: record.name,
      pusher: { pushedBy: caller.userEntityRef },
      now,
    });
    return { repository: this.#present(record, caller), push, created };
  }

  /**
   * A fresh token for a repository that exists. With that of a plugin only branches below `golden-path/` can be pushed.
   *
   * @throws NotFoundError; NotAllowedError for who neither created the repository nor belongs to its owner
   */
  async issueToken(options: {
    name: string;
    caller: Caller;
    now: Date;
  }): Promise<PushToken> {
    const { name, caller, now } = options;
    const { userEntityRef, plugin } = caller;
    const record = await this.find(name);
    if (plugin) {
      const pusher = { pushedBy: plugin, branchPrefix: PLUGIN_BRANCHES };
      return this.#tokens.issue({ repository: name, pusher, now });
    }
    if (!userEntityRef || !canPush(record, caller)) {
      throw new NotAllowedError(
        `Only the user who created '${name}' and the members of its owner may be given a push token`,
      );
    }
    const pusher = { pushedBy: userEntityRef };
    return this.#tokens.issue({ repository: name, pusher, now });
  }

  /** Writes the record that reserves the name, or finds the one of an earlier try. */
  async #claim(options: {
    request: z.output<typeof createRepositoryRequestSchema>;
    caller: UserCaller;
    now: Date;
  }): Promise<{ record: RepositoryRecord; created: boolean }> {
    const { request, caller, now } = options;
    const record: RepositoryRecord = {
      name: request.name,
      description: request.description,
      owner: request.owner ? parseOwner(request.owner) : null,
      createdBy: caller.userEntityRef,
      createdAt: now,
      idempotencyKey: request.idempotencyKey,
    };
    const earlier = await this.#findEarlier(record);
    if (earlier) {
      return { record: earlier, created: false };
    }
    if (!(await repositoryExists(this.#folder(record.name)))) {
      try {
        await this.#store.insert(record);
        return { record, created: true };
      } catch (error) {
        if (toError(error).name !== 'ConflictError') {
          throw error;
        }
      }
    }
    // Somebody was faster, and it may have been the same request
    const faster = await this.#findEarlier(record);
    if (!faster) {
      throw new ConflictError(
        `There is a repository '${record.name}' already; choose another name`,
      );
    }
    return { record: faster, created: false };
  }

  async #findEarlier(
    wanted: RepositoryRecord,
  ): Promise<RepositoryRecord | undefined> {
    const earlier = await this.#store.findByIdempotencyKey(wanted);
    if (earlier && earlier.name !== wanted.name) {
      throw new ConflictError(
        `This idempotency key made the repository '${earlier.name}'; use a new key for '${wanted.name}'`,
      );
    }
    return earlier;
  }

  /** @throws NotFoundError when there is no such repository */
  async find(name: string): Promise<RepositoryRecord> {
    const record = await this.#store.find(name);
    if (!record) {
      throw new NotFoundError(`There is no repository '${name}'`);
    }
    return record;
  }

  #folder(name: string) {
    return repositoryFolder({ directory: this.#settings.directory, name });
  }

  #present(record: RepositoryRecord, caller: Caller): Repository {
    const { name, description, createdBy, createdAt } = record;
    const { pluginUrl } = this.#settings;
    const { cloneUrl, treeUrl } = addressesOf({ pluginUrl, name });
    return {
      name,
      description,
      defaultBranch: DEFAULT_BRANCH,
      createdAt: createdAt.toISOString(),
      createdBy,
      cloneUrl,
      treeUrl,
      canPush: canPush(record, caller),
    };
  }
}

function parseOwner(owner: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    throw new InputError(
      `owner: '${owner}' is not an entity reference; write it like group:default/team-a`,
      error,
    );
  }
}
