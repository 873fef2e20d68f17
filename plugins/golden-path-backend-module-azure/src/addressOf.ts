import { InputError, NotFoundError } from '@backstage/errors';
import {
  folderOf,
  segmentsOf,
  withoutCatalogFile,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** What an address of Azure DevOps names. @internal */
export interface AzureAddress {
  /** The organization, or the collection with what is in front of it. */
  organization: string;
  /** Address of the organization or collection, without a slash at its end. */
  serverUrl: string;
  project: string;
  repository: string;
  /** Absent when the address names none. */
  branch?: string;
  folder: string;
}

const OLD_HOST = /^([^.]+)\.visualstudio\.com$/;
const CLOUD_HOST = 'dev.azure.com';
const IS_BRANCH = 'GB';

/**
 * Takes an address apart, such as
 * `https://dev.azure.com/organization/project/_git/name?path=/folder&version=GBmain`.
 * @internal
 */
export function addressOf(address: string): AzureAddress {
  const url = new URL(address);
  const segments = segmentsOf(url.pathname);
  const at = segments.indexOf('_git');
  const repository = segments[at + 1];
  if (at < 0 || !repository) {
    throw new InputError(
      `'${address}' is not the address of a repository; one looks like https://dev.azure.com/organization/project/_git/name`,
    );
  }
  const before = segments.slice(0, at);
  const { organization, parts } = organizationOf(url, before);
  const [project = repository] = before.slice(parts);
  if (!organization) {
    throw new InputError(`'${address}' names no organization`);
  }
  return {
    organization,
    serverUrl: [
      originOf(url),
      ...before.slice(0, parts).map(encodeURIComponent),
    ].join('/'),
    project,
    repository,
    branch: branchOf(url),
    folder: folderOf(
      withoutCatalogFile((url.searchParams.get('path') ?? '').split('/')),
    ),
  };
}

/** The organization, and how many parts of the path it takes. A project may be left out when it is called like the repository. */
function organizationOf(
  { host }: URL,
  before: string[],
): { organization: string; parts: number } {
  const old = OLD_HOST.exec(host);
  if (old) {
    const parts = before[0] === 'DefaultCollection' ? 1 : 0;
    return { organization: old[1], parts };
  }
  const parts =
    host !== CLOUD_HOST && (before.length > 2 || before[0] === 'tfs') ? 2 : 1;
  return { organization: before.slice(0, parts).join('/'), parts };
}

/** Only a server of one's own may be without encryption. */
function originOf({ protocol, host }: URL): string {
  const isCloud = host === CLOUD_HOST || OLD_HOST.test(host);
  return `${isCloud ? 'https:' : protocol}//${host}`;
}

function branchOf(url: URL): string | undefined {
  const version = url.searchParams.get('version');
  if (version && !version.startsWith(IS_BRANCH)) {
    throw new NotFoundError(
      `'${url}' names a tag or a commit; changes can only be merged into a branch, as in version=GBmain`,
    );
  }
  return version?.slice(IS_BRANCH.length) || undefined;
}
