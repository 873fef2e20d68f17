import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { gitEnvironment } from './gitEnvironment';
import { GitError } from './GitError';

const DEFAULT_TIMEOUT_MILLISECONDS = 60_000;
const DEFAULT_MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const MAX_MESSAGE_LENGTH = 1000;
const MAX_STDERR_LENGTH = 64 * 1024;

/** How one git command is run. */
export type GitRun = {
  /** The command and its arguments. Anything from outside stands after `--` or `--end-of-options`. */
  args: readonly string[];
  /** The repository: the folder git would call `.git`. */
  gitDir?: string;
  /** Where the process stands; the repository if there is one. */
  directory?: string;
  /** The whole environment, {@link gitEnvironment} if absent. */
  environment?: Record<string, string>;
  /** What the process reads. */
  input?: Iterable<string | Uint8Array>;
  /** Exit codes that are no failure; 0 if absent. */
  allowedExitCodes?: readonly number[];
  timeoutMilliseconds?: number;
  maxOutputBytes?: number;
  /** Takes secrets out of what git says, before any of it gets into an error. */
  redact?: (text: string) => string;
  signal?: AbortSignal;
};

/** What a git command wrote, and how it ended. */
export type GitOutput = {
  stdout: Buffer;
  /** The beginning of what it said to people. */
  stderr: string;
  exitCode: number;
};

/**
 * Runs one git command to its end, without a shell.
 *
 * @throws GitError when git is missing, fails, says more than it may or takes too long; the signal's reason when aborted
 */
export async function runGit(run: GitRun): Promise<GitOutput> {
  const { signal } = run;
  signal?.throwIfAborted();
  const child = spawn(
    'git',
    [...(run.gitDir ? [`--git-dir=${run.gitDir}`] : []), ...run.args],
    {
      cwd: run.directory ?? run.gitDir,
      env: run.environment ?? gitEnvironment(),
      stdio: 'pipe',
      // A group of its own, so that what git starts is stopped with it
      detached: true,
    },
  );
  const output = collect(child, run);
  const stop = (reason: unknown) => {
    output.failed ??= { reason };
    killGroup(child);
  };
  const onAbort = () => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timeout = run.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const timer = setTimeout(() => {
    stop(new GitError(`git ${run.args[0]} took over ${timeout} ms`));
  }, timeout);
  try {
    const ended = new Promise<number | undefined>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve(code ?? undefined));
    });
    const [exitCode] = await Promise.all([
      ended,
      feed(child.stdin, run.input ?? []),
    ]);
    return resultOf({ run, output, exitCode });
  } catch (error) {
    throw startProblem(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** As {@link runGit}, for output that is text. */
export async function runGitText(run: GitRun): Promise<string> {
  return (await runGit(run)).stdout.toString('utf8');
}

type Collected = {
  stdout: Buffer[];
  stderr: string;
  failed?: { reason: unknown };
};

function collect(child: ChildProcess, run: GitRun): Collected {
  const output: Collected = { stdout: [], stderr: '' };
  const most = run.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= most) {
      output.stdout.push(chunk);
    } else if (!output.failed) {
      const message = `git ${run.args[0]} wrote more than ${most} bytes`;
      output.failed = { reason: new GitError(message) };
      killGroup(child);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr = (output.stderr + text).slice(0, MAX_STDERR_LENGTH);
  });
  return output;
}

function resultOf(options: {
  run: GitRun;
  output: Collected;
  exitCode: number | undefined;
}): GitOutput {
  const { run, output, exitCode } = options;
  if (output.failed) {
    throw output.failed.reason;
  }
  const { allowedExitCodes = [0], redact = text => text } = run;
  // Redacted first: a secret that was cut in two would not be found
  const stderr = redact(output.stderr).trim().slice(0, MAX_MESSAGE_LENGTH);
  if (exitCode === undefined || !allowedExitCodes.includes(exitCode)) {
    const said = stderr || `exit code ${exitCode}`;
    throw new GitError(`git ${run.args[0]} failed: ${said}`, exitCode);
  }
  return { stdout: Buffer.concat(output.stdout), stderr, exitCode };
}

async function feed(
  stdin: Writable,
  input: Iterable<string | Uint8Array>,
): Promise<void> {
  let open = true;
  // A process that fails closes its input; what it has to say is in its exit code
  stdin.on('error', () => {
    open = false;
  });
  const closed = once(stdin, 'close').catch(() => undefined);
  // Many small pieces go out in one write
  stdin.cork();
  for (const chunk of input) {
    if (!open) {
      break;
    }
    if (!stdin.write(chunk)) {
      stdin.uncork();
      await Promise.race([once(stdin, 'drain').catch(() => undefined), closed]);
      stdin.cork();
    }
  }
  stdin.end();
}

function killGroup(child: ChildProcess): void {
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

function startProblem(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException)?.code === 'ENOENT') {
    return new GitError(
      'git could not be started: install git 2.38 or newer and put it on the PATH',
    );
  }
  return error;
}
