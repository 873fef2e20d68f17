import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const KEY = 'goldenPath.unleash';

const text = z.string().min(1).max(2_048);
const amount = z.number().nonnegative().optional();

const configSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine(
      url => new URL(url).username === '' && new URL(url).password === '',
      'must not hold a user or password; use token',
    )
    .transform(url => new URL(url.replace(/\/*$/, '/'))),
  token: text,
  project: text.default('default'),
  environment: text.default('production'),
  timeout: z
    .strictObject({ minutes: amount, seconds: amount, milliseconds: amount })
    .default({ seconds: 15 })
    .transform(durationToMilliseconds)
    .refine(ms => ms > 0 && ms <= 60_000, 'must be at most a minute'),
});

/** Settings of the reader of flags; `timeout` in milliseconds. @internal */
export type UnleashConfig = z.infer<typeof configSchema>;

/**
 * Reads `goldenPath.unleash`; `undefined` when it is not there.
 *
 * @throws InputError naming the setting that cannot be used.
 * @internal
 */
export function readUnleashConfig(
  config: RootConfigService,
): UnleashConfig | undefined {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return undefined;
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
