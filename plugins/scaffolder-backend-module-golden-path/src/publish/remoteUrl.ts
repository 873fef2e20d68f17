import { InputError, NotAllowedError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks an address that a template wants to push to, before anything is sent there.
 *
 * @throws InputError for an address that is not HTTPS (HTTP is taken for loopback only, since a token travels along)
 * or holds credentials; NotAllowedError for a host that `goldenPath.publish.allowedRemotes` does not list.
 */
export function checkRemoteUrl(
  remoteUrl: string,
  allowedRemotes: readonly string[],
): URL {
  let url: URL;
  try {
    url = new URL(remoteUrl);
  } catch {
    throw new InputError('remoteUrl must be an absolute https address');
  }
  if (url.username || url.password) {
    throw new InputError(
      'remoteUrl must hold no credentials: give the token as the secret gitToken',
    );
  }
  const isLocal = url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) {
    throw new InputError(
      `remoteUrl must be an https address, not '${url.protocol}'`,
    );
  }
  if (!allowedRemotes.includes(url.host)) {
    throw new NotAllowedError(
      `Pushing to '${url.host}' is not allowed: add it to goldenPath.publish.allowedRemotes in app-config`,
    );
  }
  return url;
}

/**
 * Addresses of a repository's page and of the files on a branch, for the forges Backstage has integrations for.
 * `contents` ends in a slash, and is `undefined` for any other host.
 */
export function forgePages(options: {
  remoteUrl: URL;
  branch: string;
  integrations: ScmIntegrationRegistry;
}): { repository: string; contents?: string } {
  const { remoteUrl, branch, integrations } = options;
  const repository = remoteUrl.href.replace(/\/+$/, '').replace(/\.git$/, '');
  const folder = {
    github: 'tree',
    gitlab: '-/tree',
    gitea: 'src/branch',
    bitbucketCloud: 'src',
  }[integrations.byUrl(remoteUrl)?.type ?? ''];
  return {
    repository,
    ...(folder && { contents: `${repository}/${folder}/${branch}/` }),
  };
}
