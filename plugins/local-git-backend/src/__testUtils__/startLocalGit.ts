import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  CreateRepositoryResponse,
  RepositoryPushed,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import request from 'supertest';
import { localGitPlugin } from '../plugin';
import { makeFolder } from './gitClient';

const BASE_URL = 'http://localhost:7007';

/** A backend with the plugin, and what tests want to do with it. */
export type LocalGit = Awaited<ReturnType<typeof startLocalGit>>;

/** Starts a backend that serves repositories from a new folder. */
export async function startLocalGit(
  options: {
    localGit?: JsonObject;
    knex?: Knex;
    features?: Parameters<typeof startTestBackend>[0]['features'];
  } = {},
) {
  const directory = join(await makeFolder(), 'repositories');
  const pushed: RepositoryPushed[] = [];
  const events = mockServices.events.mock({
    publish: async ({ eventPayload }) => {
      pushed.push(eventPayload as RepositoryPushed);
    },
  });
  const { server } = await startTestBackend({
    features: [
      localGitPlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: BASE_URL },
          localGit: options.localGit ?? { enabled: true, directory },
        },
      }),
      events.factory,
      ...(options.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      ...(options.features ?? []),
    ],
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;

  return {
    server,
    directory,
    origin,
    pushed,
    api: request(server),

    async create(
      name: string,
      body: { owner?: string; idempotencyKey?: string; user?: string } = {},
    ): Promise<CreateRepositoryResponse> {
      const { user, ...rest } = body;
      const response = await request(server)
        .post('/api/local-git/repositories')
        .set('Authorization', mockCredentials.user.header(user))
        .send({ name, idempotencyKey: `key-of-${name}`, ...rest });
      if (!response.ok) {
        throw new Error(`${response.status} ${response.text}`);
      }
      return response.body;
    },

    /** Pushes are announced after git has its answer; returns once there were so many. */
    async waitForPushes(count: number): Promise<void> {
      while (pushed.length < count) {
        await setTimeout(10);
      }
    },

    /** An address as the plugin gives it, at the port that the test server has. */
    at(url: string): string {
      return url.replace(BASE_URL, origin);
    },

    /** Where to push to with a token. */
    pushUrl(name: string, token: string): string {
      const host = origin.replace('http://', '');
      return `http://any:${token}@${host}/api/local-git/git/${name}.git`;
    },

    cloneUrl(name: string): string {
      return `${origin}/api/local-git/git/${name}.git`;
    },
  };
}
