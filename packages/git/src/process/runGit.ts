import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { GitError } from './GitError';
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_TIMEOUT_MILLISECONDS,
  MAX_MESSAGE_LENGTH,
  MAX_STDERR_LENGTH,
} from './runLimits';
import { type GitStart, killGroup, startGit, startProblem } from './startGit';
import { writeAll } from './writeAll';

/** How one git command is run. */
export type GitRun = GitStart & {
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
  const child = startGit(run);
  const output = collect(child, run);
  const stop = (reason: unknown) => {
    output.failed ??= { reason };
    killGroup(child);
  };
  const onAbort = () => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timeout = run.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const timer = setTimeout(() => {
    stop(new GitError(`git ${commandOf(run)} took over ${timeout} ms`));
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

function collect(
  child: ChildProcessWithoutNullStreams,
  run: GitRun,
): Collected {
  const output: Collected = { stdout: [], stderr: '' };
  const most = run.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= most) {
      output.stdout.push(chunk);
    } else if (!output.failed) {
      const message = `git ${commandOf(run)} wrote more than ${most} bytes`;
      output.failed = { reason: new GitError(message) };
      killGroup(child);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
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
    throw new GitError(`git ${commandOf(run)} failed: ${said}`, exitCode);
  }
  return { stdout: Buffer.concat(output.stdout), stderr, exitCode };
}

/** The name of the command, behind settings given to it. */
function commandOf({ args }: GitRun): string | undefined {
  return args.find((arg, at) => arg !== '-c' && args[at - 1] !== '-c');
}

async function feed(
  stdin: ChildProcessWithoutNullStreams['stdin'],
  input: Iterable<string | Uint8Array>,
): Promise<void> {
  stdin.on('error', () => undefined);
  await writeAll(stdin, input);
  stdin.end();
}
