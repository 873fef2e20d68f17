import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const KEY = 'goldenPath.techInsights';

const amount = z.number().nonnegative().optional();

const configSchema = z
  .strictObject({
    maxAge: z
      .strictObject({
        years: amount,
        months: amount,
        weeks: amount,
        days: amount,
        hours: amount,
        minutes: amount,
        seconds: amount,
        milliseconds: amount,
      })
      .default({ days: 7 })
      .transform(durationToMilliseconds)
      .refine(ms => ms > 0, 'must be longer than nothing'),
    retrievers: z.array(z.string().min(1)).min(1).max(200).optional(),
  })
  .prefault({});

/** Settings of the reader of Tech Insights facts; ages in milliseconds. @internal */
export interface TechInsightsConfig {
  maxAgeMs: number;
  retrievers?: string[];
}

/** Reads `goldenPath.techInsights`. @throws InputError naming the setting that cannot be used. @internal */
export function readTechInsightsConfig(
  config: RootConfigService,
): TechInsightsConfig {
  const { success, data, error } = configSchema.safeParse(
    config.getOptional(KEY),
  );
  if (!success) {
    const issues = error.issues.map(({ path, message }) =>
      [KEY, ...path.map(String)].join('.').concat(`: ${message}`),
    );
    throw new InputError(issues.join('\n'));
  }
  return { maxAgeMs: data.maxAge, retrievers: data.retrievers };
}
