/** PostgreSQL and Chromium for the tests: the machine's own, or Debian's packages where that is allowed. */
import fs from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { explainFailure, Plain, withProgress } from './report.mjs';

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map(folder => path.join(folder, name))
    .find(file => fs.existsSync(file));
}

/** The folder with `initdb` and `postgres`, newest version first. */
export function findPostgres() {
  const initdb = onPath('initdb');
  if (initdb && onPath('postgres')) {
    return path.dirname(fs.realpathSync(initdb));
  }
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian)
    ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  return versions
    .map(version => path.join(debian, version, 'bin'))
    .find(bin => fs.existsSync(path.join(bin, 'initdb')));
}

/** Prometheus with its promtool beside it. */
export function findPrometheus() {
  const prometheus = onPath('prometheus');
  return prometheus && onPath('promtool') ? prometheus : undefined;
}

/** The program that shell scripts read and write JSON with. */
export const findJq = () => onPath('jq');

/** An installed Chromium or Chrome; a test tool's own download fails on closed networks. */
export function findChromium() {
  const named = process.env.GOLDEN_PATH_CHROMIUM;
  if (named) {
    return named;
  }
  return (
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .map(onPath)
      .find(Boolean) ??
    [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ].find(file => fs.existsSync(file))
  );
}

async function installDebianPackage(name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await withProgress(`Installing Debian's ${name}`, async () => {
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', name],
    ]) {
      const result = await capture('apt-get', args, { env });
      if (result.code !== 0 && args[0] === 'install') {
        throw new Plain(
          explainFailure(
            result.output,
            `apt-get could not install ${name}:\n${result.output}`,
          ),
        );
      }
    }
  });
}

/**
 * Finds a program, installing Debian's package when this runs as root with apt-get, as containers do.
 *
 * @param {() => T | undefined} find
 * @param {string} debianPackage
 * @param {string} what the program's name for people
 * @returns {Promise<T>}
 * @throws {Plain} when it is missing and may not be installed
 * @template T
 */
export async function ensureProgram(find, debianPackage, what) {
  const found = find();
  if (found) {
    return found;
  }
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await installDebianPackage(debianPackage);
    const installed = find();
    if (installed) {
      return installed;
    }
  }
  throw new Plain(
    `The tests need ${what}. Install it (Debian: sudo apt-get install ${debianPackage}) and run them again.`,
  );
}
