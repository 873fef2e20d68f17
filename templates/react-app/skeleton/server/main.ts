// First, so that it can patch node:http before a server is loaded.
import { stopTelemetry } from './telemetry.ts';
import { buildApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { createFlagProvider } from './flagProvider.ts';
import { connectFlags } from './flags.ts';
import { createLogger } from './logger.ts';
import { readPage } from './page.ts';
import { Readiness } from './readiness.ts';
import { createShutdown } from './shutdown.ts';

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config);
  const readiness = new Readiness();
  const page = readPage(config.page.folder);
  const flags = await connectFlags({
    provider: createFlagProvider(config.flags),
    logger,
  });
  const app = await buildApp({ config, logger, flags, readiness, page });
  app.addHook('onClose', () => flags.close());

  const shutdown = createShutdown({
    readiness,
    logger,
    close: async () => {
      await app.close();
      await stopTelemetry();
    },
    exit: code => process.exit(code),
    ...config.shutdown,
  });
  process.on('SIGTERM', signal => void shutdown(signal));
  process.on('SIGINT', signal => void shutdown(signal));

  await app.listen({ host: config.host, port: config.port });
  readiness.started();
}

try {
  await start();
} catch (error) {
  const message = error instanceof ConfigError ? error.message : error;
  process.stderr.write(`Cannot start: ${String(message)}\n`);
  process.exit(1);
}
