import { stat } from 'node:fs/promises';
import { userEnvironment } from '../process/gitEnvironment';
import { GitError } from '../process/GitError';
import { runGit } from '../process/runGit';
import { checkFilePath } from '../repository/filePath';

/** A repository of the machine's user. */
export type LocalRepository = {
  /** The folder git would call `.git`. */
  gitDir: string;
  /** Absent for a bare repository. */
  workTree?: {
    root: string;
    /** Where the folder asked for is in it: empty, or with a slash at its end. */
    prefix: string;
  };
};

/**
 * Finds the repository a folder is in, by the user's own configuration: whom git trusts is the user's decision.
 *
 * @returns `undefined` when it is in none
 * @throws GitError when there is no such folder, or git refuses the repository because it is another user's
 */
export async function findRepository(
  directory: string,
): Promise<LocalRepository | undefined> {
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new GitError(`${directory} is not a folder`);
  }
  const first = await revParse(directory, [
    '--is-inside-work-tree',
    '--absolute-git-dir',
  ]);
  if (!first) {
    return undefined;
  }
  const [insideWorkTree, gitDir] = first;
  if (insideWorkTree !== 'true') {
    return { gitDir };
  }
  const second = await revParse(directory, [
    '--show-toplevel',
    '--show-prefix',
  ]);
  const [root = directory, prefix = ''] = second ?? [];
  return { gitDir, workTree: { root, prefix } };
}

/**
 * As {@link findRepository}, for what cannot do without.
 *
 * @throws GitError also when there is none
 */
export async function openRepository(
  directory: string,
): Promise<LocalRepository> {
  const repository = await findRepository(directory);
  if (!repository) {
    throw new GitError(`${directory} is not in a git repository`);
  }
  return repository;
}

/**
 * The name of the commit a revision stands for.
 *
 * @returns `undefined` when there is none
 */
export async function resolveCommit(
  repository: LocalRepository,
  revision: string,
): Promise<string | undefined> {
  return resolveObject(repository, `${revision}^{commit}`);
}

/**
 * The name of a folder's tree.
 *
 * @param folder - from the repository's root; `undefined`, empty or `.` for the root itself
 * @returns `undefined` when there is no such folder
 */
export async function findTree(
  repository: LocalRepository,
  commit: string,
  folder: string | undefined,
): Promise<string | undefined> {
  const path = folder?.replace(/\/+$/, '') ?? '';
  if (path === '' || path === '.') {
    return resolveObject(repository, `${commit}^{tree}`);
  }
  checkFilePath(path);
  // Not `<commit>:<path>^{tree}`: that would be part of the path
  const object = await resolveObject(repository, `${commit}:${path}`);
  return object && resolveObject(repository, `${object}^{tree}`);
}

async function resolveObject(
  repository: LocalRepository,
  name: string,
): Promise<string | undefined> {
  if (name.includes('\0')) {
    return undefined;
  }
  const { stdout, exitCode } = await runGit({
    gitDir: repository.gitDir,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', name],
    allowedExitCodes: [0, 1, 128],
  });
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}

async function revParse(
  directory: string,
  questions: readonly string[],
): Promise<string[] | undefined> {
  const { stdout, stderr, exitCode } = await runGit({
    directory,
    environment: userEnvironment(),
    args: ['rev-parse', ...questions],
    allowedExitCodes: [0, 128],
  });
  if (exitCode === 0) {
    return stdout.toString('utf8').split('\n');
  }
  if (stderr.includes('not a git repository')) {
    return undefined;
  }
  if (stderr.includes('dubious ownership')) {
    throw new GitError(
      `The repository of ${directory} belongs to another user, and git does not open it. If you trust it: git config --global --add safe.directory '${directory}'`,
      exitCode,
    );
  }
  throw new GitError(`git rev-parse failed: ${stderr}`, exitCode);
}
