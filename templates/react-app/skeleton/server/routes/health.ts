import type { FastifyInstance } from 'fastify';
import type { Flags } from '../flags.ts';
import type { Readiness } from '../readiness.ts';

/** Adds `/livez`, the process answers, and `/readyz`, traffic may be sent here. */
export function registerHealth(
  app: FastifyInstance,
  options: { readiness: Readiness; flags: Flags },
): void {
  const { readiness, flags } = options;
  // Probes come every few seconds: only their failures are worth a log line.
  const quiet = { logLevel: 'warn' } as const;

  app.get('/livez', quiet, () => ({ status: 'alive' }));

  app.get('/readyz', quiet, (_request, reply) => {
    const state = readiness.state;
    // The flag provider is shown and never decides: its defaults are safe.
    return reply
      .code(state === 'ready' ? 200 : 503)
      .send({ status: state, flags: flags.status() });
  });
}
