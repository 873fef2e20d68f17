/**
 * A feature flag server of the tests' own: Unleash in a pinned version under .cache/unleash, on a database beside those
 * of the tests. It is AGPL: it runs as a program of its own and is a dependency of nothing here.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { capture } from './processes.mjs';
import { explainFailure, Plain, withProgress } from './report.mjs';
import { findPostgres } from './systemPackages.mjs';
import { root } from './toolchain.mjs';

const VERSION = '8.2.0';
const DATABASE = 'unleash';
const LONGEST_START_MS = 120_000;
const folder = path.join(root, '.cache', 'unleash');
const server = path.join(
  ...[folder, 'node_modules', 'unleash-server', 'dist', 'server.js'],
);

function installedVersion() {
  const manifest = path.join(path.dirname(server), '..', 'package.json');
  try {
    return JSON.parse(fs.readFileSync(manifest, 'utf8')).version;
  } catch {
    return undefined;
  }
}

async function install(env) {
  if (installedVersion() === VERSION && fs.existsSync(server)) {
    return;
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  await withProgress(
    `Installing Unleash ${VERSION} for the tests`,
    async () => {
      const { code, output } = await capture(
        'npm',
        [
          ...[
            'install',
            '--prefix',
            folder,
            '--save-exact',
            '--ignore-scripts',
          ],
          ...['--no-audit', '--no-fund', `unleash-server@${VERSION}`],
        ],
        { cwd: folder, env },
      );
      if (code !== 0) {
        throw new Plain(
          explainFailure(
            output,
            `Unleash ${VERSION} could not be installed:\n${output}`,
          ),
        );
      }
    },
  );
}

async function createDatabase(postgresUrl) {
  const { code, output } = await capture(path.join(findPostgres(), 'psql'), [
    ...['--dbname', `${postgresUrl}/postgres`, '--no-psqlrc'],
    ...['--command', `CREATE DATABASE ${DATABASE}`],
  ]);
  if (code !== 0) {
    throw new Plain(`The database of Unleash could not be made:\n${output}`);
  }
}

/**
 * Starts Unleash and waits until it answers, at most two minutes.
 *
 * @param {{node: string, env: NodeJS.ProcessEnv}} toolchain from `ensureToolchain`
 * @param {string} postgresUrl of a server without a database named `unleash`
 * @returns {Promise<{url: string, adminToken: string, clientToken: string, stop: () => Promise<void>}>} `clientToken` is
 * for the environment `production`
 * @throws {Plain} when it cannot be installed or does not start
 */
export async function startUnleash(toolchain, postgresUrl) {
  await install(toolchain.env);
  await createDatabase(postgresUrl);
  const port = await freePort();
  const adminToken = '*:*.golden-path-tests-admin';
  const clientToken = 'default:production.golden-path-tests-client';
  const child = spawn(toolchain.node, [server], {
    cwd: folder,
    env: {
      PATH: toolchain.env.PATH,
      HOME: folder,
      NODE_ENV: 'production',
      DATABASE_URL: `${postgresUrl}/${DATABASE}`,
      DATABASE_SSL: 'false',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      INIT_ADMIN_API_TOKENS: adminToken,
      INIT_BACKEND_API_TOKENS: clientToken,
      // Nobody is told that it runs
      CHECK_VERSION: 'false',
      SEND_TELEMETRY: 'false',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log = (log + chunk).slice(-65_536);
    });
  }
  const exited = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(kill);
  };
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + LONGEST_START_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok) {
      return { url, adminToken, clientToken, stop };
    }
    await sleep(250);
  }
  await stop();
  throw new Plain(`Unleash ${VERSION} did not start:\n${log}`);
}
