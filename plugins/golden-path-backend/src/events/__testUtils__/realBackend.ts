import { ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import createKnex, { Knex } from 'knex';
import { BackendChildJob } from '../../rollouts/__testUtils__/backendChild';

const TOKEN = 'kill-test-token';

/** A backend in a process of its own, which a test may kill and start again. */
export class RealBackend {
  readonly #folder = fs.mkdtempSync(
    path.join(os.tmpdir(), 'golden-path-ingest-'),
  );
  readonly #postgres: Knex | undefined;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, postgres: Knex | undefined) {
    this.#port = port;
    this.#postgres = postgres;
  }

  /** On the given PostgreSQL, or on SQLite in a folder. */
  static async create(options: {
    entities: Entity[];
    postgres?: Knex;
  }): Promise<RealBackend> {
    const backend = new RealBackend(await freePort(), options.postgres);
    backend.#configure(options.entities);
    return backend;
  }

  #configure(entities: Entity[]): void {
    for (const name of ['database', 'paths', 'repositories', 'requests']) {
      fs.mkdirSync(path.join(this.#folder, name));
    }
    const job: BackendChildJob = {
      entities,
      repositories: path.join(this.#folder, 'repositories'),
      requests: path.join(this.#folder, 'requests'),
      remoteUrl: 'http://127.0.0.1:1',
      sourceUrl: 'https://git.example.com',
    };
    this.#write('job.json', job);
    this.#write('config.json', {
      app: { baseUrl: 'http://127.0.0.1:3000', title: 'test' },
      backend: {
        baseUrl: `http://127.0.0.1:${this.#port}`,
        listen: { host: '127.0.0.1', port: this.#port },
        database: this.#database(),
        auth: {
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'test' } },
          ],
        },
      },
      permission: { enabled: false },
      goldenPath: {
        paths: [path.join(this.#folder, 'paths')],
        updates: { notifications: false },
        // What is computed from events is not what is tested
        evaluation: { concurrency: 1 },
      },
    });
  }

  #database(): JsonObject {
    if (!this.#postgres) {
      const directory = path.join(this.#folder, 'database');
      return { client: 'better-sqlite3', connection: { directory } };
    }
    const { host, port, user, password, database } =
      this.#postgres.client.config.connection;
    const connection = { host, port, user, password, database };
    return {
      client: 'pg',
      connection,
      ensureExists: false,
      plugin: { 'golden-path': { connection } },
    };
  }

  #write(name: string, content: object): void {
    fs.writeFileSync(path.join(this.#folder, name), JSON.stringify(content));
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('../../rollouts/__testUtils__/backendChild.ts'),
        '--config',
        path.join(this.#folder, 'config.json'),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          HOME: this.#folder,
          LOG_LEVEL: 'warn',
          NODE_ENV: 'development',
          GOLDEN_PATH_TEST_JOB: path.join(this.#folder, 'job.json'),
        },
      },
    );
    this.#child = child;
    this.#output = '';
    const keep = (data: Buffer) => {
      this.#output = (this.#output + data).slice(-5_000);
    };
    child.stderr.on('data', keep);
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', data => {
        keep(data);
        if (String(data).includes('ready')) {
          resolve();
        }
      });
      child.once('exit', code =>
        reject(new Error(`The backend ended with ${code}: ${this.#output}`)),
      );
    });
  }

  /** At once, as a machine that loses its power. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null) {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  }

  /** Throws when the backend refuses, or is killed before it answers. */
  async post<T>(route: string, body: string): Promise<T> {
    const response = await fetch(
      `http://127.0.0.1:${this.#port}/api/golden-path/v1${route}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/json',
        },
        body,
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${response.status} ${text} ${this.#output}`);
    }
    return JSON.parse(text);
  }

  /** Asks its database, which on SQLite must not be open in the process. */
  async inDatabase<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
    if (this.#postgres) {
      return work(this.#postgres);
    }
    const knex = createKnex({
      client: 'better-sqlite3',
      connection: path.join(this.#folder, 'database', 'golden-path.sqlite'),
      useNullAsDefault: true,
    });
    try {
      return await work(knex);
    } finally {
      await knex.destroy();
    }
  }

  async dispose(): Promise<void> {
    await this.kill();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return port;
}
