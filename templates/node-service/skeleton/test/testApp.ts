import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';
import type { Flags } from '../src/flags.ts';
import { createLogger } from '../src/logger.ts';
import { Readiness } from '../src/readiness.ts';
import { flagsWith } from './testFlags.ts';

export interface TestApp {
  app: FastifyInstance;
  readiness: Readiness;
  /** Log lines so far, parsed. */
  logged: () => Record<string, unknown>[];
}

/** The real application on the committed flags; nothing listens on a port. */
export async function testApp(
  options: { flags?: Flags; now?: () => Date; requestTimeoutMs?: number } = {},
): Promise<TestApp> {
  const lines: string[] = [];
  const readiness = new Readiness();
  const app = buildApp({
    config: { requestTimeoutMs: options.requestTimeoutMs ?? 1_000 },
    logger: createLogger(
      { service: { name: 'test', version: '0.0.0' }, logLevel: 'info' },
      { write: line => lines.push(line) },
    ),
    flags: options.flags ?? (await flagsWith({})),
    readiness,
    ...(options.now && { now: options.now }),
  });
  return {
    app,
    readiness,
    logged: () =>
      lines.map(line => JSON.parse(line) as Record<string, unknown>),
  };
}
