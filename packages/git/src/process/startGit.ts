import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './gitEnvironment';
import { GitError } from './GitError';

/** How a git process is started. */
export type GitStart = {
  /** The command and its arguments. Anything from outside stands after `--` or `--end-of-options`. */
  args: readonly string[];
  /** The repository: the folder git would call `.git`. */
  gitDir?: string;
  /** Where the process stands; the repository if there is one. */
  directory?: string;
  /** The whole environment, {@link gitEnvironment} if absent. */
  environment?: Record<string, string>;
};

/** Starts git without a shell, in a group of its own, so that what it starts is stopped with it. */
export function startGit(start: GitStart): ChildProcessWithoutNullStreams {
  const { args, gitDir, directory = gitDir, environment } = start;
  return spawn('git', [...(gitDir ? [`--git-dir=${gitDir}`] : []), ...args], {
    cwd: directory,
    env: environment ?? gitEnvironment(),
    stdio: 'pipe',
    detached: true,
  });
}

/** Stops a process and all that it started, at once. */
export function killGroup(child: ChildProcessWithoutNullStreams): void {
  // Without a pid nothing was started, and 0 would name the group of this process
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Says what to do where git is missing; any other error is left as it is. */
export function startProblem(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException)?.code === 'ENOENT') {
    return new GitError(
      'git could not be started: install git 2.38 or newer and put it on the PATH',
    );
  }
  return error;
}
