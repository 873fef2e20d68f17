import fs from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import express from 'express';
import { createCeiling } from '../contenders/ceiling';
import { createOurs } from '../contenders/ours';
import { createTechInsights } from '../contenders/techInsights';
import { DatabaseOptions, openDatabase } from '../database';
import { benchChecks } from '../workload/checks';
import { TOKEN } from './token';

/** What is served, and from where. */
export interface ServerJob {
  serve: 'backstage' | 'techInsights' | 'health';
  database: DatabaseOptions;
  entities: number;
  checks: number;
  /** Of `health`: with a new database, rather than the one that is there. */
  fresh?: boolean;
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Serves until the process is told to stop. Returns the port. */
export async function serve(job: ServerJob): Promise<number> {
  if (job.serve === 'health') {
    const { serveHealth } = await import('../health/healthServer');
    return serveHealth(job);
  }
  return job.serve === 'backstage' ? serveBackstage(job) : servePeer(job);
}

async function servePeer(job: ServerJob): Promise<number> {
  const knex = await openDatabase({ ...job.database, fresh: true });
  const contender = await createTechInsights({
    knex,
    kind: job.database.kind,
    entities: job.entities,
    checks: benchChecks(job.checks),
    history: 0,
  });
  await contender.load(0);
  const app = express();
  app.use(await contender.router());
  const port = await freePort();
  await new Promise<void>(resolve => {
    app.listen(port, '127.0.0.1', () => resolve());
  });
  return port;
}

/** A Backstage backend with the suite's plugin and, as its peer, a plugin with one authorised route that reads one row. */
async function serveBackstage(job: ServerJob): Promise<number> {
  const { folder, kind } = job.database;
  const port = await freePort();
  const directory = path.join(folder, 'backstage');
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  const names = {
    suite: kind === 'SQLite' ? 'golden-path' : 'bench_plugin_golden-path',
    bare: kind === 'SQLite' ? 'bare' : 'bench_plugin_bare',
  };
  const checks = benchChecks(job.checks);
  const context = { kind, entities: job.entities, checks, history: 0 };
  const fill = async (
    name: string,
    create: typeof createOurs | typeof createCeiling,
  ) => {
    const knex = await openDatabase({
      ...job.database,
      folder: directory,
      name,
      fresh: true,
    });
    const contender = await create({ ...context, knex });
    await contender.load(0);
    await contender.pass();
    await knex.destroy();
    return contender;
  };
  const ours = (await fill(names.suite, createOurs)) as Awaited<
    ReturnType<typeof createOurs>
  >;
  await fill(names.bare, createCeiling);
  const pathFile = path.join(directory, 'path.yaml');
  fs.writeFileSync(pathFile, JSON.stringify(ours.path.path));
  process.argv.push(
    '--config',
    writeConfig({ job, port, directory, pathFile }),
  );
  process.env.LOG_LEVEL = 'error';
  // Read only once the configuration is in place
  const { createBackend } = await import('@backstage/backend-defaults');
  const { barePlugin } = await import('./barePlugin');
  const suite = await import('../contenders/suitePlugin');
  const backend = createBackend();
  backend.add(suite.goldenPathPlugin);
  backend.add(barePlugin);
  await backend.start();
  return port;
}

/** Writes the configuration of a backend. Returns its file. */
export function writeConfig(options: {
  job: ServerJob;
  port: number;
  directory: string;
  pathFile: string;
}): string {
  const { job, port, directory, pathFile } = options;
  const { kind, postgresUrl } = job.database;
  const file = path.join(directory, 'app-config.json');
  const url = new URL(postgresUrl);
  const config = {
    app: { baseUrl: 'http://127.0.0.1:3000', title: 'bench' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database:
        kind === 'SQLite'
          ? { client: 'better-sqlite3', connection: { directory } }
          : {
              client: 'pg',
              prefix: 'bench_plugin_',
              connection: {
                host: url.hostname,
                port: Number(url.port),
                user: url.username,
                password: url.password || 'none',
              },
            },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'bench' } },
        ],
      },
    },
    permission: { enabled: false },
    goldenPath: {
      paths: [pathFile],
      reconcile: {
        schedule: {
          frequency: { hours: 24 },
          timeout: { minutes: 1 },
          initialDelay: { hours: 24 },
        },
      },
    },
  };
  fs.writeFileSync(file, JSON.stringify(config));
  return file;
}
