import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = path.resolve(import.meta.dirname, '../../..');

/** Where logs and screenshots of a run go; ignored by git. */
export const reportFolder = path.join(root, 'e2e-report');

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function isFree(url: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(Number(new URL(url).port), 'localhost', () =>
      server.close(() => resolve(true)),
    );
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/**
 * A Backstage started as a user starts it, with ports and a data folder of its own.
 *
 * @remarks
 * Stopping kills the whole process group, as a lost terminal would.
 */
export class Backstage {
  readonly appUrl: string;
  readonly backendUrl: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(options: {
    app: number;
    backend: number;
    data: string;
    config: Record<string, unknown>;
  }) {
    this.appUrl = `http://localhost:${options.app}`;
    this.backendUrl = `http://localhost:${options.backend}`;
    this.#env = {
      ...process.env,
      NODE_ENV: 'development',
      GOLDEN_PATH_APP_PORT: String(options.app),
      GOLDEN_PATH_BACKEND_PORT: String(options.backend),
      GOLDEN_PATH_DATA: options.data,
    };
    for (const [name, value] of Object.entries(options.config)) {
      this.#env[`APP_CONFIG_${name.replaceAll('.', '_')}`] =
        JSON.stringify(value);
    }
    // The runner's own settings must not reach the app
    for (const name of ['NODE_TEST_CONTEXT', 'CI']) {
      delete this.#env[name];
    }
  }

  /** @param options.config - settings over those of app-config.yaml, by their dotted path */
  static async create(options: {
    data: string;
    config?: Record<string, unknown>;
  }): Promise<Backstage> {
    return new Backstage({
      app: await freePort(),
      backend: await freePort(),
      data: options.data,
      config: options.config ?? {},
    });
  }

  /** Runs `npm start` and returns when the app and the backend answer. */
  async start(): Promise<void> {
    await mkdir(reportFolder, { recursive: true });
    const log = createWriteStream(path.join(reportFolder, 'backstage.log'), {
      flags: 'a',
    });
    const child = spawn('npm', ['start'], {
      cwd: root,
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const deadline = Date.now() + 240_000;
    const urls = [
      this.appUrl,
      `${this.backendUrl}/.backstage/health/v1/readiness`,
    ];
    for (const url of urls) {
      while (!(await answers(url))) {
        if (child.exitCode !== null || Date.now() > deadline) {
          throw new Error(
            `Backstage did not start at ${url}; see e2e-report/backstage.log`,
          );
        }
        await sleep(500);
      }
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null) {
      return;
    }
    const exited = new Promise(resolve => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGTERM');
    const late = sleep(10_000).then(() => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // The group is gone already
      }
    });
    await Promise.race([exited, late]);
    // App and backend are grandchildren: their ports must be free before the next start
    for (const url of [this.appUrl, this.backendUrl]) {
      while (!(await isFree(url))) {
        await sleep(200);
      }
    }
    this.#process = undefined;
  }

  /** A token of the guest, as the browser gets one. */
  async guestToken(): Promise<string> {
    const response = await fetch(`${this.backendUrl}/api/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const session = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return session.backstageIdentity.token;
  }
}
