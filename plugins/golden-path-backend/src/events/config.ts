import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { entityRefSchema } from './entityRefSchema';
import { EnvironmentAliases } from './EnvironmentNames';

/** Days a window may reach back, with what lies before it and still matters. */
const LEAST_EVENT_DAYS = 181 + 90;
const DEFAULT_EVENT_DAYS = 730;
const DEFAULT_TOPICS = ['golden-path.cdevents'];

/** A secret of a sender, and until when it is taken. @internal */
export interface SenderSecret {
  secret: string;
  validUntil?: Date;
}

/** What is configured of the sender of a webhook. @internal */
export interface SenderConfig {
  secrets: SenderSecret[];
  /** The entity of events that name none. */
  entityRef?: string;
  environments: EnvironmentAliases;
}

/** How delivery events are taken; config.d.ts documents each setting. @internal */
export interface IngestConfig {
  environments: EnvironmentAliases;
  /** Days for which delivery events are kept. */
  eventDays: number;
  /** Topics of the events service that delivery events are taken from. */
  topics: string[];
  /** By the id of the sender. */
  webhooks: Record<string, SenderConfig>;
  /** The tag of a bill that names the entity. */
  costTag: string;
}

/** Reads what concerns ingest. Throws an `InputError` naming the key, never a secret. @internal */
export function readIngestConfig(root: RootConfigService): IngestConfig {
  const config = root.getOptionalConfig('goldenPath');
  return {
    environments: readAliases(
      config?.getOptional('health.environments'),
      'goldenPath.health.environments',
    ),
    eventDays: readEventDays(config),
    topics: config?.getOptionalStringArray('events.topics') ?? DEFAULT_TOPICS,
    webhooks: readSenders(config?.getOptionalConfig('webhooks')),
    costTag: config?.getOptionalString('costs.tag') ?? 'service',
  };
}

function readEventDays(config: Config | undefined): number {
  const key = 'history.eventDays';
  const days = config?.getOptionalNumber(key) ?? DEFAULT_EVENT_DAYS;
  if (!Number.isInteger(days) || days < LEAST_EVENT_DAYS) {
    throw new InputError(
      `goldenPath.${key} must be a whole number of at least ${LEAST_EVENT_DAYS}, since a window of 181 days needs the 90 days before it, and is ${days}`,
    );
  }
  return days;
}

const aliasesSchema = z.record(
  z.string().min(1),
  z.array(z.string().trim().min(1, 'must not be empty')),
);

/** As a whole, since names of environments hold what keys of the configuration may not. */
function readAliases(value: unknown, place: string): EnvironmentAliases {
  const result = aliasesSchema.safeParse(value ?? {});
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(`${[place, ...path].join('.')} ${message}`);
  }
  return result.data;
}

function readSenders(config: Config | undefined): Record<string, SenderConfig> {
  return Object.fromEntries(
    (config?.keys() ?? []).map(sender => {
      const place = `goldenPath.webhooks.${sender}`;
      const settings = config!.getConfig(sender);
      const secrets = settings.getOptionalConfigArray('secrets') ?? [];
      return [
        sender,
        {
          secrets: secrets.map((secret, index) =>
            readSecret(secret, `${place}.secrets[${index}]`),
          ),
          entityRef: readEntityRef(settings, place),
          environments: readAliases(
            settings.getOptional('environments'),
            `${place}.environments`,
          ),
        },
      ];
    }),
  );
}

function readEntityRef(config: Config, place: string): string | undefined {
  const text = config.getOptionalString('entityRef');
  if (text === undefined) {
    return undefined;
  }
  const result = entityRefSchema.safeParse(text);
  if (!result.success) {
    throw new InputError(
      `${place}.entityRef ${result.error.issues[0].message}`,
    );
  }
  return result.data;
}

function readSecret(config: Config, place: string): SenderSecret {
  const secret = config.getString('secret');
  const until = config.getOptionalString('validUntil');
  const validUntil = until === undefined ? undefined : new Date(until);
  if (validUntil && Number.isNaN(validUntil.getTime())) {
    throw new InputError(
      `${place}.validUntil must be a date such as 2027-01-31 or 2027-01-31T12:00:00Z`,
    );
  }
  return { secret, validUntil };
}
