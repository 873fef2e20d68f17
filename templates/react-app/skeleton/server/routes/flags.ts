import { createHash } from 'node:crypto';
import type { EvaluationContext } from '@openfeature/server-sdk';
import type { FastifyInstance } from 'fastify';
import type { Flags } from '../flags.ts';

const schema = {
  body: {
    type: 'object',
    properties: { context: { type: 'object', maxProperties: 32 } },
  },
} as const;

/**
 * Adds the bulk evaluation of OFREP, the OpenFeature protocol, for the flags of the page. One protocol for the
 * browser, whatever the server has its flags from; its ETag makes asking again cost nothing while nothing changed.
 */
export function registerFlags(
  app: FastifyInstance,
  options: { flags: Flags },
): void {
  const { flags } = options;

  app.post<{ Body: { context?: EvaluationContext } }>(
    '/ofrep/v1/evaluate/flags',
    { schema, bodyLimit: 8 * 1024 },
    async (request, reply) => {
      const evaluated = await flags.evaluateAll(request.body.context ?? {});
      const body = JSON.stringify({
        flags: evaluated.map(flag =>
          flag.errorCode === undefined
            ? {
                key: flag.flagKey,
                value: flag.value,
                reason: flag.reason,
                variant: flag.variant,
              }
            : { key: flag.flagKey, errorCode: flag.errorCode },
        ),
      });
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      reply.header('cache-control', 'no-store').header('etag', etag);
      return request.headers['if-none-match'] === etag
        ? reply.code(304).send()
        : reply.type('application/json').send(body);
    },
  );
}
