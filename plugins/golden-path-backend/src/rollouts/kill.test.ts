import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import createKnex, { Knex } from 'knex';
import { PATH_TEXT, TEMPLATE_REF, teamEntity } from '../__testUtils__/fixtures';
import { renderService, templateFolder } from '../__testUtils__/templates';
import { BackendChildJob } from './__testUtils__/backendChild';
import { startGitServer } from './__testUtils__/gitServer';

jest.setTimeout(600_000);

const SERVICES = 50;
/** How many requests there are when the backend is killed. */
const KILLED_AT = [8, 31];
const TOKEN = 'kill-test-token';
const SOURCE_URL = 'https://git.example.com';
const AUTHOR = { name: 'Ann', email: 'ann@example.com' };
const names = Array.from({ length: SERVICES }, (_, n) => `svc-${n}`);

let folder: string;
let server: Awaited<ReturnType<typeof startGitServer>>;
let port: number;
let child: ChildProcess | undefined;
let errors = '';

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-kill-'));
  for (const name of ['repositories', 'requests', 'database', 'paths']) {
    fs.mkdirSync(path.join(folder, name));
  }
  fs.writeFileSync(path.join(folder, 'paths', 'service.yaml'), PATH_TEXT);
  server = await startGitServer(path.join(folder, 'repositories'));
  port = await freePort();
  const older = templateFolder('1.0.0', 'hello');
  for (const name of names) {
    commit(
      name,
      renderService({ folder: older, entityRef: TEMPLATE_REF, name }),
    );
  }
  commit('template', templateFolder('1.1.0', 'good day'));
  writeConfig();
});

afterAll(async () => {
  await kill();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

it('gives each of 50 services one branch, one commit and one request, however often it is killed', async () => {
  await start();
  await until(async () => (await layers()) === SERVICES);
  const { id } = await call<Rollout>(
    'POST',
    '/templates/default/node/rollouts',
    {
      idempotencyKey: 'kill',
      waves: 'all',
    },
  );
  const states = async () => {
    const { items } = await call<Rollout>('GET', `/rollouts/${id}`);
    return items.map(item => item.state);
  };
  for (const requests of KILLED_AT) {
    await until(async () => openRequests().length >= requests);
    await kill();
    expect(openRequests().length).toBeLessThan(SERVICES);
    await endLeases();
    await start();
  }
  await until(async () =>
    (await states()).every(state => !['queued', 'working'].includes(state)),
  );
  expect(await states()).toEqual(Array(SERVICES).fill('open'));
  expect(openRequests()).toHaveLength(SERVICES);
  for (const name of names) {
    expect([name, ...branches(name)]).toEqual([
      name,
      'golden-path/update-service-1.1.0',
    ]);
    expect(commitsOf(name)).toEqual(['Golden Path']);
    expect(
      git(name, 'show', 'golden-path/update-service-1.1.0:ci.yml'),
    ).toContain('good day');
  }
});

function git(name: string, ...args: string[]): string {
  const repository = path.join(folder, 'repositories', `${name}.git`);
  return execFileSync('git', [`--git-dir=${repository}`, ...args], {
    encoding: 'utf8',
  });
}

function branches(name: string): string[] {
  return git(name, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')
    .split('\n')
    .filter(branch => branch !== '' && branch !== 'main');
}

/** Authors of the commits that are on the update's branch alone. */
function commitsOf(name: string): string[] {
  return git(
    name,
    'log',
    '--format=%an',
    'main..golden-path/update-service-1.1.0',
  )
    .trim()
    .split('\n');
}

/** Makes a bare repository with one commit on `main`. */
function commit(name: string, files: Record<string, string>): void {
  const repository = path.join(folder, 'repositories', `${name}.git`);
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', repository]);
  git(name, 'config', 'http.receivepack', 'true');
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`;
  const input = [
    'commit refs/heads/main',
    `committer ${AUTHOR.name} <${AUTHOR.email}> 1700000000 +0000`,
    data('Begin'),
    ...Object.entries(files).flatMap(([file, text]) => [
      `M 100644 inline ${file}`,
      data(text),
    ]),
    '',
  ].join('\n');
  execFileSync('git', [`--git-dir=${repository}`, 'fast-import', '--quiet'], {
    input,
  });
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
    repositories: path.join(folder, 'repositories'),
    remoteUrl: server.url,
    requests: path.join(folder, 'requests'),
    sourceUrl: SOURCE_URL,
  };
  fs.writeFileSync(path.join(folder, 'job.json'), JSON.stringify(job));
  const config = {
    app: { baseUrl: 'http://127.0.0.1:3000', title: 'test' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: path.join(folder, 'database') },
      },
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

async function database<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: path.join(folder, 'database', 'golden-path.sqlite'),
    useNullAsDefault: true,
  });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

/** As if the five minutes of the leases had passed while the backend was down. */
async function endLeases(): Promise<void> {
  const past = new Date(0).toISOString();
  await database(async knex => {
    await knex('updates')
      .whereNotNull('lease_until')
      .update({ lease_until: past });
  });
}

async function layers(): Promise<number> {
  return database(async knex => {
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
