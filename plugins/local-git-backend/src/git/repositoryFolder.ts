import { stat } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';

/** A repository on disk: what every git operation takes. */
export interface RepositoryFolder {
  /** Folder of all bare repositories. */
  directory: string;
  /** Absolute path of this one. */
  gitDir: string;
}

/**
 * Where the repository `name` is, whether it exists or not.
 *
 * @throws InputError when the name is not one a repository can have
 */
export function repositoryFolder(options: {
  directory: string;
  name: string;
}): RepositoryFolder {
  const { directory, name } = options;
  const parsed = repositoryNameSchema.safeParse(name);
  if (!parsed.success) {
    throw new InputError(parsed.error.issues[0].message);
  }
  return {
    directory,
    gitDir: resolveSafeChildPath(directory, `${parsed.data}.git`),
  };
}

/** Whether there is a repository in the folder. */
export async function repositoryExists(
  folder: RepositoryFolder,
): Promise<boolean> {
  try {
    return (await stat(folder.gitDir)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/**
 * The folder of a repository that exists.
 *
 * @throws InputError for an impossible name, NotFoundError when there is no such repository
 */
export async function existingRepositoryFolder(options: {
  directory: string;
  name: string;
}): Promise<RepositoryFolder> {
  const folder = repositoryFolder(options);
  if (!(await repositoryExists(folder))) {
    throw new NotFoundError(`There is no repository '${options.name}'`);
  }
  return folder;
}
