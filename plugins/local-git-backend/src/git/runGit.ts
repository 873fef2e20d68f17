import { execFile } from 'node:child_process';
import { gitEnvironment } from './gitEnvironment';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60_000;
const MAX_MESSAGE_LENGTH = 500;

/** A git command that did not succeed. */
export class GitError extends Error {
  readonly name = 'GitError';

  constructor(
    message: string,
    /** What the process exited with; `undefined` when it did not start or was stopped. */
    readonly exitCode: number | undefined,
    /** Standard output up to then. */
    readonly output: Buffer = Buffer.alloc(0),
  ) {
    super(message);
  }
}

/**
 * Runs one git command to its end, without a shell.
 *
 * @param options.directory - folder of the bare repositories
 * @param options.args - arguments, the command first; anything from outside must stand after `--` or `--end-of-options`
 * @param options.environment - further variables, such as the author of a commit
 * @returns standard output
 * @throws GitError when git fails, writes more than 64 MiB or takes longer than a minute
 */
export function runGit(options: {
  directory: string;
  args: string[];
  environment?: Record<string, string>;
}): Promise<Buffer> {
  const { directory, args, environment } = options;
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      args,
      {
        env: { ...gitEnvironment({ directory }), ...environment },
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: TIMEOUT_MILLISECONDS,
      },
      (error, stdout, stderr) => {
        if (!error) {
          resolve(stdout);
          return;
        }
        const said = stderr.toString('utf8').trim() || error.message;
        reject(
          new GitError(
            `git failed: ${said.slice(0, MAX_MESSAGE_LENGTH)}`,
            typeof error.code === 'number' ? error.code : undefined,
            stdout,
          ),
        );
      },
    );
  });
}
