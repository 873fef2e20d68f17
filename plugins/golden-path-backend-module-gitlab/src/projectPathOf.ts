import { InputError } from '@backstage/errors';
import {
  getGitLabIntegrationRelativePath,
  GitLabIntegrationConfig,
} from '@backstage/integration';

/** Before `/-/` in GitLab's own addresses, and before these words in addresses from before there was one. */
const END_OF_PROJECT = /\/(?:-\/|(?:tree|blob|raw|edit)\/)/;

/** The full path of the project that a URL lies in, with its groups, such as `acme/web/shop`. @internal */
export function projectPathOf(
  url: string,
  config: GitLabIntegrationConfig,
): string {
  const root = getGitLabIntegrationRelativePath(config);
  const { pathname } = new URL(url);
  const path = decodeURIComponent(
    pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname,
  );
  const project = path
    .split(END_OF_PROJECT)[0]
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  if (!project.includes('/')) {
    throw new InputError(
      `'${url}' is not the address of a project; one looks like https://gitlab.com/group/name`,
    );
  }
  return project;
}
