import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const waiverConfigSchema = z.object({
  approval: z.enum(['required', 'automatic']).default('required'),
  allowSelfApproval: z.boolean().default(false),
  maxDays: z.number().int().min(1).max(3650).default(180),
});

/** `goldenPath.waivers` with its defaults; config.d.ts documents each. @internal */
export type WaiverConfig = z.infer<typeof waiverConfigSchema>;

/** Reads `goldenPath.waivers`. Throws an error naming the key when a value makes no sense. @internal */
export function readWaiverConfig(root: RootConfigService): WaiverConfig {
  const key = 'goldenPath.waivers';
  const config = root.getOptionalConfig(key);
  const result = waiverConfigSchema.safeParse({
    approval: config?.getOptionalString('approval'),
    // These two also read what a text from the environment says
    allowSelfApproval: config?.getOptionalBoolean('allowSelfApproval'),
    maxDays: config?.getOptionalNumber('maxDays'),
  });
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(`${[key, ...issue.path].join('.')}: ${issue.message}`);
  }
  return result.data;
}
