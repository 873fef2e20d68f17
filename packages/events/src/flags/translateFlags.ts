import type { FlagObservation } from '@goldenpath/engine';
import { cdeventBody } from '../cdeventBody';
import { digestOf } from '../digest';
import { readMessage, type Translation } from '../translation';
import { TranslationError } from '../translationError';
import { flagdSchema, readFlagdFlags } from './flagdFlags';
import { readUnleashFlags, unleashSchema } from './unleashFlags';

/** What flags are read with. @public */
export interface FlagsInput {
  /**
   * The parsed document. Unleash: features with their environments as its admin API lists them, an export of the
   * environment, or `features` of the one with `featureStrategies` of the other. flagd: its flag definitions.
   */
  document: unknown;
  provider: 'unleash' | 'flagd';
  /** Whose flags these are: all of them, since a flag that is missing next time is taken for removed. */
  entityRef: string;
  environment: string;
  /** When the flags were read. */
  at: Date;
  /** Address of the provider, or where it keeps the flags: observations of one source follow each other. */
  source?: string;
}

const MAX_FLAGS = 5_000;

function read(input: FlagsInput): {
  flags: FlagObservation[];
  absent: string[];
} {
  const { document, provider, environment } = input;
  return provider === 'unleash'
    ? readUnleashFlags(
        readMessage(unleashSchema, document, 'Unleash features'),
        environment,
      )
    : {
        flags: readFlagdFlags(
          readMessage(flagdSchema, document, 'flagd definitions'),
        ),
        absent: [],
      };
}

/**
 * Reads the flags of an entity as one `goldenpath-flags.observed`. Shares of variants are there where they do not depend
 * on who asks. The same flags read again at the same time are the same event.
 *
 * @throws TranslationError when the document is none of the provider's, or has more than 5,000 flags.
 *
 * @public
 */
export function translateFlags(input: FlagsInput): Translation {
  const { provider, entityRef, environment, at, source } = input;
  const { flags, absent } = read(input);
  if (flags.length > MAX_FLAGS) {
    throw new TranslationError(
      `features: there are ${flags.length}; at most ${MAX_FLAGS} flags of one entity are taken, so choose those of the entity by project, tag or prefix`,
    );
  }
  return {
    events: [
      cdeventBody({
        name: 'goldenpath-flags.observed',
        source: source ?? `/flags/${provider}`,
        identity: [
          digestOf(
            JSON.stringify([
              ...[provider, entityRef, environment, at.toISOString()],
              flags,
            ]),
          ),
        ],
        at,
        subject: {
          id: `${provider}/${entityRef}`,
          content: { provider, flags, environment: { id: environment } },
        },
        goldenPath: { entityRef },
      }),
    ],
    skipped: absent.map(what => ({
      what,
      reason: `it is not in the environment '${environment}'`,
    })),
  };
}
