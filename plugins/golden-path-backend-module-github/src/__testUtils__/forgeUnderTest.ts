import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { ForgeData, forgeDataSchema } from '@goldenpath/engine';
import { GithubForge } from '../GithubForge';

export const NOW = new Date('2026-11-20T12:00:00Z');

export const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
};

/** A forge that reads ghe.example.com at the address of a stand-in, and waits for nothing. */
export function forgeWith(options: {
  apiBaseUrl: string;
  token?: string;
  retryUnitMs?: number;
}): GithubForge {
  const { apiBaseUrl, token, retryUnitMs = 1 } = options;
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [{ host: 'ghe.example.com', apiBaseUrl, token }],
      },
    }),
  );
  return new GithubForge({
    integrations,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    logger: mockServices.logger.mock(),
    patience: { longestWaitSeconds: 0, retryUnitMs },
    clock: () => NOW,
  });
}

/** The fact of acme/shop; throws when there is none. */
export async function collectFrom(
  forge: GithubForge,
  signal = new AbortController().signal,
): Promise<{ data: ForgeData; gaps: Record<string, string> }> {
  const url = 'https://ghe.example.com/acme/shop/tree/main/';
  const result = await forge.collect({ entity: ENTITY, url, signal });
  if (result.status !== 'collected') {
    throw new Error(JSON.stringify(result));
  }
  return { data: forgeDataSchema.parse(result.data), gaps: result.gaps ?? {} };
}
