import { format } from 'node:util';
import { OpenFeature } from '@openfeature/server-sdk';
import type {
  EvaluationContext,
  EvaluationDetails,
  Provider,
  ProviderStatus,
} from '@openfeature/server-sdk';
import type { FastifyBaseLogger } from 'fastify';
import { FLAG_DEFAULTS } from '../shared/flagDefaults.ts';
import type { FlagKey } from '../shared/flagDefaults.ts';
import { flagEvents } from './flagEvents.ts';

const KEYS = Object.keys(FLAG_DEFAULTS) as FlagKey[];

/** The flags of the page, evaluated here so that no rule and no key of a flag system reaches a browser. */
export interface Flags {
  /** Every flag for one visitor; those that cannot be told have an `errorCode`. Never rejects. */
  evaluateAll(
    context: EvaluationContext,
  ): Promise<(EvaluationDetails<boolean> & { flagKey: string })[]>;
  /** State of the provider, for the readiness answer. */
  status(): ProviderStatus;
  close(): Promise<void>;
}

/**
 * Connects the provider and hands out the flags. A provider that is down does not keep the server from starting: the
 * page's defaults hold until it is back, and what goes wrong is logged once per flag and reason.
 *
 * @param options.domain - name of this connection; two with the same name share the later provider
 */
export async function connectFlags(options: {
  provider: Provider;
  logger: Pick<FastifyBaseLogger, 'warn' | 'debug'>;
  domain?: string;
}): Promise<Flags> {
  const { provider, logger, domain = 'page' } = options;
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

  async function evaluate(key: FlagKey, context: EvaluationContext) {
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
    return details;
  }

  return {
    evaluateAll: context =>
      Promise.all(KEYS.map(key => evaluate(key, context))),
    status: () => client.providerStatus,
    async close() {
      await provider.onClose?.();
    },
  };
}
