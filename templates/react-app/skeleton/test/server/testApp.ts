import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../server/app.ts';
import type { Flags } from '../../server/flags.ts';
import { createLogger } from '../../server/logger.ts';
import { readPage } from '../../server/page.ts';
import { Readiness } from '../../server/readiness.ts';
import { builtPage } from './builtPage.ts';
import { flagsWith } from './testFlags.ts';

export interface TestApp {
  app: FastifyInstance;
  readiness: Readiness;
  /** Log lines so far, parsed. */
  logged: () => Record<string, unknown>[];
}

/** The real application on the committed flags and a small page; nothing listens on a port. */
export async function testApp(
  options: {
    flags?: Flags;
    now?: () => Date;
    requestTimeoutMs?: number;
  } = {},
): Promise<TestApp> {
  const lines: string[] = [];
  const readiness = new Readiness();
  const service = { name: 'test', version: '0.0.0' };
  const app = await buildApp({
    config: {
      service,
      environment: 'staging',
      requestTimeoutMs: options.requestTimeoutMs ?? 1_000,
      page: {
        folder: '',
        flagPollMs: 30_000,
        vitalsSampleRate: 0.5,
      },
    },
    logger: createLogger(
      { service, logLevel: 'info' },
      { write: line => lines.push(line) },
    ),
    flags: options.flags ?? (await flagsWith({})),
    readiness,
    page: readPage(builtPage()),
    ...(options.now && { now: options.now }),
  });
  return {
    app,
    readiness,
    logged: () =>
      lines.map(line => JSON.parse(line) as Record<string, unknown>),
  };
}
