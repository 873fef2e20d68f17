import { PushToken } from '@goldenpath/backstage-plugin-golden-path-common';
import { PushTokenStore } from '../database/PushTokenStore';
import { createPushToken, digestOfToken, tokenMatches } from '../tokens';

/** Whom a token lets push, and what. */
export interface Pusher {
  /** Entity reference of the user, or `plugin:<id>`, that the token was issued to. */
  pushedBy: string;
  /** What the name of every branch it pushes begins with; without it all can be pushed. */
  branchPrefix?: string;
}

/** Issues push tokens and recognises them again. */
export class PushTokens {
  readonly #store: PushTokenStore;
  readonly #ttl: number;

  /** @param options.ttl - life of a token, in milliseconds */
  constructor(options: { store: PushTokenStore; ttl: number }) {
    this.#store = options.store;
    this.#ttl = options.ttl;
  }

  /** A token for one repository, which is shown this once; forgets those that have run out. */
  async issue(options: {
    repository: string;
    pusher: Pusher;
    now: Date;
  }): Promise<PushToken> {
    const { repository, pusher, now } = options;
    const token = createPushToken();
    const expiresAt = new Date(now.getTime() + this.#ttl);
    await this.#store.deleteExpired(now);
    await this.#store.insert({
      digest: digestOfToken(token),
      repository,
      createdBy: pusher.pushedBy,
      branchPrefix: pusher.branchPrefix ?? null,
      createdAt: now,
      expiresAt,
    });
    return { token, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Whose token this is.
   *
   * @returns `undefined` when the token may not push to the repository
   */
  async findPusher(options: {
    repository: string;
    token: string;
    now: Date;
  }): Promise<Pusher | undefined> {
    const { token, ...query } = options;
    let pusher: Pusher | undefined;
    for (const record of await this.#store.listValid(query)) {
      const { digest, createdBy, branchPrefix } = record;
      if (tokenMatches({ token, digest })) {
        pusher = {
          pushedBy: createdBy,
          ...(branchPrefix ? { branchPrefix } : {}),
        };
      }
    }
    return pusher;
  }
}
