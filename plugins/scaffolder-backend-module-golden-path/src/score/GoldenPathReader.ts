import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  GoldenPathClient,
  pathAppliesTo,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { GoldenPath } from '@goldenpath/engine';

const PLUGIN_ID = 'golden-path';
const TIMEOUT_MS = 10_000;

/** Reads the paths in force from the golden path backend, on behalf of whoever started the task. */
export class GoldenPathReader {
  readonly #client: GoldenPathClient;

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    credentials: BackstageCredentials;
  }) {
    const { auth, discovery, credentials } = options;
    this.#client = new GoldenPathClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: async (input, init) => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: PLUGIN_ID,
          });
          const headers = new Headers(init?.headers);
          if (token) {
            headers.set('authorization', `Bearer ${token}`);
          }
          return fetch(input, {
            ...init,
            headers,
            signal: AbortSignal.timeout(TIMEOUT_MS),
          });
        },
      },
    });
  }

  /** The paths that are for an entity, sorted by name. */
  async applying(entity: Entity): Promise<GoldenPath[]> {
    const { items } = await this.#client.getPaths();
    const replies = await Promise.all(
      items.map(({ name }) => this.#client.getPath(name)),
    );
    return replies
      .map(({ path }) => path)
      .filter(path => pathAppliesTo(path, entity))
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }
}
