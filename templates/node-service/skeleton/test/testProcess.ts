import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A line of the log. */
export type LogLine = { msg: string } & Record<string, unknown>;

const main = new URL('../src/main.ts', import.meta.url).pathname;

/** Starts the service as a process of its own. */
export function run(
  env: Record<string, string>,
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', SHUTDOWN_DRAIN_MS: '50', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the service until it listens, then `use`, then SIGTERM; gives the exit and what was logged. */
export async function serve(
  env: Record<string, string>,
  use: (base: string) => Promise<void>,
): Promise<{ exit: unknown[]; messages: string[]; lines: LogLine[] }> {
  const service = run(env);
  const exited = once(service, 'exit');
  const lines: LogLine[] = [];
  for await (const line of createInterface({ input: service.stdout })) {
    const logged = JSON.parse(line) as LogLine;
    const { msg } = logged;
    lines.push(logged);
    const base = /listening at (http:\S+)/.exec(msg)?.[1];
    if (base !== undefined) {
      try {
        await use(base);
      } finally {
        service.kill('SIGTERM');
      }
    }
  }
  return { exit: await exited, messages: lines.map(line => line.msg), lines };
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
