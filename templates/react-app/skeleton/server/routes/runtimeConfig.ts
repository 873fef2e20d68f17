import type { FastifyInstance } from 'fastify';
import type { RuntimeConfig } from '../../shared/runtimeConfig.ts';
import type { Config } from '../config.ts';

/** Adds `/config.json`: what differs between environments, so that one image serves them all. */
export function registerRuntimeConfig(
  app: FastifyInstance,
  options: { config: Pick<Config, 'service' | 'environment' | 'page'> },
): void {
  const { service, environment, page } = options.config;
  // Everybody can read this: it must never hold a secret.
  const body: RuntimeConfig = {
    service,
    environment,
    flags: { baseUrl: '/', pollMs: page.flagPollMs },
    vitals: { sampleRate: page.vitalsSampleRate },
  };

  app.get('/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send(body),
  );
}
