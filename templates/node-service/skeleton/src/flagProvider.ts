import { FlagdProvider } from '@openfeature/flagd-provider';
import type { Logger, Provider } from '@openfeature/server-sdk';
import type { Config } from './config.ts';

/**
 * Builds the OpenFeature provider the configuration asks for. Both evaluate in memory, so no request ever waits for
 * a flag: `file` reads the flag file and follows its changes, `flagd` is fed by a flagd's sync stream, addressed by
 * flagd's own variables (`FLAGD_HOST`, `FLAGD_PORT`, `FLAGD_TLS`...).
 */
export function createFlagProvider(
  config: Config['flags'],
  logger?: Logger,
): Provider {
  if (config.provider === 'flagd') {
    return new FlagdProvider(
      { resolverType: 'in-process', deadlineMs: config.deadlineMs },
      logger,
    );
  }
  return new FlagdProvider(
    { resolverType: 'in-process', offlineFlagSourcePath: config.file },
    logger,
  );
}
