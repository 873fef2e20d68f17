import type {
  DiscoveryService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import type { SourceFile } from '@goldenpath/engine';
import { readFolder, SizeBudget } from '../fetch/readFolder';
import { plannedRepository } from '../publish/destination';

/** Largest repository that is looked through. */
const REPOSITORY_LIMITS = { files: 20_000, bytes: 300 * 1024 * 1024 };

/** The address of a repository's files: of one that local-git serves by its name, any other as it is. */
export async function repositoryUrl(
  repository: string,
  discovery: DiscoveryService,
): Promise<string> {
  if (repositoryNameSchema.safeParse(repository).success) {
    return (await plannedRepository(repository, discovery)).treeUrl;
  }
  if (!/^https?:\/\/[^/]/.test(repository)) {
    throw new InputError(
      `repository: '${repository}' is neither the name of a repository of this Backstage nor the address of one`,
    );
  }
  return repository;
}

/**
 * Reads all files of a repository, with the rights Backstage itself has there.
 *
 * @throws InputError when it cannot be read or is too large.
 */
export async function readRepository(options: {
  url: string;
  reader: UrlReaderService;
  temporaryFolder: () => Promise<string>;
}): Promise<SourceFile[]> {
  const { url, reader } = options;
  const root = await options.temporaryFolder();
  const budget = new SizeBudget(REPOSITORY_LIMITS, 'repository');
  try {
    const tree = await reader.readTree(url, {
      filter: (_, info) => {
        budget.add(info?.size ?? 0);
        return true;
      },
    });
    await tree.dir({ targetDir: root });
  } catch (error) {
    throw new InputError(`The repository ${url} cannot be read: ${error}`);
  }
  const files = await readFolder(
    root,
    new SizeBudget(REPOSITORY_LIMITS, 'repository'),
  );
  if (files.length === 0) {
    throw new InputError(
      `The repository ${url} has no files: create a service from a template instead`,
    );
  }
  return files;
}
