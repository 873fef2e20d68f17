import { Readable } from 'node:stream';

const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = /\r?\n\r?\n/;

/** Status and headers with which a CGI program begins its answer (RFC 3875, section 6.3). */
export interface CgiHead {
  status: number;
  headers: [name: string, value: string][];
}

/**
 * Takes the head off the output of a CGI program.
 *
 * @returns the head, and the part of the body that was read with it; the stream is paused at the rest
 * @throws Error when the output ends, or 64 KiB passed, before the head is whole
 */
export function takeCgiHead(
  output: Readable,
): Promise<{ head: CgiHead; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let read = Buffer.alloc(0);
    function stop() {
      output.pause();
      output.off('data', onData).off('error', fail);
      output.off('end', onEnd).off('close', onEnd);
    }
    function fail(error: Error) {
      stop();
      reject(error);
    }
    function onEnd() {
      fail(new Error('git http-backend ended before it answered'));
    }
    function onData(chunk: Buffer) {
      read = Buffer.concat([read, chunk]);
      const text = read.toString('latin1');
      const end = HEAD_END.exec(text);
      if (end) {
        stop();
        const rest = read.subarray(end.index + end[0].length);
        resolve({ head: parseHead(text.slice(0, end.index)), rest });
      } else if (read.length > MAX_HEAD_BYTES) {
        fail(new Error('git http-backend sent headers without end'));
      }
    }
    output.on('data', onData).on('error', fail);
    output.on('end', onEnd).on('close', onEnd);
  });
}

function parseHead(text: string): CgiHead {
  const head: CgiHead = { status: 200, headers: [] };
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (colon > 0 && name.toLocaleLowerCase('en-US') === 'status') {
      const status = Number.parseInt(value, 10);
      head.status = status >= 200 && status <= 599 ? status : 502;
    } else if (colon > 0) {
      head.headers.push([name, value]);
    }
  }
  return head;
}
