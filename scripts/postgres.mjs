/** A PostgreSQL of the tests' own: loopback, a free port, a data folder that goes away with it. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { capture } from './processes.mjs';
import { Plain } from './report.mjs';
import { ensureProgram, findPostgres } from './systemPackages.mjs';

// PostgreSQL refuses to run as root
async function unprivilegedUser() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    const { code, stdout } = await capture('id', ['-u', name]);
    const group = await capture('id', ['-g', name]);
    if (code === 0 && group.code === 0) {
      return { uid: Number(stdout), gid: Number(group.stdout) };
    }
  }
  throw new Plain(
    'PostgreSQL does not run as root, and this machine has no user `postgres` or `nobody`.',
  );
}

/**
 * Starts the server and waits until it answers.
 *
 * @returns {Promise<{url: string, major: number, stop: () => Promise<void>}>}
 */
export async function startPostgres() {
  const bin = await ensureProgram(findPostgres, 'postgresql', 'PostgreSQL');
  const user = await unprivilegedUser();
  const folder = fs.mkdtempSync(
    path.join(os.tmpdir(), 'golden-path-postgres-'),
  );
  if (user.uid !== undefined) {
    fs.chownSync(folder, user.uid, user.gid);
  }
  const options = {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
  };
  const data = path.join(folder, 'data');
  const initialised = await capture(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8'],
    options,
  );
  if (initialised.code !== 0) {
    throw new Plain(`PostgreSQL could not be set up:\n${initialised.output}`);
  }
  const port = await freePort();
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder].concat(
      [
        'listen_addresses=127.0.0.1',
        'fsync=off',
        'max_connections=300',
      ].flatMap(setting => ['-c', setting]),
    ),
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr.on('data', chunk => {
    log = (log + chunk).slice(-65_536);
  });
  const exited = new Promise(resolve => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGINT');
    await exited;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (log.includes('ready to accept connections')) {
      const { stdout } = await capture(path.join(bin, 'postgres'), [
        '--version',
      ]);
      return {
        url: `postgresql://postgres@127.0.0.1:${port}`,
        major: Number(/(\d+)/.exec(stdout)?.[1]),
        stop,
      };
    }
    if (server.exitCode !== null) {
      break;
    }
    await sleep(100);
  }
  await stop();
  throw new Plain(`PostgreSQL did not start:\n${log}`);
}
