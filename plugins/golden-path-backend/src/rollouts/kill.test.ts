import { ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import createKnex, { Knex } from 'knex';
import {
  BareRepositories,
  startBareRepositories,
} from '../__testUtils__/bareRepositories';
import { PATH_TEXT, TEMPLATE_REF, teamEntity } from '../__testUtils__/fixtures';
import { renderService, templateFolder } from '../__testUtils__/templates';
import { BackendChildJob } from './__testUtils__/backendChild';

jest.setTimeout(600_000);

const SERVICES = 50;
/** How many requests there are when the backend is killed. */
const KILLED_AT = 20;
const BRANCH = 'golden-path/update-service-1.1.0';
const TOKEN = 'kill-test-token';
const SOURCE_URL = 'https://git.example.com';
const names = Array.from({ length: SERVICES }, (_, n) => `svc-${n}`);

/** The child's database, beside its configuration. */
interface Database {
  config: JsonObject;
  open(): Promise<{ knex: Knex; close(): Promise<void> }>;
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
let folder: string;
let repositories: BareRepositories;
let database: Database;
let port: number;
let child: ChildProcess | undefined;
let errors = '';

describe.each(databases.eachSupportedId())('a killed backend on %s', id => {
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-kill-'));
    for (const name of ['requests', 'database', 'paths']) {
      fs.mkdirSync(path.join(folder, name));
    }
    fs.writeFileSync(path.join(folder, 'paths', 'service.yaml'), PATH_TEXT);
    repositories = await startBareRepositories();
    const older = templateFolder('1.0.0', 'hello');
    for (const name of names) {
      repositories.create(
        name,
        renderService({ folder: older, entityRef: TEMPLATE_REF, name }),
      );
    }
    repositories.create('template', templateFolder('1.1.0', 'good day'));
    database =
      id === 'SQLITE_3' ? sqlite() : postgres(await databases.init(id));
    port = await freePort();
    writeConfig();
  });

  afterAll(async () => {
    await kill();
    await repositories.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('has given each of 50 services one branch, one commit and one request in the end', async () => {
    await start();
    await until(async () => (await layers()) === SERVICES);
    const { id: rolloutId } = await call<Rollout>(
      'POST',
      '/templates/default/node/rollouts',
      { idempotencyKey: 'kill', waves: 'all' },
    );
    const states = async () => {
      const { items } = await call<Rollout>('GET', `/rollouts/${rolloutId}`);
      return items.map(item => item.state);
    };
    await until(async () => openRequests().length >= KILLED_AT);
    await kill();
    expect(openRequests().length).toBeLessThan(SERVICES);
    await endLeases();
    await start();
    await until(async () =>
      (await states()).every(state => !['queued', 'working'].includes(state)),
    );
    expect(await states()).toEqual(Array(SERVICES).fill('open'));
    expect(openRequests()).toHaveLength(SERVICES);
    for (const name of names) {
      expect([name, ...repositories.branches(name)]).toEqual([name, BRANCH]);
      const { git } = repositories;
      expect(git(name, 'log', '--format=%an', `main..${BRANCH}`)).toBe(
        'Golden Path',
      );
      expect(git(name, 'show', `${BRANCH}:ci.yml`)).toContain('good day');
    }
  });
});

function sqlite(): Database {
  const directory = path.join(folder, 'database');
  return {
    config: { client: 'better-sqlite3', connection: { directory } },
    async open() {
      const knex = createKnex({
        client: 'better-sqlite3',
        connection: path.join(directory, 'golden-path.sqlite'),
        useNullAsDefault: true,
      });
      return { knex, close: () => knex.destroy() };
    },
  };
}

function postgres(knex: Knex): Database {
  const {
    host,
    port: at,
    user,
    password,
    database: name,
  } = knex.client.config.connection;
  const connection = { host, port: at, user, password, database: name };
  return {
    config: {
      client: 'pg',
      connection,
      ensureExists: false,
      plugin: { 'golden-path': { connection } },
    },
    open: async () => ({ knex, close: async () => {} }),
  };
}

function entity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      etag: 'e1',
      annotations: {
        'backstage.io/source-location': `url:${SOURCE_URL}/${name}/`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team' },
  };
}

function writeConfig(): void {
  const template: Entity = {
    ...entity('node'),
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
  };
  template.metadata.annotations = {
    'backstage.io/source-location': `url:${SOURCE_URL}/template/`,
  };
  const job: BackendChildJob = {
    entities: [teamEntity, template, ...names.map(entity)],
    repositories: repositories.root,
    remoteUrl: repositories.url,
    requests: path.join(folder, 'requests'),
    sourceUrl: SOURCE_URL,
  };
  fs.writeFileSync(path.join(folder, 'job.json'), JSON.stringify(job));
  const config = {
    app: { baseUrl: 'http://127.0.0.1:3000', title: 'test' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: database.config,
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'test' } },
        ],
      },
    },
    permission: { enabled: false },
    goldenPath: {
      paths: [path.join(folder, 'paths')],
      reconcile: {
        schedule: {
          frequency: { minutes: 10 },
          timeout: { minutes: 1 },
          initialDelay: { seconds: 1 },
        },
      },
      updates: { notifications: false },
    },
  };
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
}

async function start(): Promise<void> {
  errors = '';
  child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      require.resolve('./__testUtils__/backendChild.ts'),
      '--config',
      path.join(folder, 'config.json'),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LOG_LEVEL: 'warn',
        NODE_ENV: 'development',
        GOLDEN_PATH_TEST_JOB: path.join(folder, 'job.json'),
      },
    },
  );
  const started = child;
  const keep = (data: Buffer) => {
    errors = (errors + data).slice(-5000);
  };
  started.stderr!.on('data', keep);
  await new Promise<void>((resolve, reject) => {
    started.stdout!.on('data', data => {
      keep(data);
      if (String(data).includes('ready')) {
        resolve();
      }
    });
    started.once('exit', code =>
      reject(new Error(`The backend ended with ${code}: ${errors}`)),
    );
  });
}

async function kill(): Promise<void> {
  const killed = child;
  child = undefined;
  if (killed && killed.exitCode === null) {
    const ended = new Promise(resolve => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await ended;
  }
}

async function inDatabase<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
  const { knex, close } = await database.open();
  try {
    return await work(knex);
  } finally {
    await close();
  }
}

/** As if the five minutes of the leases had passed while the backend was down. */
async function endLeases(): Promise<void> {
  const past = new Date(0).toISOString();
  await inDatabase(async knex => {
    await knex('updates')
      .whereNotNull('lease_until')
      .update({ lease_until: past });
  });
}

async function layers(): Promise<number> {
  return inDatabase(async knex => {
    const [{ total }] = await knex('drift_layers').count({ total: '*' });
    return Number(total);
  });
}

function openRequests(): string[] {
  return fs
    .readdirSync(path.join(folder, 'requests'))
    .filter(file => !file.endsWith('.new'));
}

async function call<T>(
  method: 'GET' | 'POST',
  route: string,
  body?: object,
): Promise<T> {
  const response = await fetch(
    `http://127.0.0.1:${port}/api/golden-path/v1${route}`,
    {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    },
  );
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${route}: ${response.status} ${text} ${errors}`);
  }
  return JSON.parse(text);
}

/** Waits until something is so, as long as the backend runs. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (child && child.exitCode !== null) {
      throw new Error(`The backend ended: ${errors}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => probe.once('listening', resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return free;
}
