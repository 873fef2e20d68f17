import type { Writable } from 'node:stream';

/**
 * Writes all of the input as fast as it is taken, and leaves the stream open. Where the other end was closed it stops:
 * what a process that fails has to say is in its exit code.
 */
export async function writeAll(
  stream: Writable,
  input: Iterable<string | Uint8Array>,
): Promise<void> {
  // Many small pieces go out in one write
  stream.cork();
  for (const chunk of input) {
    if (stream.destroyed) {
      break;
    }
    if (!stream.write(chunk)) {
      stream.uncork();
      await drained(stream);
      stream.cork();
    }
  }
  stream.uncork();
}

async function drained(stream: Writable): Promise<void> {
  if (stream.destroyed || !stream.writableNeedDrain) {
    return;
  }
  await new Promise<void>(resolve => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
