import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Readiness } from './readiness.ts';

export interface ShutdownOptions {
  readiness: Readiness;
  logger: Pick<FastifyBaseLogger, 'info' | 'error'>;
  /** Stops accepting, lets requests in flight end, frees what the service holds. */
  close: () => Promise<void>;
  exit: (code: number) => void;
  /** How long to keep serving after readiness is off, so that load balancers see it. */
  drainMs: number;
  /** After this long the process exits with 1, whatever is still open. */
  deadlineMs: number;
}

/**
 * Builds the handler of SIGTERM and SIGINT: readiness off, drain, close, exit 0. SIGINT comes from a person at a
 * terminal and does not drain. Only the first signal counts.
 */
export function createShutdown(
  options: ShutdownOptions,
): (signal: NodeJS.Signals) => Promise<void> {
  const { readiness, logger, close, exit, drainMs, deadlineMs } = options;
  let stopping = false;

  return async signal => {
    if (stopping) {
      return;
    }
    stopping = true;
    readiness.drain();
    logger.info({ signal }, 'Shutting down');

    const deadline = setTimeout(() => {
      logger.error({ deadlineMs }, 'Shutdown deadline passed');
      exit(1);
    }, deadlineMs);
    try {
      if (signal !== 'SIGINT') {
        await sleep(drainMs);
      }
      await close();
      logger.info('Shut down');
      exit(0);
    } catch (error) {
      logger.error({ err: error }, 'Shutdown failed');
      exit(1);
    } finally {
      clearTimeout(deadline);
    }
  };
}
