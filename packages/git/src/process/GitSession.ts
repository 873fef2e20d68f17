import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { GitError } from './GitError';
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  DEFAULT_TIMEOUT_MILLISECONDS,
  MAX_MESSAGE_LENGTH,
  MAX_STDERR_LENGTH,
} from './runLimits';
import { type GitStart, killGroup, startGit, startProblem } from './startGit';
import { writeAll } from './writeAll';

/** No end of an answer is longer. */
const MAX_END_LENGTH = 256;

type Waiting = {
  until: Buffer;
  resolve: (output: Buffer) => void;
  reject: (reason: unknown) => void;
};

/** How a git process that stays is run. The time and the signal are those of each question. */
export type GitSessionOptions = GitStart & {
  timeoutMilliseconds?: number;
  maxOutputBytes?: number;
  signal?: AbortSignal;
};

/**
 * A git process that stays, and answers one question after the other.
 *
 * It is stopped when an answer takes too long, is too large, or the signal says so; whatever ended it, every further
 * question fails with the same reason. It ends with this process, and does not keep this process from ending.
 */
export class GitSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<void>;
  #output: Buffer[] = [];
  #size = 0;
  #recent = Buffer.alloc(0);
  #stderr = '';
  #waiting: Waiting | undefined;
  #failed: { reason: unknown } | undefined;

  constructor(private readonly options: GitSessionOptions) {
    const child = startGit(options);
    this.#child = child;
    this.#ended = new Promise(resolve => {
      child.on('error', error => {
        this.#fail(startProblem(error));
        resolve();
      });
      child.on('close', code => {
        this.#fail(this.#endedWith(code ?? undefined));
        resolve();
      });
    });
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(0, MAX_STDERR_LENGTH);
    });
    this.#hold(false);
  }

  /**
   * Asks one question. The next one must wait for the answer.
   *
   * @param until - how the answer ends: it must not occur before, so something that nobody can guess
   * @returns the answer with its end; what came after it begins the next one
   * @throws GitError when the process ended, takes too long or says too much; the signal's reason when aborted
   */
  async ask(
    input: Iterable<string | Uint8Array>,
    until: string,
  ): Promise<Buffer> {
    const { signal, timeoutMilliseconds = DEFAULT_TIMEOUT_MILLISECONDS } =
      this.options;
    signal?.throwIfAborted();
    if (this.#failed) {
      throw this.#failed.reason;
    }
    if (this.#waiting) {
      throw new GitError(`git ${this.#name} is asked two things at once`);
    }
    const answer = new Promise<Buffer>((resolve, reject) => {
      this.#waiting = { until: Buffer.from(until), resolve, reject };
    });
    const onAbort = () => this.#stop(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => {
      const message = `git ${this.#name} took over ${timeoutMilliseconds} ms`;
      this.#stop(new GitError(message));
    }, timeoutMilliseconds);
    this.#hold(true);
    try {
      const [output] = await Promise.all([
        answer,
        writeAll(this.#child.stdin, input),
      ]);
      return output;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#hold(false);
    }
  }

  /** Stops the process, and waits until it has ended. */
  async end(): Promise<void> {
    this.#stop(new GitError(`git ${this.#name} was stopped`));
    this.#hold(true);
    await this.#ended;
  }

  get #name(): string {
    return this.options.args[0];
  }

  #take(chunk: Buffer): void {
    // The end of an answer may have begun in what came before
    const recent = Buffer.concat([this.#recent, chunk]);
    this.#recent = recent.subarray(-MAX_END_LENGTH);
    this.#output.push(chunk);
    this.#size += chunk.length;
    const { maxOutputBytes: most = DEFAULT_MAX_OUTPUT_BYTES } = this.options;
    if (this.#size > most) {
      this.#stop(
        new GitError(`git ${this.#name} wrote more than ${most} bytes`),
      );
      return;
    }
    const { until = '', resolve } = this.#waiting ?? {};
    const found = resolve ? recent.indexOf(until) : -1;
    if (found >= 0) {
      const output = Buffer.concat(this.#output);
      const end = output.length - recent.length + found + until.length;
      // A copy, so that what begins the next answer does not keep this one in memory
      this.#begin(Buffer.from(output.subarray(end)));
      this.#waiting = undefined;
      resolve?.(output.subarray(0, end));
    }
  }

  #begin(output: Buffer): void {
    this.#output = [output];
    this.#size = output.length;
    this.#recent = output.subarray(-MAX_END_LENGTH);
  }

  #stop(reason: unknown): void {
    this.#fail(reason);
    killGroup(this.#child);
  }

  #fail(reason: unknown): void {
    this.#failed ??= { reason };
    this.#waiting?.reject(this.#failed.reason);
    this.#waiting = undefined;
    this.#begin(Buffer.alloc(0));
  }

  #endedWith(exitCode: number | undefined): GitError {
    const said =
      this.#stderr.trim().slice(0, MAX_MESSAGE_LENGTH) ||
      `exit code ${exitCode}`;
    return new GitError(`git ${this.#name} failed: ${said}`, exitCode);
  }

  /** Whether this process is kept from ending as long as that one runs. */
  #hold(isHeld: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    const change = isHeld ? 'ref' : 'unref';
    this.#child[change]();
    for (const pipe of [stdin, stdout, stderr]) {
      if (pipe instanceof Socket) {
        pipe[change]();
      }
    }
  }
}
