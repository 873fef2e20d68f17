import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import type { Flags } from './flags.ts';
import type { Page } from './page.ts';
import { registerProblems } from './problem.ts';
import type { Readiness } from './readiness.ts';
import { registerRequestRoute } from './requestRoute.ts';
import { registerBrowserEvents } from './routes/browserEvents.ts';
import { registerFlags } from './routes/flags.ts';
import { registerHealth } from './routes/health.ts';
import { registerPages } from './routes/pages.ts';
import { registerRuntimeConfig } from './routes/runtimeConfig.ts';
import { registerSecurityHeaders } from './securityHeaders.ts';

const REQUEST_ID = /^[\w.:-]{1,128}$/;

export interface AppOptions {
  config: Pick<Config, 'service' | 'environment' | 'requestTimeoutMs' | 'page'>;
  logger: FastifyBaseLogger;
  flags: Flags;
  readiness: Readiness;
  now?: () => Date;
}

/** Builds the HTTP application: limits, request ids, errors and what the page asks for; not yet the page. */
export function buildApi(options: AppOptions): FastifyInstance {
  const { config, logger, flags, readiness, now = () => new Date() } = options;
  const app = fastify({
    loggerInstance: logger,
    bodyLimit: 256 * 1024,
    connectionTimeout: 2 * config.requestTimeoutMs,
    requestTimeout: config.requestTimeoutMs,
    handlerTimeout: config.requestTimeoutMs,
    // Longer than the 60 s most load balancers keep an idle connection, so that they close it first.
    keepAliveTimeout: 65_000,
    genReqId: request => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given)
        ? given
        : randomUUID();
    },
  });

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  registerRequestRoute(app);
  registerProblems(app);
  registerHealth(app, { readiness, flags });
  registerRuntimeConfig(app, { config });
  registerFlags(app, { flags });
  registerBrowserEvents(app, { now });
  return app;
}

/** Builds the whole application, page included; it does not listen yet. */
export async function buildApp(
  options: AppOptions & { page: Page },
): Promise<FastifyInstance> {
  const app = buildApi(options);
  await registerSecurityHeaders(app, options);
  registerPages(app, options);
  return app;
}
