/** Branch that `HEAD` of every served repository names. */
export const DEFAULT_BRANCH = 'main';

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
