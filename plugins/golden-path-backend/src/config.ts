import {
  RootConfigService,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { BuiltInSource, BUILT_IN_SOURCES } from './collectors/sources';
import { HealthConfig, readHealthConfig } from './health/config';
import { IngestConfig, readIngestConfig } from './events/config';
import { readUpdateConfig, UpdateConfig } from './updates/config';
import { readWaiverConfig, WaiverConfig } from './waivers/config';
import { TreeLimits } from './collectors/walkFolder';

/** The plugin's settings with their defaults; config.d.ts documents each. @internal */
export interface GoldenPathConfig {
  paths: string[];
  reconcile: SchedulerServiceTaskScheduleDefinition;
  concurrency: number;
  ttl: Record<BuiltInSource, HumanDuration>;
  repository: TreeLimits;
  health: HealthConfig;
  ingest: IngestConfig;
  waivers: WaiverConfig;
  updates: UpdateConfig;
  /** Days for which contents of facts are kept to replay paths on. */
  historyDays: number;
  /** Whether badges are shown to anybody. */
  publicBadges: boolean;
}

const DEFAULT_TTL: Record<BuiltInSource, HumanDuration> = {
  catalog: { hours: 1 },
  repository: { hours: 2 },
  forge: { hours: 12 },
  drift: { hours: 1 },
  health: { hours: 1 },
};

/** Reads `goldenPath`. Throws an `InputError` naming the key when a value makes no sense. @internal */
export function readGoldenPathConfig(
  root: RootConfigService,
): GoldenPathConfig {
  const config = root.getOptionalConfig('goldenPath');
  return {
    paths: config?.getOptionalStringArray('paths') ?? [],
    reconcile: readSchedule(config),
    concurrency: positive(config, 'evaluation.concurrency', 4),
    ttl: Object.fromEntries(
      BUILT_IN_SOURCES.map(source => [source, readTtl(config, source)]),
    ) as Record<BuiltInSource, HumanDuration>,
    repository: {
      maxFiles: positive(config, 'repository.maxFiles', 20_000),
      maxFileBytes: positive(config, 'repository.maxFileBytes', 1_000_000),
      maxTotalBytes: positive(config, 'repository.maxTotalBytes', 250_000_000),
    },
    health: readHealthConfig(root),
    ingest: readIngestConfig(root),
    waivers: readWaiverConfig(root),
    updates: readUpdateConfig(root),
    historyDays: positive(config, 'history.days', 90),
    publicBadges: config?.getOptionalBoolean('badges.public') ?? false,
  };
}

function readSchedule(
  config: Config | undefined,
): SchedulerServiceTaskScheduleDefinition {
  const schedule = config?.getOptionalConfig('reconcile.schedule');
  return schedule
    ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
    : {
        frequency: { minutes: 1 },
        timeout: { minutes: 10 },
        initialDelay: { seconds: 5 },
      };
}

function readTtl(
  config: Config | undefined,
  source: BuiltInSource,
): HumanDuration {
  const key = `facts.${source}.ttl`;
  return config?.has(key)
    ? readDurationFromConfig(config, { key })
    : DEFAULT_TTL[source];
}

function positive(
  config: Config | undefined,
  key: string,
  fallback: number,
): number {
  const value = config?.getOptionalNumber(key) ?? fallback;
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(
      `goldenPath.${key} must be a whole number above 0, and is ${value}`,
    );
  }
  return value;
}
