import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HealthOptions } from '@goldenpath/engine';
import { IANAZone } from 'luxon';

/** Settings under `goldenPath.health`; config.d.ts documents each. @internal */
export interface HealthConfig
  extends Pick<
    HealthOptions,
    'countSuspected' | 'workingHours' | 'manualMinutes' | 'ciCostPerMinute'
  > {
  windowDays: number;
  attributionWindowHours: number;
  environment: string;
  staleAfterHours: number;
  timeZone: string;
  /** Whether owners are told of anomalies. */
  notifications: boolean;
}

/** Reads `goldenPath.health`. Throws an `InputError` naming the key when a value makes no sense. @internal */
export function readHealthConfig(root: RootConfigService): HealthConfig {
  const config = root.getOptionalConfig('goldenPath.health');
  const windowDays = positive(config, 'windowDays', 28);
  return {
    windowDays,
    attributionWindowHours: positive(config, 'attributionWindowHours', 24),
    environment: config?.getOptionalString('environment') ?? 'production',
    countSuspected: config?.getOptionalBoolean('countSuspected') ?? false,
    staleAfterHours: positive(config, 'staleAfterHours', windowDays * 24),
    timeZone: readTimeZone(config),
    workingHours: readWorkingHours(config?.getOptionalConfig('workingHours')),
    manualMinutes: readManualMinutes(config),
    ciCostPerMinute: readCiCost(config?.getOptionalConfig('ciCost')),
    notifications: config?.getOptionalBoolean('notifications') ?? true,
  };
}

function positive(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.getOptionalNumber(key) ?? fallback;
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InputError(
      `goldenPath.health.${key} must be a number above 0, and is ${value}`,
    );
  }
  return value;
}

function readTimeZone(config: Config | undefined): string {
  const zone = config?.getOptionalString('timeZone') ?? 'UTC';
  if (!IANAZone.isValidZone(zone)) {
    throw new InputError(
      `goldenPath.health.timeZone must be an IANA name such as Europe/Berlin, and is '${zone}'`,
    );
  }
  return zone;
}

function readWorkingHours(
  config: Config | undefined,
): HealthConfig['workingHours'] {
  if (!config) {
    return undefined;
  }
  const days = config.getOptional<number[]>('days') ?? [1, 2, 3, 4, 5];
  const start = config.getOptionalNumber('start') ?? 9;
  const end = config.getOptionalNumber('end') ?? 18;
  const valid =
    Array.isArray(days) &&
    days.length > 0 &&
    days.every(day => Number.isInteger(day) && day >= 1 && day <= 7) &&
    start >= 0 &&
    start < end &&
    end <= 24;
  if (!valid) {
    throw new InputError(
      "goldenPath.health.workingHours needs 'days' of 1 (Monday) to 7 (Sunday), and 'start' before 'end' as hours from 0 to 24",
    );
  }
  return { days, start, end };
}

function readManualMinutes(
  config: Config | undefined,
): HealthConfig['manualMinutes'] {
  const kinds = ['trigger', 'rollback', 'retry'] as const;
  return Object.fromEntries(
    kinds.flatMap(kind => {
      const key = `manualMinutes.${kind}`;
      return config?.has(key) ? [[kind, positive(config, key, 10)]] : [];
    }),
  );
}

function readCiCost(
  config: Config | undefined,
): HealthConfig['ciCostPerMinute'] {
  if (!config) {
    return undefined;
  }
  const amount = config.getNumber('perMinute');
  const currency = config.getString('currency');
  if (!(amount >= 0) || !/^[A-Z]{3}$/.test(currency)) {
    throw new InputError(
      "goldenPath.health.ciCost needs 'perMinute', not below 0, and 'currency' such as USD",
    );
  }
  return { amount, currency };
}
