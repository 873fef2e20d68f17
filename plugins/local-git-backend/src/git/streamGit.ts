import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { gitEnvironment } from './gitEnvironment';
import { GitError } from './runGit';

const MAX_MESSAGE_LENGTH = 500;

/**
 * The standard output of one git command as a stream. The process starts at the first read, so that a stream nobody
 * reads costs nothing, and is stopped when the stream is destroyed.
 *
 * The stream fails with a GitError when git does.
 */
export function streamGit(options: {
  directory: string;
  args: string[];
}): Readable {
  return Readable.from(outputOf(options), { objectMode: false });
}

async function* outputOf(options: { directory: string; args: string[] }) {
  const child = spawn('git', options.args, {
    env: gitEnvironment({ directory: options.directory }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(0, MAX_MESSAGE_LENGTH);
  });
  const ended = new Promise<{ code: number | null; error?: Error }>(resolve => {
    child.on('error', error => resolve({ code: null, error }));
    child.on('close', code => resolve({ code }));
  });
  try {
    yield* child.stdout;
    const { code, error } = await ended;
    if (code !== 0) {
      throw new GitError(
        `git failed: ${said.trim() || error?.message || `exit ${code}`}`,
        code ?? undefined,
      );
    }
  } finally {
    child.kill();
  }
}
