import { PushToken } from '@goldenpath/backstage-plugin-golden-path-common';
import { PushTokenStore } from '../database/PushTokenStore';
import { createPushToken, digestOfToken, tokenMatches } from '../tokens';

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
    userEntityRef: string;
    now: Date;
  }): Promise<PushToken> {
    const { repository, userEntityRef, now } = options;
    const token = createPushToken();
    const expiresAt = new Date(now.getTime() + this.#ttl);
    await this.#store.deleteExpired(now);
    await this.#store.insert({
      digest: digestOfToken(token),
      repository,
      createdBy: userEntityRef,
      createdAt: now,
      expiresAt,
    });
    return { token, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Whose token this is.
   *
   * @returns the entity reference of the user it was issued to, or `undefined` when it may not push to the repository
   */
  async findUser(options: {
    repository: string;
    token: string;
    now: Date;
  }): Promise<string | undefined> {
    const { token, ...query } = options;
    let user: string | undefined;
    for (const { digest, createdBy } of await this.#store.listValid(query)) {
      if (tokenMatches({ token, digest })) {
        user = createdBy;
      }
    }
    return user;
  }
}
