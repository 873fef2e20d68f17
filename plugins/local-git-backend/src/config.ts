import { resolve } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_MAX_PUSH_BYTES = 256 * 1024 * 1024;
const DEFAULT_TOKEN_TTL = { hours: 24 };

/** What `localGit` in the app-config says, checked and with its defaults. */
export interface LocalGitSettings {
  /** Absolute path of the folder of the bare repositories. */
  directory: string;
  /** Whether requests from other machines are served. */
  allowRemote: boolean;
  /** Greatest size of one push, in bytes. */
  maxPushBytes: number;
  /** Life of a push token, in milliseconds. */
  tokenTtl: number;
  /** Address of the plugin, `<backend.baseUrl>/api/local-git`, no trailing slash. */
  pluginUrl: string;
}

/**
 * Reads `localGit` and `backend.baseUrl`.
 *
 * @returns `undefined` when the plugin is not enabled
 * @throws InputError when a value is out of range; config's own error, which names the key, when it has a wrong type
 */
export function readLocalGitSettings(
  config: RootConfigService,
): LocalGitSettings | undefined {
  if (!config.getOptionalBoolean('localGit.enabled')) {
    return undefined;
  }
  const maxPushBytes =
    config.getOptionalNumber('localGit.maxPushBytes') ?? DEFAULT_MAX_PUSH_BYTES;
  if (!Number.isSafeInteger(maxPushBytes) || maxPushBytes < 1) {
    throw new InputError(
      `localGit.maxPushBytes must be a whole number of bytes above 0, got ${maxPushBytes}`,
    );
  }
  const tokenTtl = durationToMilliseconds(
    config.has('localGit.tokenTtl')
      ? readDurationFromConfig(config, { key: 'localGit.tokenTtl' })
      : DEFAULT_TOKEN_TTL,
  );
  if (!(tokenTtl > 0)) {
    throw new InputError('localGit.tokenTtl must be longer than nothing');
  }
  const baseUrl = config.getString('backend.baseUrl').replace(/\/+$/, '');
  return {
    directory: resolve(config.getString('localGit.directory')),
    allowRemote: config.getOptionalBoolean('localGit.allowRemote') ?? false,
    maxPushBytes,
    tokenTtl,
    pluginUrl: `${baseUrl}/api/local-git`,
  };
}
