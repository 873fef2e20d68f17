import { InputError } from '@backstage/errors';
import {
  segmentsOf,
  withoutCatalogFile,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** What an address of Bitbucket Cloud names. @internal */
export interface BitbucketAddress {
  /** Workspace and slug. */
  name: string;
  /** The branch and the folder, which only Bitbucket can tell apart; empty when it names none. */
  branchAndFolder: string[];
}

/** Takes an address apart, such as `https://bitbucket.org/workspace/name/src/main/folder/`. @internal */
export function addressOf(url: string): BitbucketAddress {
  const { pathname, searchParams } = new URL(url);
  const [workspace, slug, , ...rest] = segmentsOf(pathname);
  if (!workspace || !slug) {
    throw new InputError(
      `'${url}' is not the address of a repository; one looks like https://bitbucket.org/workspace/name`,
    );
  }
  // An address with a commit says in `at` of which branch it is
  const at = searchParams.get('at');
  const branchAndFolder = at ? [...at.split('/'), ...rest.slice(1)] : rest;
  return {
    name: `${workspace}/${slug.replace(/\.git$/, '')}`,
    branchAndFolder: withoutCatalogFile(branchAndFolder),
  };
}
