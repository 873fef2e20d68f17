import { format } from 'node:util';
import { OpenFeature } from '@openfeature/server-sdk';
import type {
  EvaluationContext,
  Provider,
  ProviderStatus,
} from '@openfeature/server-sdk';
import type { FastifyBaseLogger } from 'fastify';
import { flagEvents } from './flagEvents.ts';

/** Every flag of this service, with the value that holds while no provider can tell. */
export const FLAG_DEFAULTS = {
  'greetings-enabled': true,
  'time-of-day-greeting': false,
} as const satisfies Record<string, boolean>;

export type FlagKey = keyof typeof FLAG_DEFAULTS;

/** The only way the service asks for a flag. */
export interface Flags {
  /** Whether the flag is on; the default when it cannot be told. Never rejects. */
  isOn(key: FlagKey, context?: EvaluationContext): Promise<boolean>;
  /** State of the provider, for the readiness answer. */
  status(): ProviderStatus;
  close(): Promise<void>;
}

/**
 * Connects the provider and hands out the typed flags. A provider that is down does not keep the service from
 * starting: the defaults hold until it is back, and what goes wrong is logged once per flag and reason.
 *
 * @param options.domain - name of this connection; two with the same name share the later provider
 */
export async function connectFlags(options: {
  provider: Provider;
  logger: Pick<FastifyBaseLogger, 'warn' | 'debug'>;
  domain?: string;
}): Promise<Flags> {
  const { provider, logger, domain = 'service' } = options;
  try {
    await OpenFeature.setProviderAndWait(domain, provider);
  } catch (error) {
    logger.warn({ err: error }, 'Flag provider is down: flag defaults hold');
  }
  // The SDK's own logger writes plain text to the console.
  const note = (...parts: unknown[]): void => {
    logger.debug(format(...parts));
  };
  const client = OpenFeature.getClient(domain)
    .addHooks(flagEvents)
    .setLogger({ error: note, warn: note, info: note, debug: note });
  const reported = new Map<FlagKey, string>();

  return {
    async isOn(key, context) {
      const details = await client.getBooleanDetails(
        key,
        FLAG_DEFAULTS[key],
        context,
      );
      if (details.errorCode === undefined) {
        reported.delete(key);
      } else if (reported.get(key) !== details.errorCode) {
        reported.set(key, details.errorCode);
        logger.warn(
          { flag: key, reason: details.errorCode, value: details.value },
          'Flag cannot be evaluated: its default holds',
        );
      }
      return details.value;
    },
    status: () => client.providerStatus,
    async close() {
      await provider.onClose?.();
    },
  };
}
