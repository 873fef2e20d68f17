import { FlagdProvider } from '@openfeature/flagd-provider';
import type { Logger, Provider } from '@openfeature/server-sdk';
import type { FlagSettings } from './config.ts';
import { UnleashProvider } from './unleashProvider.ts';

/**
 * Builds the OpenFeature provider the settings ask for. Each evaluates in memory, so no request ever waits for
 * a flag: `file` reads the flag file and follows its changes, `flagd` is fed by a flagd's sync stream, addressed by
 * flagd's own variables (`FLAGD_HOST`, `FLAGD_PORT`, `FLAGD_TLS`...), `unleash` fetches the flags of an Unleash.
 */
export function createFlagProvider(
  settings: FlagSettings,
  logger?: Logger,
): Provider {
  switch (settings.provider) {
    case 'flagd':
      return new FlagdProvider(
        { resolverType: 'in-process', deadlineMs: settings.deadlineMs },
        logger,
      );
    case 'unleash':
      return new UnleashProvider(settings);
    case 'file':
      return new FlagdProvider(
        { resolverType: 'in-process', offlineFlagSourcePath: settings.file },
        logger,
      );
  }
}
