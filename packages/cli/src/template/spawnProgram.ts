import { spawn } from 'node:child_process';

const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;
const GRACE_MS = 2_000;

/** What a program said and how it ended. */
export interface Spawned {
  /** `null` when it was ended from outside. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Both streams in the order in which they came. */
  output: string;
  timedOut: boolean;
}

/** The program could not be started at all. */
export class NotStarted extends Error {}

/** A text without the colours of a terminal. */
export function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

/** Ends a program with everything it started. */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals) {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal);
    }
  } catch {
    // Ended already
  }
}

/** Groups that are running, so that Ctrl-C leaves none behind. */
const running = new Set<number>();

function endAll() {
  running.forEach(pid => endGroup(pid, 'SIGKILL'));
}

process.once('exit', endAll);

/** Keeps a group until `release` and ends what is left of it. */
export function holdGroup(pid: number): () => void {
  running.add(pid);
  return () => {
    running.delete(pid);
    endGroup(pid, 'SIGKILL');
  };
}

/**
 * Runs a program to its end, without a shell and in a process group of its own, which is ended with it.
 *
 * @throws NotStarted when there is no such program.
 */
export function spawnProgram(
  command: string,
  args: readonly string[],
  options: {
    cwd: string;
    env: NodeJS.ProcessEnv;
    timeoutMs: number;
    input?: string;
  },
): Promise<Spawned> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      shell: false,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const release = child.pid === undefined ? () => {} : holdGroup(child.pid);
    const streams = { stdout: '', stderr: '' };
    let output = '';
    let timedOut = false;
    const keep = (name: keyof typeof streams) => (chunk: string) => {
      if (output.length < MAX_OUTPUT_BYTES) {
        streams[name] += chunk;
        output += chunk;
      }
    };
    child.stdout.setEncoding('utf8').on('data', keep('stdout'));
    child.stderr.setEncoding('utf8').on('data', keep('stderr'));
    // A program that ends before it has read everything is no failure of ours
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid, 'SIGTERM');
      setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
    }, options.timeoutMs);
    child.once('error', error => {
      clearTimeout(timer);
      release();
      reject(
        new NotStarted(`${command} could not be started: ${error.message}`),
      );
    });
    child.once('exit', () => {
      // What the program left behind would hold its streams open for ever
      setTimeout(release, GRACE_MS).unref();
    });
    child.once('close', code => {
      clearTimeout(timer);
      release();
      resolve({ code, ...streams, output, timedOut });
    });
  });
}
