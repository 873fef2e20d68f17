import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** How updates are proposed; config.d.ts documents each setting. @internal */
export interface UpdateConfig {
  /** Of the commits. */
  author: { name: string; email: string };
  notifications: boolean;
}

const NAME_AND_EMAIL = /^[^<>\p{Cc}]+$/u;

/** Reads `goldenPath.updates`. Throws an `InputError` naming the key when a value makes no sense. @internal */
export function readUpdateConfig(root: RootConfigService): UpdateConfig {
  const config = root.getOptionalConfig('goldenPath.updates');
  const text = (key: string, fallback: string) => {
    const value = config?.getOptionalString(key)?.trim() ?? fallback;
    if (!NAME_AND_EMAIL.test(value)) {
      throw new InputError(
        `goldenPath.updates.${key} must be on one line and without < and >`,
      );
    }
    return value;
  };
  return {
    author: {
      name: text('author.name', 'Golden Path'),
      email: text('author.email', 'golden-path@localhost'),
    },
    notifications: config?.getOptionalBoolean('notifications') ?? true,
  };
}
