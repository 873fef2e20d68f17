import type { BuildResult, TemplateProof } from '@goldenpath/engine';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { tailOf } from './buildRow';
import { endGroup, holdGroup } from './spawnProgram';

const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 40_000;
const ASK_EVERY_MS = 100;
const MAX_OUTPUT = 200_000;

type Start = NonNullable<NonNullable<TemplateProof['build']>['start']>;
type Started = NonNullable<BuildResult['start']>;

/** A port nobody listens on now. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/**
 * Starts a built service on a free port, waits until its ready path answers 200, sends SIGTERM and waits for it to end
 * with 0. Everything it started is ended with it.
 */
export async function startService(options: {
  start: Start;
  folder: string;
  env: NodeJS.ProcessEnv;
  readyWithinMs?: number;
}): Promise<Started> {
  const { start, folder, readyWithinMs = READY_WITHIN_MS } = options;
  const port = await freePort();
  const [program, ...args] = start.command;
  const child = spawn(program, args, {
    cwd: folder,
    detached: true,
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...options.env,
      HOST: '127.0.0.1',
      ...start.env,
      PORT: String(port),
    },
  });
  const release = child.pid === undefined ? () => {} : holdGroup(child.pid);
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-MAX_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let ended = false;
  let exitCode: number | null = null;
  let notStarted: string | undefined;
  child.once('error', error => {
    ended = true;
    notStarted = error.message;
  });
  child.once('exit', code => {
    ended = true;
    exitCode = code;
  });

  const began = Date.now();
  const secondsSince = (from: number) =>
    Math.round((Date.now() - from) / 100) / 10;
  const result = (
    outcome: Started['outcome'],
    times: Pick<Started, 'readySeconds' | 'stopSeconds'>,
    reason?: string,
  ): Started => ({
    ...times,
    exitCode,
    outcome,
    ...(reason && { reason }),
    tail: outcome === 'passed' ? '' : tailOf(output, folder),
  });
  try {
    let ready = false;
    while (!ready && !ended && Date.now() - began < readyWithinMs) {
      ready = await answers(`http://127.0.0.1:${port}${start.readyPath}`);
      if (!ready) {
        await pause(ASK_EVERY_MS);
      }
    }
    if (!ready) {
      const reason = ended
        ? notStarted ?? `It ended with ${exitCode} before it was ready`
        : `${start.readyPath} did not answer 200 within ${
            readyWithinMs / 1000
          } s`;
      return result(
        'failed',
        { readySeconds: null, stopSeconds: null },
        reason,
      );
    }
    const readySeconds = secondsSince(began);
    const asked = Date.now();
    // To the program alone: a service must pass the signal on to what it started itself
    child.kill('SIGTERM');
    while (!ended && Date.now() - asked < STOP_WITHIN_MS) {
      await pause(ASK_EVERY_MS);
    }
    const stopSeconds = ended ? secondsSince(asked) : null;
    let reason: string | undefined;
    if (!ended) {
      reason = `It did not end within ${STOP_WITHIN_MS / 1000} s of SIGTERM`;
    } else if (exitCode !== 0) {
      reason = `It ended with ${
        exitCode ?? 'a signal'
      } after SIGTERM, not with 0`;
    } else if (await answers(`http://127.0.0.1:${port}${start.readyPath}`)) {
      reason = 'Something still answers after it ended';
    }
    return result(
      reason ? 'failed' : 'passed',
      { readySeconds, stopSeconds },
      reason,
    );
  } finally {
    endGroup(child.pid, 'SIGKILL');
    release();
  }
}
