import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import type { Flags } from './flags.ts';
import { registerProblems } from './problem.ts';
import type { Readiness } from './readiness.ts';
import { registerRequestRoute } from './requestRoute.ts';
import { registerGreetings } from './routes/greetings.ts';
import { registerHealth } from './routes/health.ts';

const REQUEST_ID = /^[\w.:-]{1,128}$/;

export interface AppOptions {
  config: Pick<Config, 'requestTimeoutMs'>;
  logger: FastifyBaseLogger;
  flags: Flags;
  readiness: Readiness;
  now?: () => Date;
}

/** Builds the HTTP application: limits, request ids, errors and routes; it does not listen yet. */
export function buildApp(options: AppOptions): FastifyInstance {
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
  registerGreetings(app, { flags, now });
  return app;
}
