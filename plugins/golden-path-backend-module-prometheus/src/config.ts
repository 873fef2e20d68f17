import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const KEY = 'goldenPath.prometheus';

const text = z.string().min(1).max(2_048);
const amount = z.number().nonnegative().optional();

const querySchema = z.strictObject({
  objective: text,
  target: z.number().gt(0).lt(1),
  periodDays: z.number().positive().max(366).default(28),
  bad: text.includes('$window'),
  valid: text.includes('$window'),
});

const serverSchema = z.strictObject({
  name: text,
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine(
      url => new URL(url).username === '' && new URL(url).password === '',
      'must not hold a user or password; use token or headers',
    )
    .transform(url => new URL(url.replace(/\/*$/, '/'))),
  token: text.optional(),
  headers: z.record(z.string(), z.string()).default({}),
  timeout: z
    .strictObject({
      ...{ minutes: amount, seconds: amount, milliseconds: amount },
    })
    .default({ seconds: 15 })
    .transform(durationToMilliseconds)
    .refine(ms => ms > 0 && ms <= 60_000, 'must be at most a minute'),
  dashboardUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional(),
  environment: text.default('production'),
  queries: z.array(querySchema).max(20).default([]),
});

const configSchema = z
  .array(serverSchema)
  .min(1)
  .max(50)
  .refine(
    servers => new Set(servers.map(({ name }) => name)).size === servers.length,
    'must not give two servers the same name',
  );

/** A Prometheus that may be asked; `timeout` in milliseconds. @internal */
export type PrometheusServer = z.infer<typeof serverSchema>;

/** An objective of the configuration. @internal */
export type ObjectiveQuery = z.infer<typeof querySchema>;

/**
 * Reads `goldenPath.prometheus`; none when it is not there.
 *
 * @throws InputError naming the setting that cannot be used.
 * @internal
 */
export function readPrometheusConfig(
  config: RootConfigService,
): PrometheusServer[] {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return [];
  }
  const { success, data, error } = configSchema.safeParse(given);
  if (!success) {
    const issues = error.issues.map(({ path, message }) =>
      [KEY, ...path.map(String)].join('.').concat(`: ${message}`),
    );
    throw new InputError(issues.join('\n'));
  }
  return data;
}
