/** Branch that `HEAD` of every served repository names. */
export const DEFAULT_BRANCH = 'main';

/** What the names of branches begin with that plugins push; users may push there too. */
export const PLUGIN_BRANCHES = 'golden-path/';

/** Where one repository is reached. */
export interface RepositoryAddresses {
  /** What `git clone` takes. */
  cloneUrl: string;
  /** Every address of a file of the repository starts with it; ends in a slash. */
  filesUrl: string;
  /** The files on the default branch; ends in a slash. */
  treeUrl: string;
}

/** The addresses of the repository `name` under the plugin's own address. */
export function addressesOf(options: {
  pluginUrl: string;
  name: string;
}): RepositoryAddresses {
  const filesUrl = `${options.pluginUrl}/repositories/${options.name}/`;
  return {
    cloneUrl: `${options.pluginUrl}/git/${options.name}.git`,
    filesUrl,
    treeUrl: `${filesUrl}tree/${DEFAULT_BRANCH}/`,
  };
}

/** The page on which people look at a change request; `appUrl` has no trailing slash. */
export function requestPage(options: {
  appUrl: string;
  name: string;
  number: number;
}): string {
  const { appUrl, name, number } = options;
  return `${appUrl}/golden-paths/repositories/${name}/requests/${number}`;
}
