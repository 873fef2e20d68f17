import { InputError, NotFoundError } from '@backstage/errors';
import { GiteaIntegrationConfig } from '@backstage/integration';
import {
  segmentsOf,
  withoutCatalogFile,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** What an address of Gitea names. @internal */
export interface GiteaAddress {
  owner: string;
  repo: string;
  /** The branch and the folder, which only Gitea can tell apart; empty when it names none. */
  branchAndFolder: string[];
}

const NO_BRANCH = ['tag', 'commit'];

/** Takes an address apart, such as `https://gitea.example.com/owner/name/src/branch/main/folder/`. @internal */
export function addressOf(
  url: string,
  config: GiteaIntegrationConfig,
): GiteaAddress {
  const root = new URL(config.baseUrl ?? `https://${config.host}`).pathname;
  const { pathname } = new URL(url);
  const prefix = root.replace(/\/+$/, '');
  const [owner, name, , kind, ...rest] = segmentsOf(
    pathname.startsWith(`${prefix}/`)
      ? pathname.slice(prefix.length)
      : pathname,
  );
  const repo = name?.replace(/\.git$/, '');
  if (!owner || !repo) {
    throw new InputError(
      `'${url}' is not the address of a repository; one looks like https://${config.host}/owner/name`,
    );
  }
  if (NO_BRANCH.includes(kind)) {
    throw new NotFoundError(
      `'${url}' names a ${kind}; changes can only be merged into a branch, as in src/branch/main`,
    );
  }
  return { owner, repo, branchAndFolder: withoutCatalogFile(rest) };
}
